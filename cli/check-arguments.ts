import type { Severity } from "../engine/index.ts";

/** The arguments of `plimsoll check`, as yargs reads them. */
export interface CheckArguments {
  readonly plan: readonly string[];
  readonly policies: readonly string[];
  readonly config: string | undefined;
  readonly format: readonly string[];
  readonly failOn: Severity | "never" | undefined;
  readonly onUnknown: "report" | "fail" | undefined;
  readonly select: readonly string[];
  readonly skip: readonly string[];
  readonly all: boolean;
  readonly quiet: boolean;
  readonly source: string | undefined;
  /** The file to write waivers for all present failures to, with what they say. */
  readonly writeWaivers: string | undefined;
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  readonly expires: string | undefined;
}
