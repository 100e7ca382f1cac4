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

export const formats = ["text", "json", "nist"] as const;
export type Format = (typeof formats)[number];

export const reporters: Readonly<Record<Format, Reporter>> = { text, json, nist };
