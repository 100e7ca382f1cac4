import { byCause, type CauseGroup, groupSubject, problemText } from "./causes.ts";
import { headline, listedFindings, messageText, notJudged, stateOf } from "./findings.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { plain } from "./terminal-text.ts";

/**
 * A line for each cause that fails or is unknown, the worst first: `file:line severity POLICY what is wrong (20)`. Editors jump
 * to such lines, and grep finds them; where there is none a line says so. Without source the resource in the configuration stands in place of the line.
 */
export function* brief(results: readonly PlanResult[], { listing = "causes" }: ReporterOptions): Generator<string> {
  for (const { file, reason } of notJudged(results)) yield `${plain(file)}: not judged: ${plain(reason)}\n`;
  const open = listedFindings(results).filter(({ finding }) => ["fail", "unknown"].includes(stateOf(finding)));
  for (const group of byCause(open, listing)) yield `${line(group)}\n`;
  if (open.length === 0) yield `plimsoll: ${headline(results)}\n`;
}

function line(group: CauseGroup): string {
  const { finding } = group.first;
  const { location, policy, severity, verdict } = finding;
  const place = location === null ? groupSubject(group) : `${plain(location.file)}:${location.line}`;
  const what = verdict === "unknown" ? `${plain(finding.title)}: unknown: ${messageText(finding)}` : problemText(group);
  const subject = location === null ? "" : `: ${groupSubject(group)}`;
  const count = group.findings.length === 1 ? "" : ` (${group.findings.length})`;
  return `${place} ${severity} ${policy} ${what}${subject}${count}`;
}
