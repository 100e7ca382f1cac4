/**
 * What a policy says of a subject. `pass` is proven from the plan; `unknown` is what the plan cannot decide;
 * `not-applicable` is what the policy does not speak of.
 */
export type Outcome = "pass" | "fail" | "unknown" | "not-applicable";

/** Whether a report lists what came out so; passes and what does not apply only where all is asked for. */
export function isListed(outcome: Outcome, all: boolean): boolean {
  return all || outcome === "fail" || outcome === "unknown";
}
