import type { Severity } from "./policy.ts";

/** An exception from how bad a violation is, or from what blocks, for some policies and resources. */
export interface Override {
  /** Id of the policy, or a glob of ids. */
  readonly policy: string;
  /** As of a waiver; all resources where it is left out. */
  readonly resources?: readonly string[] | undefined;
  readonly severity?: Severity | "off" | undefined;
  readonly failOn?: Severity | "never" | undefined;
  readonly onUnknown?: "report" | "fail" | undefined;
  readonly block?: "all" | "introduced" | undefined;
}
