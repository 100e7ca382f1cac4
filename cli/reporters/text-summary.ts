import type { Report, ReportIgnored, ReportWaiver } from "../../engine/index.ts";
import { changeSentences } from "./changes.ts";
import { blockingText, counted, ignoredText, isFolded, type PlanFinding, quietText, stateOf } from "./findings.ts";
import { hiddenOpen, hiddenWaived } from "./hidden.ts";
import { runLine } from "./run-evidence.ts";
import { plain, wrap } from "./terminal-text.ts";
import { type Layout, type Paint, severityLabel } from "./text-layout.ts";
import { whatFirst } from "./what-first.ts";

/** What stands below the counts: waivers that let nothing through, and what does not count. */
export interface Remarks {
  readonly waivers: readonly ReportWaiver[];
  readonly ignored: readonly ReportIgnored[];
}

export const noRemarks: Remarks = { waivers: [], ignored: [] };

/** Waivers that let nothing through are named up to this number. */
const mostWaivers = 5;

export function remarkLines({ waivers, ignored }: Remarks, columns: number, width: number): string[] {
  const line = (label: string, text: string) => wrap(text, columns, label.padEnd(width), " ".repeat(width));
  const rest = waivers.length - mostWaivers;
  return [
    ...waivers.slice(0, mostWaivers).map((waiver) => line("Waiver", idleWaiver(waiver))),
    ...(rest <= 0 ? [] : [line("Waiver", `${rest} more let nothing through: plimsoll waivers lists them`)]),
    ...ignored.map((item) => line("Ignored", plain(ignoredText(item)))),
  ];
}

/** How many lines to change are listed: what somebody does first, and not all. */
const mostSteps = 5;

const mostPolicies = 4;

function policyText(policies: readonly string[]): string {
  const rest = policies.length - mostPolicies;
  return rest <= 1 ? policies.join(", ") : `${policies.slice(0, mostPolicies).join(", ")} and ${rest} more`;
}

/** The lines to change, the worst first, with what each removes; nothing where there is one line to change, or none. */
export function* firstSteps(findings: readonly PlanFinding[], layout: Layout): Generator<string> {
  const changes = whatFirst(findings);
  if (changes.length < 2) return;
  const rows = changes.slice(0, mostSteps).map(({ place, severity, policies, removes, left }) => {
    const numbers = `${String(removes).padStart(9)}${String(left).padStart(7)}  `;
    const text = wrap(
      `${plain(place)} (${policyText(policies)})`,
      layout.columns - 12,
      numbers,
      " ".repeat(numbers.length),
    );
    const [line = "", ...others] = text.split("\n");
    return [
      `  ${severityLabel(severity, layout)}  ${line}`,
      ...others.map((other) => `${" ".repeat(12)}${other}`),
    ].join("\n");
  });
  const rest = changes.length - rows.length;
  yield [
    `${layout.paint("bold", "What to do first")}${" ".repeat(5)}removes  ${layout.paint("dim", "left")}`.trimEnd(),
    ...rows,
    ...(rest === 0 ? [] : [`  and ${counted(rest, "more place", "more places")}`]),
  ].join("\n");
}

const mostTypes = 6;

export function summary(report: Report, findings: readonly PlanFinding[], remarks: Remarks, layout: Layout): string {
  const { paint, columns } = layout;
  const { resources, summary: counts, plan } = report;
  const types = [...resources.notEvaluated].sort((one, other) => other.count - one.count);
  const named = types.slice(0, mostTypes).map(({ type, count }) => `${plain(type)} ${count}`);
  const more = types.length > mostTypes ? [`${types.length - mostTypes} more types`] : [];
  const notEvaluated = types.reduce((sum, { count }) => sum + count, 0);
  const fails = Object.values(counts.fail).reduce((sum, count) => sum + count, 0);
  const bySeverity = Object.entries(counts.fail).map(([severity, count]) => `${count} ${severity}`);
  const hidden = hiddenOpen(report);
  const lines: [string, string][] = [
    [
      "Plan",
      `${plain(plan.file ?? "(no file)")}${plan.terraform === null ? "" : `, Terraform ${plain(plan.terraform)}`}`,
    ],
    [
      "Resources",
      `${resources.total} in the plan: ${resources.judged} judged, ${resources.destroyed} to be destroyed or forgotten, ${notEvaluated} not evaluated` +
        (notEvaluated === 0 ? "" : ` (no policy for them: ${[...named, ...more].join(", ")})`),
    ],
    [
      "Verdicts",
      `${fails} fail (${bySeverity.join(", ")}), ${counts.unknown} unknown, ${counts.waived === 0 ? "" : `${counts.waived} waived${hiddenWaived(report) === 0 ? "" : " and not listed"}, `}${counts.pass} pass, ${counts.notApplicable} not applicable${hidden === 0 ? "" : `; ${hidden} of them are not listed, without --show they are`}`,
    ],
  ];
  return [
    ...lines.map(([label, line]) => wrap(line, columns, label.padEnd(12), " ".repeat(12))),
    wrap(plain(runLine(report)), columns, "Run".padEnd(12), " ".repeat(12)),
    ...remarkLines(remarks, columns, 12),
    ...(plan.changes === undefined ? [] : [quietText(plan.changes)]),
    ...changeLine(report, columns),
    ...howToGoOn(findings, layout).map((line) => paint("dim", line)),
    verdictLine(report, paint),
  ].join("\n");
}

/** What there is to ask next, where something was found. */
function howToGoOn(findings: readonly PlanFinding[], { listing, columns }: Layout): string[] {
  const first = findings.find(({ finding }) => stateOf(finding) === "fail");
  if (first === undefined) return [];
  const instances = listing === "causes" ? "; --list instances: each finding" : "";
  const next = `plimsoll explain ${plain(first.finding.policy)}: why it matters, with examples${instances}`;
  return [wrap(next, columns, "Next".padEnd(12), " ".repeat(12))];
}

function changeLine(report: Report, columns: number): string[] {
  const sentences = changeSentences(report);
  if (sentences.length === 0) return [];
  const folded = report.findings.some((finding) => isFolded(finding, report));
  const remark = folded ? " Those that stood before are not listed: --block all lists them." : "";
  return [wrap(`${sentences.join(" ")}${remark}`, columns, "Changes".padEnd(12), " ".repeat(12))];
}

/** A waiver that lets nothing through, and what to do about it. */
function idleWaiver({ from, policy, state, expires, matches }: ReportWaiver): string {
  const name = `${plain(from)} (${plain(policy)})`;
  switch (state) {
    case "expired":
      return `${name} expired on ${expires ?? ""}; fix the finding or renew the waiver`;
    case "unused":
      return `${name} matches no finding; take it out`;
    default:
      return `${name} matches ${matches} findings, which is too broad, so that it does not apply; narrow it or raise its maxMatches`;
  }
}

function verdictLine({ summary: { blocking }, plan, findings }: Report, paint: Paint): string {
  if (plan.incomplete !== null) return paint(["red", "bold"], "Not judged as a whole: the plan is not complete.");
  if (blocking === 0) return paint(["green", "bold"], "Nothing blocks.");
  return paint(["red", "bold"], `Blocked by ${blockingText(blocking, findings)}.`);
}
