import {
  counted,
  headline,
  messageText,
  notJudged,
  type PlanFinding,
  stateOf,
  subjectText,
  waiverText,
  worstFirst,
} from "./findings.ts";
import type { PlanResult } from "./plan-result.ts";
import { escapedCharacter, plain } from "./terminal-text.ts";

/** A comment holds 65,536 characters; Atlantis splits what is longer into many comments. */
const mostLines = 150;

/**
 * For a custom policy check of Atlantis, which reads the text and not the exit code: up to its version 0.37 "fail" anywhere
 * in it means that the check failed, later a line that begins with FAIL or a count of failures does. So the first line of
 * what blocks has both, and where nothing blocks no line has the word, whatever a resource is called.
 */
export function atlantis(results: readonly PlanResult[]): string {
  const broken = notJudged(results);
  const findings = worstFirst(results).filter(({ finding }) =>
    ["fail", "unknown", "waived"].includes(stateOf(finding)),
  );
  const blocking = findings.filter(({ finding }) => finding.blocking).length;
  const isBlocked = broken.length > 0 || blocking > 0;
  const lines = [
    ...broken.map(({ file, reason }) => `NOT JUDGED ${plain(file)}: ${plain(reason)}`),
    ...findings.map((each) => line(each, results)),
  ];
  const more = lines.length > mostLines ? [`and ${lines.length - mostLines} more`] : [];
  const verdict = isBlocked
    ? `FAIL - plimsoll - ${counted(Math.max(1, blocking), "failure")}: ${headline(results)}`
    : `PASS - plimsoll - ${headline(results)}`;
  const text = [verdict, ...lines.slice(0, mostLines), ...more].join("\n");
  return `${isBlocked ? text : text.replace(/f(?=ail)/gi, escapedCharacter)}\n`;
}

function line(each: PlanFinding, results: readonly PlanResult[]): string {
  const { finding } = each;
  const state = stateOf(finding);
  const label = state === "fail" ? finding.severity.toUpperCase() : state.toUpperCase();
  const place = finding.location === null ? "" : ` (${plain(finding.location.file)}:${finding.location.line})`;
  const remark = state === "waived" ? ` [${plain(waiverText(finding))}]` : "";
  const notBlocking = state === "fail" && !finding.blocking ? " (does not block)" : "";
  return `${label} ${finding.policy} ${subjectText(each, results)}${place}: ${messageText(finding)}${remark}${notBlocking}`;
}
