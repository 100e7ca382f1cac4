import type { Config, Policy, PolicyFromFile, ReportIgnored } from "../../engine/index.ts";

/** A configuration file that was read. */
export interface TeamFile {
  readonly path: string;
  /** Its name for people. */
  readonly shown: string;
  readonly text: string;
  /** How many waivers it has. Those of all files in their order are those of the configuration. */
  readonly waivers: number;
  /** Whether it belongs to an npm package. */
  readonly isPackage: boolean;
}

/** What a team configured, with all policies that are to run. */
export interface Team {
  readonly config: Config;
  /** The configuration files, those that are extended first. */
  readonly files: readonly TeamFile[];
  readonly policies: readonly Policy[];
  /** Those of the team, with their files. */
  readonly own: readonly PolicyFromFile[];
  /** Files of the change under review that do not count. */
  readonly ignored: readonly ReportIgnored[];
  readonly warnings: readonly string[];
}

export interface TeamOptions {
  /** The configuration file; the nearest `plimsoll.yaml` where it is not given. */
  readonly config: string | undefined;
  /** More policy files or folders. */
  readonly policies: readonly string[];
  /** Whether policies are only shown: what is wrong with a file is a warning then, and the others are there. */
  readonly onlyShown?: boolean;
  /** Parameters of the command line, as `name=value`. */
  readonly set?: readonly string[];
  /** The configuration file that decides alone: nothing counts of the change under review that it does not name itself. */
  readonly trustedConfig?: string | undefined;
}
