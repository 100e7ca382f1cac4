import { compareReports, readReport } from "../engine/index.ts";
import { worstExitCode } from "./check-plans.ts";
import { type ExitCode, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { readOutputs, refuseToOverwrite, writeOutputs } from "./outputs.ts";
import { readSaved } from "./read-saved.ts";
import type { Listing } from "./reporters/causes.ts";
import type { Shown } from "./reporters/hidden.ts";
import { tell } from "./tell.ts";

export interface DiffArguments {
  readonly old: string;
  readonly new: string;
  readonly format: readonly string[];
  readonly block: "all" | "introduced";
  readonly quiet: boolean;
  readonly list: Listing;
  readonly show: Shown["show"];
}

/** Prints the later of two reports with what it introduces, makes worse and fixes since the earlier one. */
export async function diffCommand(args: DiffArguments, io: Io): Promise<ExitCode> {
  const { outputs, plans: further } = readOutputs(args.format, io);
  if (further.length > 0)
    throw new UsageError(`${further.join(", ")}: a report too many; plimsoll diff compares two of them`);
  refuseToOverwrite([args.old, args.new], outputs, io, "a report to compare");
  const [before, after] = [await readSaved(args.old, readReport, io), await readSaved(args.new, readReport, io)];
  const report = compareReports(before, after, { block: args.block, blockAlways: null });
  const results = [{ file: args.new, report }];
  if (report.plan.incomplete !== null) tell(io, `${args.new}: ${report.plan.incomplete}`);
  await writeOutputs(outputs, results, { ...args, hideWaived: false }, io);
  return worstExitCode(results);
}
