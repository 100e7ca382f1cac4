import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { compareReports, type Report, ReportError, readReport } from "../engine/index.ts";
import { worstExitCode } from "./check-plans.ts";
import { entryAt, unreadable } from "./entry.ts";
import { codeOf } from "./error-code.ts";
import { type ExitCode, InputError, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { readOutputs, refuseToOverwrite, writeOutputs } from "./outputs.ts";
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
  const [before, after] = [await reportAt(args.old, io), await reportAt(args.new, io)];
  const report = compareReports(before, after, { block: args.block, blockAlways: null });
  const results = [{ file: args.new, report }];
  if (report.plan.incomplete !== null) tell(io, `${args.new}: ${report.plan.incomplete}`);
  await writeOutputs(outputs, results, { ...args, hideWaived: false }, io);
  return worstExitCode(results);
}

async function reportAt(file: string, io: Io): Promise<Report> {
  const json = jsonAt(file, io);
  try {
    return await readReport(json);
  } catch (error) {
    if (error instanceof ReportError) throw new InputError(`${file}: ${error.message}; ${howToMake}`);
    throw error;
  }
}

const howToMake = "write one by plimsoll check <plan> --format json=report.json";

function jsonAt(file: string, io: Io): unknown {
  const path = resolve(io.cwd, file);
  const entry = entryAt(path);
  if (entry.is === "none") throw new InputError(`${file}: no such file; ${howToMake}`);
  if (entry.is === "folder") throw new InputError(`${file}: a folder, and no report; ${howToMake}`);
  if (entry.is === "unreadable") throw new InputError(`${file}: ${unreadable(entry.code, "file")}`);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${file}: is no JSON; ${howToMake}`);
    throw new InputError(`${file}: ${unreadable(codeOf(error), "file")}`);
  }
}
