import type { ReportPolicy } from "../../engine/index.ts";
import { headline, notJudged, type PlanFinding, stateOf, subjectOf, waiverText, worstFirst } from "./findings.ts";
import { cell, code, prose } from "./markdown-text.ts";
import type { PlanResult } from "./plan-result.ts";

/** A comment on GitHub holds 65,536 characters; the rest is for who posts it, to mark it as his. */
const mostCharacters = 65_000;

/** For a pull request's comment and the summary of a job: one table of what fails, the rest folded. */
export function markdown(results: readonly PlanResult[]): string {
  const findings = worstFirst(results);
  const of = (state: string) => findings.filter(({ finding }) => stateOf(finding) === state);
  const hasMany = results.length > 1;
  const head = [
    `### plimsoll: ${headline(results)}`,
    "",
    ...notJudged(results).map(({ file, reason }) => `**Not judged**: ${code(file)}: ${code(reason, 2000)}\n`),
    ...results.flatMap(planLine),
  ]
    .join("\n")
    .trimEnd();
  const failed = of("fail");
  const policies = policiesOf(results);
  const sections: Section[] = [
    table(["Severity", "Policy", "Resource", "Finding"], failed, (each) => failedRow(each, hasMany), null),
    table(
      ["Policy", "Resource", "Why it cannot be told"],
      of("unknown"),
      (each) => unknownRow(each, hasMany),
      "unknown",
    ),
    table(["Policy", "Resource", "Waiver"], of("waived"), (each) => waivedRow(each, hasMany), "waived"),
    idleWaivers(results),
    advice([...new Set(failed.map(({ finding }) => finding.policy))], policies),
  ];
  return `${[head, ...fill(sections, mostCharacters - head.length)].join("\n\n")}\n`;
}

function planLine(result: PlanResult): string[] {
  if ("failure" in result) return [];
  const { plan, resources, summary } = result.report;
  const fails = Object.entries(summary.fail).map(([severity, count]) => `${count} ${severity}`);
  const terraform = plan.terraform === null ? "" : `, Terraform ${code(plan.terraform)}`;
  return [
    `- ${code(result.file)}${terraform}: ${resources.judged} of ${resources.total} resources judged; fail: ${fails.join(", ")}; ${summary.unknown} unknown, ${summary.pass} pass`,
  ];
}

interface Section {
  readonly start: string;
  readonly rows: readonly string[];
  readonly more: (count: number) => string;
  readonly end: string;
}

function table(
  titles: readonly string[],
  findings: readonly PlanFinding[],
  row: (each: PlanFinding) => readonly string[],
  folded: string | null,
): Section {
  const header = `| ${titles.join(" | ")} |\n| ${titles.map(() => "---").join(" | ")} |\n`;
  const empty = titles.slice(1).map(() => " |");
  return {
    start: folded === null ? header : `<details><summary>${findings.length} ${folded}</summary>\n\n${header}`,
    rows: findings.map((each) => `| ${row(each).join(" | ")} |\n`),
    more: (count) => `| and ${count} more |${empty.join("")}\n`,
    end: folded === null ? "" : "\n</details>",
  };
}

function resourceCell({ file, finding }: PlanFinding, hasMany: boolean): string {
  const { location } = finding;
  const place = location === null ? "" : `<br>${cell(`${location.file}:${location.line}`)}`;
  return `${hasMany ? `${cell(file)}<br>` : ""}${cell(subjectOf(finding))}${place}`;
}

function failedRow(each: PlanFinding, hasMany: boolean): string[] {
  const { severity, blocking, policy, message } = each.finding;
  const name = blocking ? `**${severity}**` : `${severity}, does not block`;
  return [name, policy, resourceCell(each, hasMany), cell(message)];
}

function unknownRow(each: PlanFinding, hasMany: boolean): string[] {
  const { policy, blocking, message } = each.finding;
  return [`${policy}${blocking ? " **blocks**" : ""}`, resourceCell(each, hasMany), cell(message)];
}

function waivedRow(each: PlanFinding, hasMany: boolean): string[] {
  return [each.finding.policy, resourceCell(each, hasMany), cell(waiverText(each.finding))];
}

/** The waivers that let nothing through: somebody has to look at them. */
function idleWaivers(results: readonly PlanResult[]): Section {
  const waivers = results.flatMap((result) => ("failure" in result ? [] : result.report.waivers));
  const idle = waivers.filter(({ state }) => state !== "applied");
  return {
    start: "<details><summary>Waivers that do not apply</summary>\n\n",
    rows: idle.map(({ state, policy, from, expires, matches }) => {
      const words = {
        applied: "",
        expired: `expired, its last day was ${code(expires ?? "")}`,
        unused: "no finding matches it",
        "too-broad": `too broad, ${matches} findings match it`,
      };
      return `- ${code(policy)} (${code(from)}): ${words[state]}\n`;
    }),
    more: (count) => `- and ${count} more\n`,
    end: "\n</details>",
  };
}

function policiesOf(results: readonly PlanResult[]): ReadonlyMap<string, ReportPolicy> {
  return new Map(results.flatMap((result) => ("failure" in result ? [] : Object.entries(result.report.policies))));
}

/** Why and how, once for each policy that failed. */
function advice(ids: readonly string[], policies: ReadonlyMap<string, ReportPolicy>): Section {
  return {
    start: "<details><summary>Why, and what to do</summary>\n\n",
    rows: ids.flatMap((id) => {
      const policy = policies.get(id);
      if (policy === undefined) return [];
      return [`- **${id} ${prose(policy.title)}**\n  ${prose(policy.why)}\n  **Fix**: ${prose(policy.fix)}\n`];
    }),
    more: (count) => `- and ${count} more\n`,
    end: "\n</details>",
  };
}

/** As many rows as there is room for; what is left out is counted. What comes first takes first. */
function fill(sections: readonly Section[], room: number): string[] {
  const filled = sections.filter(({ rows }) => rows.length > 0);
  // Each section has its frame and its count, whatever the ones before it take.
  const frame = ({ start, rows, more, end }: Section) => start.length + more(rows.length).length + end.length + 2;
  let left = room - filled.reduce((sum, section) => sum + frame(section), 0);
  return filled.map(({ start, rows, more, end }) => {
    const fitting: string[] = [];
    for (const row of rows) {
      if (row.length > left) break;
      left -= row.length;
      fitting.push(row);
    }
    const rest = rows.length - fitting.length;
    return `${start}${fitting.join("")}${rest === 0 ? "" : more(rest)}${end}`;
  });
}
