import { facts } from "../engine/index.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import { readInput, reading } from "./input.ts";
import type { Io } from "./io.ts";
import { factsText } from "./reporters/facts-text.ts";

export interface FactsArguments {
  readonly plan: string;
  readonly address: string | undefined;
  readonly format: "text" | "json";
}

/** Prints what policies see of a plan, or of one resource of it. */
export async function factsCommand({ plan, address, format }: FactsArguments, io: Io): Promise<ExitCode> {
  const { file, bytes } = await readInput(plan, io);
  const report = await reading(file, async () => facts(bytes, address === undefined ? {} : { address }));
  if (address !== undefined && report.subjects.length === 0 && report.joins.length === 0) {
    throw new UsageError(
      `${address}: no resource of ${file} with that address is seen by a policy; ` +
        `list all that are with: plimsoll facts ${file}`,
    );
  }
  const output = format === "json" ? `${JSON.stringify(report, null, 2)}\n` : factsText(report, io);
  io.out(output);
  return exitCodes.clean;
}
