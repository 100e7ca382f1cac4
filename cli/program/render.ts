import * as z from "zod";
import manifest from "../../package.json" with { type: "json" };
import type { PlanResult } from "../reporters/plan-result.ts";
import { type Format, formats, reporters } from "../reporters/reporters.ts";
import { OptionsError, refuseWrong } from "./options-error.ts";

/** How a report is rendered; for a file where nothing is said. */
export interface RenderOptions {
  readonly colours?: boolean;
  readonly columns?: number;
  /** Whether findings with one cause are shown as one. */
  readonly listing?: "causes" | "instances";
  /** The folder that file names are relative to. */
  readonly folder?: string;
}

/**
 * The report on one or many plans in one format, ending in a newline, in pieces.
 * @throws OptionsError where there is no such format, a result is none, or an option is wrong or not known
 */
export async function render(
  format: Format,
  results: readonly PlanResult[],
  options: RenderOptions = {},
): Promise<Iterable<string>> {
  if (!formats.includes(format))
    throw new OptionsError(`render: ${String(format)}: no such format; there are: ${formats.join(", ")}`);
  if (!Array.isArray(results) || results.length === 0 || !results.every(isResult))
    throw new OptionsError(
      "render: the results are a list of plans, each with its file and its report (of check or readReport) or its failure",
    );
  refuseWrong("render", options);
  const reporter = await reporters[format]();
  return reporter(results, {
    colours: options.colours ?? false,
    columns: options.columns ?? 100,
    listing: options.listing ?? "causes",
    cwd: options.folder ?? process.cwd(),
    version: manifest.version,
  });
}

const result = z.union([
  z.object({ file: z.string(), failure: z.string() }),
  z.object({
    file: z.string(),
    report: z.looseObject({ version: z.literal(1), summary: z.looseObject({}), findings: z.array(z.unknown()) }),
  }),
]);

function isResult(value: unknown): boolean {
  return result.safeParse(value).success;
}
