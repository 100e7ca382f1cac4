import { json } from "./json.ts";
import type { PlanResult } from "./plan-result.ts";
import { text } from "./text.ts";

export interface ReporterOptions {
  readonly colours: boolean;
  readonly columns: number;
  /** The folder that file names are relative to. */
  readonly cwd: string;
  /** Version of plimsoll. */
  readonly version: string;
}

/** The report on one or many plans in one format, ending in a newline. A pure function: it reads nothing but its arguments. */
export type Reporter = (results: readonly PlanResult[], options: ReporterOptions) => string;

export const formats = ["text", "json", "nist"] as const;
export type Format = (typeof formats)[number];

/** All but the most used are loaded on demand, as they cost start-up time. */
export const reporters: Readonly<Record<Format, () => Promise<Reporter>>> = {
  text: async () => text,
  json: async () => json,
  nist: async () => (await import("./nist.ts")).nist,
};
