import type { Report } from "../../engine/index.ts";
import { json } from "./json.ts";
import { nist } from "./nist.ts";
import { text } from "./text.ts";

export interface ReporterOptions {
  readonly colours: boolean;
  readonly columns: number;
}

/** A report in one format, ending in a newline. A pure function: it reads nothing but its arguments. */
export type Reporter = (report: Report, options: ReporterOptions) => string;

export const formats = ["text", "json", "nist", "html"] as const;
export type Format = (typeof formats)[number];

const reporters: Readonly<Record<Exclude<Format, "html">, Reporter>> = { text, json, nist };

/** The reporter of a format; the page's is loaded on demand, as it brings a library for the layout of its picture. */
export async function reporterOf(format: Format): Promise<Reporter> {
  if (format !== "html") return reporters[format];
  const { htmlReport } = await import("./html/html.ts");
  return (report) => htmlReport([{ file: report.plan.file ?? "the plan", report }]);
}
