import { type Finding, type Report, type Severity, severities } from "../../engine/index.ts";
import type { PlanResult } from "./plan-result.ts";

/** What reports for people list; their counts hold all the same what they do not list. */
export interface Shown {
  readonly hideWaived: boolean;
  /** The mildest severity that is listed, or only what blocks; undefined where all is listed. */
  readonly show: Severity | "blocking" | undefined;
}

/** The results with the findings that are to be listed. */
export function shownResults(results: readonly PlanResult[], { hideWaived, show }: Shown): readonly PlanResult[] {
  if (!hideWaived && show === undefined) return results;
  const isShown = ({ waiver, severity, blocking }: Finding) => {
    if (hideWaived && waiver !== null) return false;
    if (show === undefined) return true;
    return show === "blocking" ? blocking : severities.indexOf(severity) <= severities.indexOf(show);
  };
  return results.map((result) => {
    if ("failure" in result) return result;
    return { ...result, report: { ...result.report, findings: result.report.findings.filter(isShown) } };
  });
}

/** How many waived findings a report counts and does not list. */
export function hiddenWaived({ summary, findings }: Report): number {
  return summary.waived - findings.filter(({ waiver }) => waiver !== null).length;
}

/** How many failures and unknown findings a report counts and does not list. */
export function hiddenOpen({ summary, findings }: Report): number {
  const counted = Object.values(summary.fail).reduce((sum, count) => sum + count, summary.unknown);
  const isOpen = ({ verdict, waiver }: Finding) => waiver === null && (verdict === "fail" || verdict === "unknown");
  return counted - findings.filter(isOpen).length;
}
