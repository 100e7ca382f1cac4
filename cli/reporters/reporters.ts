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

export const formats = [
  "text",
  "json",
  "sarif",
  "junit",
  "markdown",
  "github",
  "gitlab",
  "atlantis",
  "run-task",
  "nist",
  "html",
] as const;
export type Format = (typeof formats)[number];

/** All but the most used are loaded on demand, as they cost start-up time. */
export const reporters: Readonly<Record<Format, () => Promise<Reporter>>> = {
  text: async () => text,
  json: async () => json,
  sarif: async () => (await import("./sarif.ts")).sarif,
  junit: async () => (await import("./junit.ts")).junit,
  markdown: async () => (await import("./markdown.ts")).markdown,
  github: async () => (await import("./github.ts")).github,
  gitlab: async () => (await import("./gitlab.ts")).gitlab,
  atlantis: async () => (await import("./atlantis.ts")).atlantis,
  "run-task": async () => (await import("./run-task.ts")).runTask,
  nist: async () => (await import("./nist.ts")).nist,
  html: async () => (await import("./html/html.ts")).htmlReport,
};
