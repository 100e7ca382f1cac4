import type { Listing } from "./causes.ts";
import type { PlanResult } from "./plan-result.ts";

export interface ReporterOptions {
  readonly colours: boolean;
  readonly columns: number;
  /** Whether no line of a report for people is wider than the columns, whatever word stands in it. */
  readonly breaksLines?: boolean;
  /** Whether findings with one cause are shown as one, which they are where it is left out. */
  readonly listing?: Listing;
  /** The folder that file names are relative to. */
  readonly cwd: string;
  /** Version of plimsoll. */
  readonly version: string;
}

/**
 * The report on one or many plans in one format, ending in a newline, in pieces that are written as they are made. A pure
 * function: it reads nothing but its arguments.
 */
export type Reporter = (results: readonly PlanResult[], options: ReporterOptions) => Generator<string>;
