import { json } from "./json.ts";
import type { Reporter } from "./reporter.ts";
import { text } from "./text.ts";

export const formats = [
  "text",
  "brief",
  "json",
  "sarif",
  "junit",
  "markdown",
  "github",
  "gitlab",
  "atlantis",
  "run-task",
  "nist",
  "controls",
  "html",
  "azure-devops",
  "teamcity",
  "sonarqube",
  "csv",
  "ocsf",
] as const;
export type Format = (typeof formats)[number];

/** Those that show the digests of what was judged and by what; the others do not wait for them to be made. */
export const withDigests: ReadonlySet<Format> = new Set(["json", "sarif", "junit", "markdown", "html"]);

/** All but the most used are loaded on demand, as they cost start-up time. */
export const reporters: Readonly<Record<Format, () => Promise<Reporter>>> = {
  text: async () => text,
  brief: async () => (await import("./brief.ts")).brief,
  json: async () => json,
  sarif: async () => (await import("./sarif.ts")).sarif,
  junit: async () => (await import("./junit.ts")).junit,
  markdown: async () => (await import("./markdown.ts")).markdown,
  github: async () => (await import("./github.ts")).github,
  gitlab: async () => (await import("./gitlab.ts")).gitlab,
  atlantis: async () => (await import("./atlantis.ts")).atlantis,
  "run-task": async () => (await import("./run-task.ts")).runTask,
  nist: async () => (await import("./nist.ts")).nist,
  controls: async () => (await import("./controls.ts")).controls,
  "azure-devops": async () => (await import("./azure-devops.ts")).azureDevops,
  teamcity: async () => (await import("./teamcity.ts")).teamcity,
  sonarqube: async () => (await import("./sonarqube.ts")).sonarqube,
  csv: async () => (await import("./csv.ts")).csv,
  ocsf: async () => (await import("./ocsf.ts")).ocsf,
  html: async () => (await import("./html/html.ts")).htmlReport,
};
