import type { Config, Policy, PolicyFromFile, ReportIgnored } from "../../engine/index.ts";

/** What a team configured, with all policies that are to run. */
export interface Team {
  readonly config: Config;
  readonly policies: readonly Policy[];
  /** Those of the team, with their files. */
  readonly own: readonly PolicyFromFile[];
  /** Files of the change under review that do not count. */
  readonly ignored: readonly ReportIgnored[];
  readonly warnings: readonly string[];
}
