import type { Report } from "../engine/index.ts";
import { sha256 } from "./digest.ts";
import { UsageError } from "./exit-codes.ts";
import { type HandedOver, shownJson } from "./input.ts";
import type { Io } from "./io.ts";

/** How a saved plan that a report of JSON is compared with becomes JSON. */
export interface ShowOptions {
  readonly source: string | null;
  /** Whether no saved plan is opened, as that runs the provider programs of its folder. */
  readonly isTrusted: boolean;
}

/**
 * The reports that are of this very plan: the hash of the file is that of the report, of a saved plan or of its JSON. A saved plan is
 * opened only where the report is of JSON.
 */
export async function reportsOf(
  plan: HandedOver,
  reports: readonly Report[],
  options: ShowOptions,
  io: Io,
): Promise<Report[]> {
  const hash = await sha256(plan.bytes);
  if (plan.form === "json") return reports.filter((report) => report.plan.sha256 === hash);
  const saved = reports.filter(({ run }) => run.plan.form === "saved" && run.plan.sha256 === hash);
  const ofJson = reports.filter(({ run }) => run.plan.form !== "saved");
  if (saved.length > 0 || ofJson.length === 0) return saved;
  if (options.isTrusted)
    throw new UsageError(
      `${plan.file}: a saved plan, and the report is of JSON; with --trusted-config no saved plan is opened to compare them; ` +
        "check the saved plan itself before the gate, or hand over the JSON that was checked",
    );
  const hashes = new Set<string>();
  for (const bytes of asWritten(await shownJson(plan, options.source, io))) hashes.add(await sha256(bytes));
  return ofJson.filter(({ plan: { sha256: own } }) => own !== null && hashes.has(own));
}

/** What the JSON that Terraform prints may be in a file: as it is, without its last line end, and as PowerShell writes it. */
function asWritten(shown: Uint8Array): Uint8Array[] {
  const text = Buffer.from(shown).toString("utf8").trimEnd();
  const line = `${text}\r\n`;
  return [
    shown,
    Buffer.from(text),
    Buffer.from(`${text}\n`),
    Buffer.from(line),
    Buffer.from(`\uFEFF${line}`),
    Buffer.from(`\uFEFF${line}`, "utf16le"),
  ];
}
