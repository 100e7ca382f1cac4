import type { Plan } from "../../plan/read.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, planPlace, type SubjectOf, subject } from "../subject.ts";

/** The plan itself as a subject. */
export function planSubjects({ plan }: JoinContext): SubjectOf<"plan">[] {
  return [planSubject(plan)];
}

function planSubject(plan: Plan) {
  const hasChanges =
    plan.changedOutputs.size > 0 || plan.resources.some(({ action }) => action !== "no-op" && action !== "read");
  return subject("plan", planPlace, null, {
    isErrored: derivedFact(plan.errored ?? false, { path: "errored" }),
    isComplete: derivedFact(plan.complete ?? true, { path: "complete" }),
    isApplyable: derivedFact(plan.applyable ?? true, { path: "applyable" }),
    hasChanges: derivedFact(hasChanges, { path: "resource_changes" }),
    hasResourceChanges: derivedFact(plan.hasResourceChanges, { path: "resource_changes" }),
    formatMajor: derivedFact(plan.formatVersion.split(".")[0] ?? "", { path: "format_version" }),
    hasDeferredChanges: derivedFact(plan.hasDeferredChanges, { path: "deferred_changes" }),
    statesCompleteness: derivedFact(plan.errored !== null && plan.complete !== null && plan.applyable !== null, {
      path: "complete",
    }),
  });
}
