import type { ReportPolicy } from "../../engine/index.ts";
import {
  byCause,
  byReason,
  type CauseGroup,
  foundText,
  groupSubject,
  instancesText,
  oneOfEachSubject,
  problemText,
  sharedFile,
} from "./causes.ts";
import { changeSentences, changeWords } from "./changes.ts";
import {
  fixedFindings,
  headline,
  idleWaivers,
  ignoredItems,
  ignoredText,
  listedFindings,
  notJudged,
  type PlanFinding,
  quietText,
  stateOf,
  subjectOf,
  waiverText,
} from "./findings.ts";
import { cell, code, prose } from "./markdown-text.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { runRows } from "./run-evidence.ts";

/** A comment on GitHub holds 65,536 characters; the rest is for who posts it, to mark it as his. */
export const mostCharacters = 65_000;

/** For a pull request's comment and the summary of a job: one table of what fails, the rest folded. */
export function* markdown(results: readonly PlanResult[], { listing = "causes" }: ReporterOptions): Generator<string> {
  const findings = listedFindings(results);
  const of = (state: string) => findings.filter(({ finding }) => stateOf(finding) === state);
  const hasMany = results.length > 1;
  const failed = of("fail");
  const standing = failed.filter(({ finding }) => finding.change === "existing");
  const coming = failed.filter(({ finding }) => finding.change !== "existing");
  const plans = results.flatMap((result) => planLines(result, results));
  const [title] = results.flatMap((result) => ("failure" in result ? [] : (result.report.run.title ?? [])));
  const head = [
    `### plimsoll${title === undefined ? "" : ` ${code(title)}`}: ${headline(results)}`,
    ...(hasMany ? [] : plans),
  ].join("\n\n");
  const sections: Section[] = [
    list(null, notJudged(results).map(brokenLine)),
    table(
      ["Severity", "Policy", "Resource", "Finding"],
      byCause(coming, listing).map((group) => failedRow(group, hasMany)),
      null,
    ),
    list(
      "What this plan fixes",
      fixedFindings(results).map(
        ({ finding }) => `${finding.policy} ${prose(finding.title)}: ${code(subjectOf(finding))}`,
      ),
    ),
    table(
      ["Severity", "Policy", "Resource", "Finding"],
      byCause(standing, listing).map((group) => failedRow(group, hasMany)),
      "that stood before",
    ),
    list("Why, and what to do", advice(failed, results)),
    table(
      ["Policy", "Resource", "Waiver"],
      byCause(of("waived"), listing).map((group) => waivedRow(group, hasMany)),
      "waived",
    ),
    list("Waivers that do not apply", idleWaiverLines(results)),
    list(
      "What of the change does not count",
      ignoredItems(results).map((item) => code(ignoredText(item))),
    ),
    table(
      ["Policies", "Resource", "Why it is unknown"],
      byReason(of("unknown"), listing).map((group) => unknownRow(group, hasMany)),
      "unknown",
    ),
    list(`${results.length} plans`, hasMany ? plans : []),
    list(
      "Evidence of the run",
      results.flatMap((result) => evidenceLines(result, hasMany)),
    ),
  ];
  yield `${[head, ...fill(sections, mostCharacters - head.length)].join("\n\n")}\n`;
}

function planLines(result: PlanResult, results: readonly PlanResult[]): string[] {
  if ("failure" in result) return [];
  const { plan, resources, summary } = result.report;
  const fails = Object.entries(summary.fail).map(([severity, count]) => `${count} ${severity}`);
  const terraform = plan.terraform === null ? "" : `, Terraform ${code(plan.terraform)}`;
  const quiet = plan.changes === undefined ? "" : `. ${quietText(plan.changes)}`;
  const changes = changeSentences(result.report);
  return [
    ...(changes.length === 0 ? [] : [`${results.length > 1 ? `${code(result.file)}: ` : ""}**${changes.join(" ")}**`]),
    `${code(result.file)}${terraform}: ${resources.judged} of ${resources.total} resources judged; fail: ${fails.join(", ")}; ${summary.unknown} unknown, ${summary.pass} pass${quiet}`,
  ];
}

function evidenceLines(result: PlanResult, hasMany: boolean): string[] {
  if ("failure" in result) return [];
  // What does not count has a list of its own.
  const rows = runRows(result.report).flatMap(({ name, label, text }) =>
    name === "ignored" ? [] : [`${label}: ${code(text)}`],
  );
  return hasMany ? [`${code(result.file)}: ${rows.join("; ")}`] : rows;
}

function brokenLine({ file, reason }: { readonly file: string; readonly reason: string }): string {
  return `**Not judged**: ${code(file)}: ${code(reason, 2000)}`;
}

/** A part of the comment that may be shortened. */
interface Section {
  readonly start: string;
  readonly rows: readonly Row[];
  readonly more: (count: number) => string;
  readonly end: string;
}

interface Row {
  /** Made only where there is room for it. */
  readonly text: () => string;
  /** How many findings, policies or plans it stands for. */
  readonly count: number;
}

interface Cells {
  readonly cells: () => readonly string[];
  readonly count: number;
}

function table(titles: readonly string[], rows: readonly Cells[], folded: string | null): Section {
  const header = `| ${titles.join(" | ")} |\n| ${titles.map(() => "---").join(" | ")} |\n`;
  const empty = titles.slice(1).map(() => " |");
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return {
    start: folded === null ? header : `<details><summary>${total} ${folded}</summary>\n\n${header}`,
    rows: rows.map(({ cells, count }) => ({ text: () => `| ${cells().join(" | ")} |\n`, count })),
    more: (count) => `| and ${count} more |${empty.join("")}\n`,
    end: folded === null ? "" : "\n</details>",
  };
}

function list(folded: string | null, lines: readonly string[]): Section {
  return {
    start: folded === null ? "" : `<details><summary>${folded}</summary>\n\n`,
    rows: lines.map((line) => ({ text: () => `- ${line}\n`, count: 1 })),
    more: (count) => `- and ${count} more\n`,
    end: folded === null ? "" : "\n</details>",
  };
}

function resourceCell(group: CauseGroup, hasMany: boolean): string {
  const { finding } = group.first;
  const { location } = finding;
  const file = hasMany ? sharedFile(group) : null;
  const place = location === null ? "" : `<br>${cell(`${location.file}:${location.line}`)}`;
  const previous = finding.subject.previousAddress;
  const moved = previous === undefined ? "" : `<br>moved from ${cell(previous)}`;
  const instances = instancesText(group);
  const times = instances === "" ? "" : `<br>${cell(instances)}`;
  return `${file === null ? "" : `${cell(file)}<br>`}${cell(groupSubject(group))}${times}${moved}${place}`;
}

function failedRow(group: CauseGroup, hasMany: boolean): Cells {
  const { finding } = group.first;
  const { severity, blocking, policy, change } = finding;
  const turn = change === "worse" || change === "undetermined" ? `, ${changeWords[change]}` : "";
  const name = `${blocking ? `**${severity}**` : `${severity}, does not block`}${turn}`;
  const found = () => `${prose(problemText(group))}<br>${cell(foundText(group))}`;
  return { cells: () => [name, policy, resourceCell(group, hasMany), found()], count: group.findings.length };
}

function waivedRow(group: CauseGroup, hasMany: boolean): Cells {
  const { finding } = group.first;
  return {
    cells: () => [finding.policy, resourceCell(group, hasMany), cell(waiverText(finding))],
    count: group.findings.length,
  };
}

function unknownRow(group: CauseGroup, hasMany: boolean): Cells {
  const named = new Map(group.findings.map(({ finding }) => [finding.policy, finding.blocking]));
  const policies = [...named].map(([policy, blocking]) => `${policy}${blocking ? " **blocks**" : ""}`);
  return {
    cells: () => [policies.join(", "), resourceCell(oneOfEachSubject(group), hasMany), cell(foundText(group))],
    count: group.findings.length,
  };
}

function idleWaiverLines(results: readonly PlanResult[]): string[] {
  return idleWaivers(results).map(({ state, policy, from, expires }) => {
    const words = {
      applied: "",
      expired: `expired, its last day was ${code(expires ?? "")}`,
      unused: "no finding matches it",
      "too-broad": "too broad, more findings match it than it allows",
    };
    return `${code(policy)} (${code(from)}): ${words[state]}`;
  });
}

/** Why and how, once for each policy that failed. */
function advice(failed: readonly PlanFinding[], results: readonly PlanResult[]): string[] {
  const policies = new Map<string, ReportPolicy>(
    results.flatMap((result) => ("failure" in result ? [] : Object.entries(result.report.policies))),
  );
  return [...new Set(failed.map(({ finding }) => finding.policy))].flatMap((id) => {
    const policy = policies.get(id);
    if (policy === undefined) return [];
    return [`**${id} ${prose(policy.title)}**: ${prose(policy.why)} **Fix**: ${prose(policy.fix)}`];
  });
}

/** As many rows as there is room for; what is left out is counted. What comes first takes first. */
function fill(sections: readonly Section[], room: number): string[] {
  const filled = sections.filter(({ rows }) => rows.length > 0);
  const total = (rows: readonly Row[]) => rows.reduce((sum, { count }) => sum + count, 0);
  // Each section has its frame and its count, whatever the ones before it take.
  const frame = ({ start, rows, more, end }: Section) => start.length + more(total(rows)).length + end.length + 2;
  let left = room - filled.reduce((sum, section) => sum + frame(section), 0);
  return filled.map(({ start, rows, more, end }) => {
    const fitting: string[] = [];
    for (const row of rows) {
      const text = row.text();
      if (text.length > left) break;
      left -= text.length;
      fitting.push(text);
    }
    const rest = total(rows.slice(fitting.length));
    return `${start}${fitting.join("")}${rest === 0 ? "" : more(rest)}${end}`.trimEnd();
  });
}
