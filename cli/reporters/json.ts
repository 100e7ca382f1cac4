import type { PlanResult } from "./plan-result.ts";
import { escapeControls } from "./terminal-text.ts";

/** The report itself for one plan; for several a list of them, with what could not be judged. */
export function json(results: readonly PlanResult[]): string {
  const [first] = results;
  const document =
    results.length === 1 && first !== undefined && "report" in first ? first.report : { version: 1, plans: results };
  return jsonText(document);
}

/** JSON in which also those characters are escaped that JSON allows and somebody obeys; what it says is the same. */
export function jsonText(document: unknown): string {
  return `${escapeControls(JSON.stringify(document, null, 2))}\n`;
}
