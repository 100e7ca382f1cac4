import { styleText } from "node:util";
import { groupBy } from "../../engine/group-by.ts";
import type { Finding, Report, ReportIgnored, ReportWaiver, Severity } from "../../engine/index.ts";
import { changeSentences, changeWords } from "./changes.ts";
import { counted, idleWaivers, ignoredItems, ignoredText, isFolded, quietText, waiverText } from "./findings.ts";
import { hiddenWaived } from "./hidden-waived.ts";
import { placeText } from "./place-text.ts";
import { type PlanResult, type PlanVerdict, verdictOf } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { runLine } from "./run-evidence.ts";
import { flowing, plain, wrap } from "./terminal-text.ts";

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: ["red", "bold"],
  high: "red",
  medium: "yellow",
  low: "blue",
};

const indent = " ".repeat(6);
const hanging = " ".repeat(11);

/** The report for people: by resource, worst first, then the counts; for several plans a section each, then the total. */
export function* text(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  let before = "";
  for (const block of blocks(results, options)) {
    yield `${before}${block}`;
    before = "\n\n";
  }
  yield "\n";
}

function* blocks(results: readonly PlanResult[], { colours, columns }: ReporterOptions): Generator<string> {
  const paint: Paint = colours
    ? (style, part) => styleText(style, part, { validateStream: false })
    : (_style, part) => part;
  const layout = { paint, columns };
  const explained = new Set<string>();
  // Of several plans one may have use for what another has none for.
  const waivers = idleWaivers(results);
  const remarks = { waivers, ignored: ignoredItems(results) };
  for (const result of results) {
    if (results.length > 1) yield paint("bold", `== ${plain(result.file)}`);
    if ("failure" in result) yield notJudged(result.failure, layout);
    else yield* section(result.report, results.length === 1 ? remarks : noRemarks, explained, layout);
  }
  if (results.length !== 1) yield total(results, remarks, layout);
}

/** What stands below the counts: waivers that let nothing through, and what does not count. */
interface Remarks {
  readonly waivers: readonly ReportWaiver[];
  readonly ignored: readonly ReportIgnored[];
}

const noRemarks: Remarks = { waivers: [], ignored: [] };

function* section(report: Report, remarks: Remarks, explained: Set<string>, layout: Layout): Generator<string> {
  if (report.changes === undefined) yield* resourceBlocks(report.findings, report, explained, layout);
  else yield* byTurn(report, explained, layout);
  yield summary(report, remarks, layout);
}

/** Where something stood before the plan: what comes with it, what it fixes, and what stays, as far as it asks for an answer. */
function* byTurn(report: Report, explained: Set<string>, layout: Layout): Generator<string> {
  const { fixed = [] } = report;
  const listed = report.findings.filter((finding) => !isFolded(finding, report));
  const turns = groupBy(listed, ({ change }) =>
    change === undefined ? "rest" : change === "worse" ? "introduced" : change,
  );
  const turn = function* (words: string, findings: readonly Finding[] = []) {
    if (findings.length === 0) return;
    yield layout.paint("underline", words);
    yield* resourceBlocks(findings, report, explained, layout);
  };
  yield* turn("What this plan introduces, or makes worse", turns.get("introduced"));
  yield* turn("What may have stood before this plan", turns.get("undetermined"));
  if (fixed.length > 0) yield fixedBlock(fixed, layout);
  yield* turn("What stood before this plan", turns.get("existing"));
  yield* turn("What holds, or does not apply", turns.get("rest"));
}

function* resourceBlocks(
  findings: readonly Finding[],
  report: Report,
  explained: Set<string>,
  layout: Layout,
): Generator<string> {
  // Findings come worst first, so the groups do too.
  for (const own of groupBy(findings, ({ subject }) => subject.address ?? "").values())
    yield resourceBlock(own, report, explained, layout);
}

function fixedBlock(fixed: readonly Finding[], { paint, columns }: Layout): string {
  const lines = fixed.map(({ policy, title, subject }) => {
    const name = subject.name === null ? "" : `#${plain(subject.name)}`;
    const text = `${policy}  ${plain(title)}: ${plain(subject.address ?? "the plan")}${name}`;
    return wrap(text, columns, "  fixed     ", " ".repeat(12)).replace("fixed", paint("green", "fixed"));
  });
  return [paint("underline", "What this plan fixes"), ...lines].join("\n");
}

function notJudged(failure: string, { paint, columns }: Layout): string {
  return `${wrap(plain(failure), columns, "", "")}\n${paint(["red", "bold"], "Not judged.")}`;
}

/** What all plans come to together. */
function total(results: readonly PlanResult[], remarks: Remarks, { paint, columns }: Layout): string {
  const lines = results.map((result) => {
    const blocking = "report" in result ? result.report.summary.blocking : 0;
    const verdict = verdictOf(result);
    const count = verdict === "blocked" ? ` by ${counted(blocking, "finding")}` : "";
    return wrap(`${verdict}${count}`, columns, `  ${plain(result.file)}: `, " ".repeat(4));
  });
  const count = (verdict: PlanVerdict) => results.filter((result) => verdictOf(result) === verdict).length;
  const counts = `${count("blocked")} blocked, ${count("nothing blocks")} with nothing that blocks, ${count("not judged")} not judged`;
  const isClean = count("nothing blocks") === results.length;
  return [
    paint("bold", `== ${results.length} plans`),
    "",
    ...lines,
    ...remarkLines(remarks, columns, 8),
    paint([isClean ? "green" : "red", "bold"], `${results.length} plans: ${counts}.`),
  ].join("\n");
}

function remarkLines({ waivers, ignored }: Remarks, columns: number, width: number): string[] {
  const line = (label: string, text: string) => wrap(text, columns, label.padEnd(width), " ".repeat(width));
  return [
    ...waivers.map((waiver) => line("Waiver", idleWaiver(waiver))),
    ...ignored.map((item) => line("Ignored", plain(ignoredText(item)))),
  ];
}

interface Layout {
  readonly paint: Paint;
  readonly columns: number;
}

function resourceBlock(findings: readonly Finding[], report: Report, explained: Set<string>, layout: Layout): string {
  const [first] = findings;
  const { paint } = layout;
  const title = first?.subject.address == null ? "the plan" : plain(first.subject.address);
  const action = first?.subject.action == null ? "" : `  ${paint("dim", `(${actionText(first)})`)}`;
  const open = findings.filter(({ waiver }) => waiver === null);
  const failed = groupBy(
    open.filter(({ verdict }) => verdict === "fail"),
    ({ policy, severity }) => `${policy} ${severity}`,
  );
  const undecided = groupBy(
    open.filter(({ verdict }) => verdict === "unknown"),
    ({ subject, message, location }) => `${subject.name ?? ""} ${placeText(location)}${message}`,
  );
  const rest = findings.filter(({ verdict }) => verdict === "pass" || verdict === "not-applicable");
  return [
    `${paint("bold", title)}${action}`,
    ...[...failed.values()].map((same) => failure(same, report, explained, layout)),
    ...[...undecided.values()].map((same) => undecidedLines(same, layout)),
    ...findings.filter(({ waiver }) => waiver !== null).map((finding) => waivedLines(finding, layout)),
    ...rest.map((finding) => restLine(finding, layout)),
  ].join("\n");
}

function actionText({ subject: { action, previousAddress } }: Finding): string {
  return `${action}${previousAddress === undefined ? "" : `, moved from ${plain(previousAddress)}`}`;
}

/** What, for each part of the resource; why and fix once in a report for each policy. */
function failure(same: readonly Finding[], report: Report, explained: Set<string>, { paint, columns }: Layout): string {
  const [first] = same;
  if (first === undefined) return "";
  const { policy: id, severity, blocking } = first;
  const title = plain(first.title);
  const head = `  ${paint(severityStyles[severity], severity.toUpperCase().padEnd(8))}  ${id}  ${title}${turn(first, report, paint)}${blocking ? "" : paint("dim", "  (does not block)")}`;
  const what = same.flatMap(({ subject, message, notes, location }) => {
    const name = subject.name === null ? "" : `${plain(subject.name)}: `;
    return [
      wrap(`${placeText(location)}${name}${plain(message)}`, columns, indent, indent),
      ...notes.map((note) => wrap(plain(`note: ${note}`), columns, indent, indent)),
    ];
  });
  if (explained.has(id)) return [head, ...what].join("\n");
  explained.add(id);
  const policy = report.policies[id];
  const advice =
    policy === undefined
      ? []
      : [
          wrap(flowing(policy.why), columns, `${indent}why  `, hanging),
          wrap(flowing(policy.fix), columns, `${indent}fix  `, hanging),
        ];
  return [head, ...what, ...advice.map((part) => paint("dim", part))].join("\n");
}

/** Of a failure that is worse than it was, or of which that is not told, what it was. */
function turn({ change, was }: Finding, { changes }: Report, paint: Paint): string {
  if (changes === undefined || was === undefined || change === undefined) return "";
  const before = was.verdict === "fail" ? `was ${was.severity}` : "was unknown";
  return paint("dim", `  (${changeWords[change]}, ${before})`);
}

/** One cause often leaves many policies undecided: they are named together. */
function undecidedLines(same: readonly Finding[], { paint, columns }: Layout): string {
  const [first] = same;
  if (first === undefined) return "";
  const ids = [...new Set(same.map(({ policy }) => policy))].sort().join(", ");
  // The row that stands for a whole attribute bears its name.
  const name =
    first.subject.name === null || first.message.startsWith(first.subject.name) ? "" : `${plain(first.subject.name)}: `;
  const blocks = same.some(({ blocking }) => blocking) ? "  (blocks)" : "";
  return [
    `  ${paint("magenta", "UNKNOWN ")}  ${ids}${blocks}`,
    wrap(`${placeText(first.location)}${name}${plain(first.message)}`, columns, indent, indent),
  ].join("\n");
}

/** What it is stays in sight, with who decided to live with it. */
function waivedLines(finding: Finding, { paint, columns }: Layout): string {
  const { policy, title, subject, location, message, verdict } = finding;
  const name = subject.name === null ? "" : `${plain(subject.name)}: `;
  const open = verdict === "unknown" ? "unknown: " : "";
  return [
    `  ${paint("dim", "waived  ")}  ${policy}  ${plain(title)}`,
    wrap(`${placeText(location)}${name}${open}${plain(message)}`, columns, indent, indent),
    wrap(plain(waiverText(finding)), columns, `${indent}waiver  `, hanging),
  ].join("\n");
}

function restLine({ verdict, policy, title, subject, message, notes }: Finding, { paint, columns }: Layout): string {
  const label = verdict === "pass" ? paint("green", "pass    ") : paint("dim", "n/a     ");
  const name = subject.name === null ? "" : `  ${plain(subject.name)}`;
  const remarks = [...(verdict === "pass" ? [] : [message]), ...notes.map((note) => `note: ${note}`)].filter(
    (remark) => remark !== "",
  );
  return [
    `  ${label}  ${policy}  ${plain(title)}${name}`,
    ...remarks.map((remark) => wrap(plain(remark), columns, indent, indent)),
  ].join("\n");
}

const mostTypes = 6;

function summary(report: Report, remarks: Remarks, { paint, columns }: Layout): string {
  const { resources, summary: counts, plan } = report;
  const types = [...resources.notEvaluated].sort((one, other) => other.count - one.count);
  const named = types.slice(0, mostTypes).map(({ type, count }) => `${plain(type)} ${count}`);
  const more = types.length > mostTypes ? [`${types.length - mostTypes} more types`] : [];
  const notEvaluated = types.reduce((sum, { count }) => sum + count, 0);
  const fails = Object.values(counts.fail).reduce((sum, count) => sum + count, 0);
  const bySeverity = Object.entries(counts.fail).map(([severity, count]) => `${count} ${severity}`);
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
      `${fails} fail (${bySeverity.join(", ")}), ${counts.unknown} unknown, ${counts.waived === 0 ? "" : `${counts.waived} waived${hiddenWaived(report) === 0 ? "" : " and not listed"}, `}${counts.pass} pass, ${counts.notApplicable} not applicable`,
    ],
  ];
  return [
    ...lines.map(([label, line]) => wrap(line, columns, label.padEnd(12), " ".repeat(12))),
    wrap(plain(runLine(report)), columns, "Run".padEnd(12), " ".repeat(12)),
    ...remarkLines(remarks, columns, 12),
    ...(plan.changes === undefined ? [] : [quietText(plan.changes)]),
    ...changeLine(report, columns),
    verdictLine(report, paint),
  ].join("\n");
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
      return `${name} ended with ${expires ?? ""} and no longer applies; mend what it waived, or decide anew`;
    case "unused":
      return `${name} matches no finding; take it out`;
    default:
      return `${name} matches ${matches} findings, which is too broad, so that it does not apply; narrow it or raise its maxMatches`;
  }
}

function verdictLine({ summary: { blocking }, plan }: Report, paint: Paint): string {
  if (plan.incomplete !== null) return paint(["red", "bold"], "Not judged as a whole: the plan is not complete.");
  if (blocking === 0) return paint(["green", "bold"], "Nothing blocks.");
  return paint(["red", "bold"], `Blocked by ${counted(blocking, "finding")}.`);
}
