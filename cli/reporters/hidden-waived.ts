import type { Report } from "../../engine/index.ts";
import type { PlanResult } from "./plan-result.ts";

/** The results without what is waived, which the counts of the reports still hold. */
export function withoutWaived(results: readonly PlanResult[]): PlanResult[] {
  return results.map((result) => {
    if ("failure" in result) return result;
    const findings = result.report.findings.filter(({ waiver }) => waiver === null);
    return { ...result, report: { ...result.report, findings } };
  });
}

/** How many waived findings a report counts and does not list. */
export function hiddenWaived({ summary, findings }: Report): number {
  return summary.waived - findings.filter(({ waiver }) => waiver !== null).length;
}
