import { groupBy } from "../../engine/group-by.ts";
import type { Severity } from "../../engine/index.ts";
import { byCause, type CauseGroup, foundText, groupText, type Listing, problemText } from "./causes.ts";
import {
  counted,
  headline,
  listedFindings,
  notJudged,
  type PlanFinding,
  shorten,
  stateOf,
  waiverText,
} from "./findings.ts";
import { jsonText } from "./json.ts";
import { code, prose } from "./markdown-text.ts";
import { type PlanResult, verdictOf } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { plain } from "./terminal-text.ts";

type Level = "none" | "info" | "warning" | "error";

const levels: Readonly<Record<Severity, Level>> = { critical: "error", high: "error", medium: "warning", low: "info" };

/** An outcome's body may have 5 MB, and should have less than 1. */
export const mostRows = 200;

/**
 * The body of the callback of an HCP Terraform run task: an outcome for each policy that fails, is unknown or is waived. It is
 * passed where the command would end with exit code 0.
 */
export function* runTask(results: readonly PlanResult[], { listing = "causes" }: ReporterOptions): Generator<string> {
  const isPassed = results.every((result) => verdictOf(result) === "nothing blocks");
  const findings = listedFindings(results).filter(({ finding }) =>
    ["fail", "unknown", "waived"].includes(stateOf(finding)),
  );
  const groups = [
    ...groupBy(findings, ({ finding }) => `${finding.policy} ${stateOf(finding)} ${finding.severity}`).values(),
  ];
  const broken = notJudged(results).map(({ file, reason }, at) =>
    outcome(`plimsoll-not-judged-${at + 1}`, `${plain(file)} was not judged`, code(reason, 2000), [
      ["Status", "Not judged", "error"],
    ]),
  );
  const body = {
    data: {
      type: "task-results",
      attributes: { status: isPassed ? "passed" : "failed", message: `plimsoll: ${messageOf(results)}` },
      relationships: {
        outcomes: { data: [...broken, ...[...groups.values()].map((group) => policyOutcome(group, results, listing))] },
      },
    },
  };
  yield jsonText(body);
}

/** People see it in the list of the run's tasks: where the only plan has no report it says why. */
function messageOf(results: readonly PlanResult[]): string {
  const [only] = results;
  if (results.length !== 1 || only === undefined || !("failure" in only)) return headline(results);
  return `not judged: ${shorten(plain(only.failure), 500)}`;
}

type Tag = readonly [name: "Status" | "Severity", label: string, level: Level];

function outcome(id: string, description: string, body: string, tags: readonly Tag[]) {
  return {
    type: "task-result-outcomes",
    attributes: {
      "outcome-id": id,
      description,
      tags: Object.fromEntries(tags.map(([name, label, level]) => [name, [{ label, level }]])),
      body,
    },
  };
}

function policyOutcome(group: readonly PlanFinding[], results: readonly PlanResult[], listing: Listing) {
  const [first] = group;
  if (first === undefined) return [];
  const { policy, title, severity, blocking } = first.finding;
  const state = stateOf(first.finding);
  const status: Readonly<Record<string, Tag>> = {
    fail: ["Status", blocking ? "Failed" : "Failed, does not block", blocking ? "error" : "warning"],
    unknown: ["Status", blocking ? "Unknown, blocks" : "Unknown", blocking ? "error" : "info"],
    waived: ["Status", "Waived", "none"],
  };
  const causes = byCause(group, listing);
  const rows = causes.slice(0, mostRows).map((cause) => causeLine(cause, results));
  const more = causes.length > mostRows ? [`- and ${causes.length - mostRows} more`] : [];
  return outcome(
    `${policy}-${state}-${severity}`,
    `${policy} ${plain(title)}: ${counted(group.length, "finding")}`,
    [...rows, ...more, ...advice(policy, results)].join("\n"),
    [status[state] ?? ["Status", state, "none"], ["Severity", severity, levels[severity]]],
  );
}

function causeLine(cause: CauseGroup, results: readonly PlanResult[]): string {
  const { finding } = cause.first;
  const place = finding.location === null ? "" : `${code(`${finding.location.file}:${finding.location.line}`)} `;
  const remark = finding.waiver === null ? "" : `; waived: ${code(waiverText(finding))}`;
  const problem = stateOf(finding) === "fail" ? `${prose(problemText(cause))}: ` : "";
  return `- ${place}${code(groupText(cause, results))}: ${problem}${code(foundText(cause, 1000))}${remark}`;
}

function advice(policy: string, results: readonly PlanResult[]): string[] {
  for (const result of results) {
    const said = "failure" in result ? undefined : result.report.policies[policy];
    if (said !== undefined) return ["", `**Why**: ${prose(said.why)}`, "", `**Fix**: ${prose(said.fix)}`];
  }
  return [];
}
