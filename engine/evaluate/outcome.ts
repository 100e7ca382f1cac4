/**
 * What a policy says of a subject. `pass` is proven from the plan; `unknown` is what the plan cannot decide;
 * `not-applicable` is what the policy does not speak of.
 */
export type Outcome = "pass" | "fail" | "unknown" | "not-applicable";
