import { byCause, type CauseGroup, foundText, groupText, problemText } from "./causes.ts";
import { counted, headline, listedFindings, notJudged, stateOf, waiverText } from "./findings.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { escapedCharacter, plain } from "./terminal-text.ts";

/** A comment holds 65,536 characters, what Atlantis puts around it among them; it splits what is longer into several. */
export const mostCharacters = 60_000;

/**
 * For a custom policy check of Atlantis, which reads the text and not the exit code: "fail" anywhere in it means that the
 * check failed, and since December 2025 (runatlantis/atlantis#6019) a line that begins with FAIL or a count of failures does.
 * So the first line of what blocks has both, and where nothing blocks no line has the word, whatever a resource is called.
 */
export function* atlantis(results: readonly PlanResult[], { listing = "causes" }: ReporterOptions): Generator<string> {
  const broken = notJudged(results);
  const findings = listedFindings(results).filter(({ finding }) =>
    ["fail", "unknown", "waived"].includes(stateOf(finding)),
  );
  const groups = byCause(findings, listing);
  const blocking = findings.filter(({ finding }) => finding.blocking).length;
  const isBlocked = broken.length > 0 || blocking > 0;
  const lines = [
    ...broken.map(
      ({ file, reason }) =>
        () =>
          `NOT JUDGED ${plain(file)}: ${plain(reason)}`,
    ),
    ...groups.map((group) => () => line(group, results)),
  ];
  const fitting: string[] = [];
  let length = 0;
  for (const make of lines) {
    const made = make();
    length += made.length + 1;
    if (length > mostCharacters) break;
    fitting.push(made);
  }
  const rest = lines.length - fitting.length;
  const more = rest === 0 ? [] : [`and ${rest} more`];
  const verdict = isBlocked
    ? `FAIL - plimsoll - ${counted(Math.max(1, blocking), "failure")}: ${headline(results)}`
    : `PASS - plimsoll - ${headline(results)}`;
  const text = [verdict, ...fitting, ...more].join("\n");
  yield `${isBlocked ? text : text.replace(/f(?=ail)/gi, escapedCharacter)}\n`;
}

function line(group: CauseGroup, results: readonly PlanResult[]): string {
  const { finding } = group.first;
  const state = stateOf(finding);
  const label = state === "fail" ? finding.severity.toUpperCase() : state.toUpperCase();
  const place = finding.location === null ? "" : ` (${plain(finding.location.file)}:${finding.location.line})`;
  const remark = state === "waived" ? ` [${plain(waiverText(finding))}]` : "";
  const notBlocking = state === "fail" && !finding.blocking ? " (does not block)" : "";
  return `${label} ${finding.policy} ${problemText(group)}: ${groupText(group, results)}${place}: ${foundText(group)}${remark}${notBlocking}`;
}
