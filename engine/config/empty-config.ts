import type { Override } from "../policy/override.ts";
import type { ParameterValues, Severity } from "../policy/policy.ts";
import type { Waiver } from "../policy/waiver.ts";

/** A configuration with all that it extends. What is left out is not set. */
export interface Config {
  readonly failOn: Severity | "never" | undefined;
  readonly onUnknown: "report" | "fail" | undefined;
  readonly block: "all" | "introduced" | undefined;
  readonly blockAlways: Severity | undefined;
  readonly waiversFrom: "config" | "all" | undefined;
  readonly policyPages: string | undefined;
  readonly parameters: ParameterValues;
  readonly overrides: readonly Override[];
  readonly waivers: readonly Waiver[];
}

/** What counts where a team configured nothing. */
export const emptyConfig: Config = {
  failOn: undefined,
  onUnknown: undefined,
  block: undefined,
  blockAlways: undefined,
  waiversFrom: undefined,
  policyPages: undefined,
  parameters: {},
  overrides: [],
  waivers: [],
};
