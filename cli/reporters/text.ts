import { styleText } from "node:util";
import { groupBy } from "../../engine/group-by.ts";
import type { Finding, Report } from "../../engine/index.ts";
import { counted, idleWaivers, ignoredItems, listedFindings, type PlanFinding } from "./findings.ts";
import { type JudgedPlan, type PlanResult, type PlanVerdict, verdictOf } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { fitted, plain, wrap } from "./terminal-text.ts";
import { causeBlocks } from "./text-causes.ts";
import type { Layout, Paint } from "./text-layout.ts";
import { firstSteps, noRemarks, type Remarks, remarkLines, summary } from "./text-summary.ts";

/** The report for people: by cause, worst first, then what to do first and the counts; for several plans a section each, then the total. */
export function* text(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  let before = "";
  for (const block of blocks(results, options)) {
    yield `${before}${options.breaksLines === true ? fitted(block, options.columns) : block}`;
    before = "\n\n";
  }
  yield "\n";
}

function* blocks(
  results: readonly PlanResult[],
  { colours, columns, listing = "causes" }: ReporterOptions,
): Generator<string> {
  const paint: Paint = colours
    ? (style, part) => styleText(style, part, { validateStream: false })
    : (_style, part) => part;
  const layout = { paint, columns, listing };
  const explained = new Set<string>();
  // Of several plans one may have use for what another has none for.
  const waivers = idleWaivers(results);
  const remarks = { waivers, ignored: ignoredItems(results) };
  for (const result of results) {
    if (results.length > 1) yield paint("bold", `== ${plain(result.file)}`);
    if ("failure" in result) yield notJudged(result.failure, layout);
    else yield* section(result, results.length === 1 ? remarks : noRemarks, explained, layout);
  }
  if (results.length !== 1) yield total(results, remarks, layout);
}

function* section(result: JudgedPlan, remarks: Remarks, explained: Set<string>, layout: Layout): Generator<string> {
  const { report } = result;
  const findings = listedFindings([result]);
  if (report.changes === undefined) yield* causeBlocks(findings, report, explained, layout);
  else yield* byTurn(findings, report, explained, layout);
  yield* firstSteps(findings, layout);
  yield summary(report, findings, remarks, layout);
}

/** Where something stood before the plan: what comes with it, what it fixes, and what stays, as far as it asks for an answer. */
function* byTurn(
  findings: readonly PlanFinding[],
  report: Report,
  explained: Set<string>,
  layout: Layout,
): Generator<string> {
  const { fixed = [] } = report;
  const turns = groupBy(findings, ({ finding: { change } }) =>
    change === undefined ? "rest" : change === "worse" ? "introduced" : change,
  );
  const turn = function* (words: string, own: readonly PlanFinding[] = []) {
    if (own.length === 0) return;
    yield layout.paint("underline", words);
    yield* causeBlocks(own, report, explained, layout);
  };
  yield* turn("What this plan introduces, or makes worse", turns.get("introduced"));
  yield* turn("What may have stood before this plan", turns.get("undetermined"));
  if (fixed.length > 0) yield fixedBlock(fixed, layout);
  yield* turn("What stood before this plan", turns.get("existing"));
  yield* turn("What holds, or does not apply", turns.get("rest"));
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
