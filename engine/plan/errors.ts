/** Names of the ways in which an input cannot be judged; stable, for programs that embed plimsoll. */
export type PlanErrorCode =
  | "empty"
  | "binary-plan"
  | "remote-plan"
  | "state"
  | "ui-log"
  | "plan-text"
  | "provider-schema"
  | "redacted-plan"
  | "truncated"
  | "not-json"
  | "not-a-plan"
  | "unsupported-format"
  | "malformed-plan";

/**
 * The input is no plan that can be judged. `message` is one sentence that says what it is and which command to run
 * instead; it never quotes the input, which may hold secrets.
 */
export class PlanError extends Error {
  readonly code: PlanErrorCode;

  constructor(code: PlanErrorCode, message: string) {
    super(message);
    this.name = "PlanError";
    this.code = code;
  }
}

export const showCommand = "terraform show -json tfplan > plan.json";

/** @param what the first place that is wrong, never what stands there */
export function malformedPlan(what: string): PlanError {
  return new PlanError(
    "malformed-plan",
    `the JSON is not shaped as a Terraform plan: ${what}; run again: ${showCommand}`,
  );
}
