import type { Finding, Report } from "../../engine/index.ts";
import {
  byCause,
  byReason,
  type CauseGroup,
  foundText,
  groupSubject,
  instancesText,
  oneOfEachSubject,
  problemText,
} from "./causes.ts";
import { changeWords } from "./changes.ts";
import { type PlanFinding, stateOf, waiverText } from "./findings.ts";
import { placeText } from "./place-text.ts";
import { cut, flowing, plain } from "./terminal-text.ts";
import { detail, headline, indent, type Layout, severityLabel } from "./text-layout.ts";

/**
 * The findings of a plan by cause: what fails, the worst first, then what is unknown, what is waived, and what holds.
 * @param findings worst first
 * @param explained the policies whose fix was told already
 */
export function* causeBlocks(
  findings: readonly PlanFinding[],
  report: Report,
  explained: Set<string>,
  layout: Layout,
): Generator<string> {
  const of = (...states: string[]) => findings.filter(({ finding }) => states.includes(stateOf(finding)));
  const lists = [
    ...severityLists(byCause(of("fail"), layout.listing)).map((groups, at, all) => [
      ...(isFirstNotToBlock(groups, all[at - 1]) ? [layout.paint("dim", "  does not block")] : []),
      ...groups.map((group) => failedLines(group, report, explained, layout)),
    ]),
    byReason(of("unknown"), layout.listing).map((group) => unknownLines(group, layout)),
    byCause(of("waived"), layout.listing).map((group) => waivedLines(group, layout)),
    byCause(of("pass", "not-applicable"), layout.listing).map((group) => restLines(group, layout)),
  ];
  for (const list of lists) if (list.length > 0) yield list.join("\n");
}

function isFirstNotToBlock(groups: readonly CauseGroup[], before: readonly CauseGroup[] | undefined): boolean {
  return groups[0]?.first.finding.blocking === false && before?.[0]?.first.finding.blocking !== false;
}

/** Runs of one severity that all block, or do not, which an empty line sets apart. */
function severityLists(groups: readonly CauseGroup[]): CauseGroup[][] {
  const lists: CauseGroup[][] = [];
  for (const group of groups) {
    const last = lists.at(-1);
    const [before] = last ?? [];
    const [one, other] = [before?.first.finding, group.first.finding];
    if (last !== undefined && one?.severity === other.severity && one.blocking === other.blocking) last.push(group);
    else lists.push([group]);
  }
  return lists;
}

function failedLines(group: CauseGroup, report: Report, explained: Set<string>, layout: Layout): string {
  const { finding } = group.first;
  const { policy: id, severity, notes } = finding;
  const fix = explained.has(id) ? undefined : report.policies[id]?.fix;
  explained.add(id);
  // A sentence says what is wrong with the values in it; what was compared stands in the other formats. Of what exists the
  // evidence says also whether it stands in the code at all, or was changed outside of Terraform.
  const isNew = finding.subject.action === null || finding.subject.action === "create";
  const isSaid = finding.problem !== null && layout.listing === "causes" && isNew;
  return [
    headline(severityLabel(severity, layout), id, `${problemText(group)}${turn(group, report)}`, layout),
    detail(whereText(group), layout),
    ...codeLines(finding, layout),
    ...(isSaid ? [] : [detail(foundText(group, Number.POSITIVE_INFINITY), layout)]),
    ...notes.map((note) => detail(plain(`note: ${note}`), layout)),
    ...(fix === undefined ? [] : [fixLines(firstSentences(flowing(fix)), layout)]),
  ].join("\n");
}

function fixLines(text: string, layout: Layout): string {
  const lines = detail(text, layout, "fix");
  return `${indent}${layout.paint(["green", "bold"], "fix")}${lines.slice(indent.length + "fix".length)}`;
}

/** The line at fault, `72 | user = "root"`, within the width; of what does not block its place is enough. */
function codeLines({ location, blocking }: Finding, { columns, paint }: Layout): string[] {
  if (location?.snippet === undefined || !blocking) return [];
  const frame = `${location.line} | `;
  const room = Math.max(20, columns - indent.length - frame.length);
  return [`${indent}${paint("dim", frame)}${paint("cyan", cut(plain(location.snippet), room))}`];
}

const mostOfFix = 100;

/** The first sentence, and more where they are short; `explain` has them all. */
function firstSentences(text: string): string {
  const sentences = text.split(/(?<=[.:!?]) (?=[A-Z])/);
  let [kept = ""] = sentences;
  for (const sentence of sentences.slice(1)) {
    if (kept.length + 1 + sentence.length > mostOfFix) break;
    kept = `${kept} ${sentence}`;
  }
  return kept;
}

/** `main.tf:12: ×20: accounts, basket and 18 more`, `main.tf:12: aws_ecs_task_definition.this#web (update)`. */
function whereText(group: CauseGroup): string {
  const { location, subject } = group.first.finding;
  const instances = instancesText(group);
  const moved = subject.previousAddress === undefined ? "" : `, moved from ${plain(subject.previousAddress)}`;
  const action = subject.action === null || subject.action === "create" ? "" : ` (${subject.action}${moved})`;
  // Of several instances the attribute's line tells the resource.
  if (location?.of === "attribute" && instances !== "") return `${placeText(location)}${instances}${action}`;
  // The file tells the module.
  const address = groupSubject(group);
  const resource = location === null || instances === "" ? address : address.replace(/^(?:module\.[^.[\]]+\.)+/, "");
  return `${placeText(location)}${resource}${action}${instances === "" ? "" : ` ${instances}`}`;
}

/** Of a failure that is worse than it was, or of which that is not told, what it was. */
function turn({ first: { finding } }: CauseGroup, { changes }: Report): string {
  const { change, was } = finding;
  if (changes === undefined || was === undefined || change === undefined) return "";
  const before = was.verdict === "fail" ? `was ${was.severity}` : "was unknown";
  return ` (${changeWords[change]}, ${before})`;
}

function unknownLines(group: CauseGroup, layout: Layout): string {
  const ids = [...new Set(group.findings.map(({ finding }) => finding.policy))].sort().join(", ");
  const blocks = group.first.finding.blocking ? " (blocks)" : "";
  return [
    headline(layout.paint("magenta", "UNKNOWN "), "", `${ids}${blocks}`, layout),
    detail(whereText(oneOfEachSubject(group)), layout),
    detail(foundText(group, Number.POSITIVE_INFINITY), layout),
  ].join("\n");
}

/** What it is stays in sight, with who decided to live with it. */
function waivedLines(group: CauseGroup, layout: Layout): string {
  const { finding } = group.first;
  const unknown = finding.verdict === "unknown" ? "unknown: " : "";
  return [
    headline(layout.paint("dim", "waived  "), finding.policy, problemText(group), layout),
    detail(whereText(group), layout),
    detail(`${unknown}${foundText(group, Number.POSITIVE_INFINITY)}`, layout),
    detail(plain(waiverText(finding)), layout, "waiver"),
  ].join("\n");
}

function restLines(group: CauseGroup, layout: Layout): string {
  const { verdict, policy, title, message, notes } = group.first.finding;
  const label = verdict === "pass" ? layout.paint("green", "pass    ") : layout.paint("dim", "n/a     ");
  const remarks = [...(verdict === "pass" ? [] : [message]), ...notes.map((note) => `note: ${note}`)];
  return [
    headline(label, policy, plain(title), layout),
    ...[whereText(group), ...remarks.filter((remark) => remark !== "").map(plain)].map((text) => detail(text, layout)),
  ].join("\n");
}
