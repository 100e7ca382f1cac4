import type { ReportPolicy } from "../../engine/index.ts";
import type { PlanResult } from "./plan-result.ts";

/** What the policies say that have a finding in one of the plans, by id. */
export function reportPolicies(results: readonly PlanResult[]): ReadonlyMap<string, ReportPolicy> {
  return new Map(
    results.toReversed().flatMap((result) => ("failure" in result ? [] : Object.entries(result.report.policies))),
  );
}
