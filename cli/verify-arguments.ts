import type { CheckArguments } from "./check-arguments.ts";

/** What decides what blocks, by the same names as for `check`. */
type Judging =
  | "config"
  | "trustedConfig"
  | "policies"
  | "set"
  | "failOn"
  | "onUnknown"
  | "block"
  | "select"
  | "skip"
  | "waivers"
  | "source";

/** The arguments of `plimsoll verify`. */
export interface VerifyArguments extends Pick<CheckArguments, Judging> {
  readonly report: string;
  readonly plan: string;
}
