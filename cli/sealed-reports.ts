import { type Report, readReports } from "../engine/index.ts";
import { sealOf } from "./seal.ts";

/** The reports of a file, one or several, and what is wrong with the file where it is not as `check` wrote it. */
export interface SealedReports {
  readonly reports: readonly Report[];
  readonly fault: string | null;
}

/** @throws ReportError where it is no report */
export async function readSealedReports(json: unknown): Promise<SealedReports> {
  const results = await readReports(json);
  const reports = results.flatMap((result) => ("report" in result ? [result.report] : []));
  // As they stand in the file: what was read has its members in another order.
  for (const written of reportsIn(json)) {
    const { seal, ...report } = written;
    if (seal === undefined)
      return { reports, fault: "has no seal, so it is not as plimsoll check wrote it, and may be changed" };
    if (seal !== (await sealOf(report)))
      return { reports, fault: "was changed since plimsoll check wrote it, so nobody knows what was found" };
  }
  return { reports, fault: null };
}

interface Written {
  readonly seal?: unknown;
}

function reportsIn(json: unknown): Written[] {
  if (!isObject(json)) return [];
  const { plans } = json;
  if (plans === undefined) return [json];
  return Array.isArray(plans) ? plans.flatMap((plan: unknown) => (isObject(plan) ? reportOf(plan) : [])) : [];
}

function reportOf({ report }: Readonly<Record<string, unknown>>): Written[] {
  return isObject(report) ? [report] : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
