import type { PlanResult } from "./reporters/plan-result.ts";

/** What became of one plan. */
export interface PlanOutcome {
  readonly result: PlanResult;
  /** What is to be said on standard error. */
  readonly messages: readonly string[];
}
