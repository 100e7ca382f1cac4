import { readReports } from "../engine/index.ts";
import { worstExitCode } from "./check-plans.ts";
import { type ExitCode, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { readOutputs, refuseToOverwrite, writeOutputs } from "./outputs.ts";
import { readSaved } from "./read-saved.ts";
import type { Listing } from "./reporters/causes.ts";
import type { Shown } from "./reporters/hidden.ts";
import type { PlanResult } from "./reporters/plan-result.ts";

export interface ReportArguments {
  readonly reports: readonly string[];
  readonly format: readonly string[];
  readonly quiet: boolean;
  readonly hideWaived: boolean;
  readonly list: Listing;
  readonly show: Shown["show"];
}

/** Renders saved JSON reports as one, so that plans that were judged apart are read together; nothing is judged anew. */
export async function reportCommand(args: ReportArguments, io: Io): Promise<ExitCode> {
  const { outputs, plans: further } = readOutputs(args.format, io);
  const files = [...args.reports, ...further];
  if (files.length === 0) throw new UsageError("name the JSON reports to render: plimsoll report a.json b.json");
  refuseToOverwrite(files, outputs, io, "a report to render");
  const read: { readonly from: string; readonly result: PlanResult }[] = [];
  for (const from of [...new Set(files)])
    for (const result of await readSaved(from, readReports, io)) read.push({ from, result });
  const results = withOwnNames(read);
  await writeOutputs(outputs, results, args, io);
  return worstExitCode(results);
}

/** Plans of one name are told apart by the reports that they are from. */
function withOwnNames(read: readonly { readonly from: string; readonly result: PlanResult }[]): PlanResult[] {
  const counts = new Map<string, number>();
  for (const { result } of read) counts.set(result.file, (counts.get(result.file) ?? 0) + 1);
  return read.map(({ from, result }) => {
    const isOwn = result.file !== "" && counts.get(result.file) === 1;
    return isOwn ? result : { ...result, file: result.file === "" ? from : `${from}: ${result.file}` };
  });
}
