import type { styleText } from "node:util";
import type { Severity } from "../../engine/index.ts";
import type { Listing } from "./causes.ts";
import { wrap } from "./terminal-text.ts";

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** How text for a terminal is laid out. */
export interface Layout {
  readonly paint: Paint;
  readonly columns: number;
  readonly listing: Listing;
}

const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: ["bgRed", "white", "bold"],
  high: "red",
  medium: "yellow",
  low: "blue",
};

/** `CRITICAL`, in its colour and as wide as the widest. */
export function severityLabel(severity: Severity, { paint }: Layout): string {
  return `${paint(severityStyles[severity], severity.toUpperCase())}${" ".repeat("CRITICAL".length - severity.length)}`;
}

/** The first line of a finding, and of a long one those that follow. @param label as wide as the widest, in its colour @param id empty where the text has it */
export function headline(label: string, id: string, text: string, { columns }: Layout): string {
  const margin = " ".repeat("  CRITICAL  ".length);
  const lines = wrap(text, columns, id === "" ? margin : `${margin}${id}  `, margin);
  return `  ${label}  ${lines.slice(margin.length)}`;
}

export const indent = " ".repeat(6);

/** A paragraph below the head of a finding; with a word before it that says what it is: `fix  ..`. */
export function detail(text: string, { columns }: Layout, label = ""): string {
  const start = label === "" ? indent : `${indent}${label}  `;
  return wrap(text, columns, start, " ".repeat(start.length));
}
