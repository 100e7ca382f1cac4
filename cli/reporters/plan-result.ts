import type { Report } from "../../engine/index.ts";

export interface JudgedPlan {
  readonly file: string;
  readonly report: Report;
}

/** A plan with its report, or with why it could not be read or judged. */
export type PlanResult = JudgedPlan | { readonly file: string; readonly failure: string };

export type PlanVerdict = "not judged" | "blocked" | "nothing blocks";

/** What a plan comes to. A plan that could be read but is errored or incomplete is not judged as a whole. */
export function verdictOf(result: PlanResult): PlanVerdict {
  if ("failure" in result || result.report.plan.incomplete !== null) return "not judged";
  return result.report.summary.blocking > 0 ? "blocked" : "nothing blocks";
}
