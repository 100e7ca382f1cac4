import { groupBy } from "../../engine/group-by.ts";
import { type Finding, type Report, type ReportIgnored, type ReportWaiver, severities } from "../../engine/index.ts";
import { hiddenOpen, hiddenWaived } from "./hidden.ts";
import { type PlanResult, verdictOf } from "./plan-result.ts";
import { plain } from "./terminal-text.ts";

/** A finding with the plan that it is of. */
export interface PlanFinding {
  readonly file: string;
  readonly finding: Finding;
}

/** `waived` where somebody decided to live with it, whatever the verdict. */
export type FindingState = "fail" | "unknown" | "waived" | "pass" | "not-applicable";

export function stateOf({ verdict, waiver }: Finding): FindingState {
  return waiver === null ? verdict : "waived";
}

const stateOrder: readonly FindingState[] = ["fail", "unknown", "waived", "pass", "not-applicable"];

/** The findings of all plans: what blocks before what does not, failures before the unknown, the severe before the mild. */
export function worstFirst(results: readonly PlanResult[]): PlanFinding[] {
  const rank = ({ finding }: PlanFinding) =>
    (finding.blocking ? 0 : 100) + 10 * stateOrder.indexOf(stateOf(finding)) + severities.indexOf(finding.severity);
  return results
    .flatMap((result) =>
      "failure" in result ? [] : result.report.findings.map((finding) => ({ file: result.file, finding })),
    )
    .sort((one, other) => rank(one) - rank(other));
}

/** Whether a finding stood before the change, and nobody is asked to answer for it. */
export function isFolded({ change, blocking }: Finding, { changes }: Report): boolean {
  return changes?.block === "introduced" && change === "existing" && !blocking;
}

/** The findings that people are asked to look at, worst first. */
export function listedFindings(results: readonly PlanResult[]): PlanFinding[] {
  const folded = new Set(foldedFindings(results));
  return worstFirst(results).filter(({ finding }) => !folded.has(finding));
}

function foldedFindings(results: readonly PlanResult[]): Finding[] {
  return results.flatMap((result) =>
    "failure" in result ? [] : result.report.findings.filter((finding) => isFolded(finding, result.report)),
  );
}

/** What the plans fix. */
export function fixedFindings(results: readonly PlanResult[]): PlanFinding[] {
  return results.flatMap((result) =>
    "failure" in result ? [] : (result.report.fixed ?? []).map((finding) => ({ file: result.file, finding })),
  );
}

/** The plans that could not be judged, with the reason. */
export function notJudged(results: readonly PlanResult[]): { readonly file: string; readonly reason: string }[] {
  return results.flatMap((result) => {
    if ("failure" in result) return [{ file: result.file, reason: result.failure }];
    const { incomplete } = result.report.plan;
    return incomplete === null ? [] : [{ file: result.file, reason: incomplete }];
  });
}

/** What is found in how many places, in one line: `blocked by 3 findings; 2 unknown, 1 waived`. */
export function headline(results: readonly PlanResult[]): string {
  const findings = listedFindings(results).map(({ finding }) => finding);
  const reports = results.flatMap((result) => ("failure" in result ? [] : [result.report]));
  const total = (of: (report: Report) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  const count = (state: FindingState) => findings.filter((finding) => stateOf(finding) === state).length;
  const blocking = total(({ summary }) => summary.blocking);
  const verdicts = results.map(verdictOf);
  const broken = verdicts.filter((verdict) => verdict === "not judged").length;
  const parts = [
    ...(broken === 0 ? [] : [results.length === 1 ? "not judged" : `${broken} of ${results.length} plans not judged`]),
    ...(blocking === 0 ? [] : [`blocked by ${blockingText(blocking, findings)}`]),
    ...(broken === 0 && blocking === 0 ? ["nothing blocks"] : []),
  ];
  const hidden = total(hiddenWaived);
  const rest = [
    [
      count("fail") - findings.filter((finding) => finding.blocking && stateOf(finding) === "fail").length,
      "not blocking",
    ],
    [count("unknown"), "unknown"],
    [count("waived") + hidden, hidden === 0 ? "waived" : "waived and not listed"],
    [foldedFindings(results).length, "existing"],
    [total(hiddenOpen), "not listed"],
  ] as const;
  const others = rest.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return [parts.join(", "), ...(others.length === 0 ? [] : [others.join(", ")])].join("; ");
}

/**
 * `3 findings`; `200 findings of 10 causes` where a change puts an end to several.
 * @param count of all that block; of causes nothing is said where not all of them are listed
 */
export function blockingText(count: number, listed: readonly Finding[]): string {
  const blocking = listed.filter((finding) => finding.blocking);
  const causes = new Set(blocking.map(({ cause }) => cause)).size;
  const isTold = blocking.length === count && causes < count;
  return `${counted(count, "finding")}${isTold ? ` of ${counted(causes, "cause")}` : ""}`;
}

/** Of a plan that changes no resource. */
export function quietText(changes: "none" | "outputs"): string {
  return changes === "none"
    ? "The plan changes nothing: what is found stands already."
    : "The plan changes outputs only: what is found of resources stands already.";
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** `address#name`, as waivers name it. */
export function subjectOf({ subject: { address, name } }: Finding): string {
  return `${address ?? "the plan"}${name === null ? "" : `#${name}`}`;
}

/** The subject in a line of text, with its plan where there are several. */
export function subjectText({ file, finding }: PlanFinding, results: readonly PlanResult[]): string {
  return `${results.length > 1 ? `${plain(file)}: ` : ""}${plain(shorten(subjectOf(finding), 400))}`;
}

/** What is wrong, in a sentence; the rule where the policy has no words for it. */
export function problemOf({ problem, title }: Finding): string {
  return problem ?? title;
}

/** What was found, in a line of text. */
export function messageText({ message }: Finding): string {
  return plain(shorten(message, 2000));
}

/** A text that says how much of it is left out where it is too long, by more than saying so takes. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most + 30) return text;
  return `${characters.slice(0, most).join("")}… (${characters.length - most} more characters)`;
}

/** Reason, owner and end of a waiver in a sentence. */
export function waiverText({ waiver }: Finding): string {
  if (waiver === null) return "";
  const { reason, owner, expires, from } = waiver;
  const parts = [
    ...(owner === null ? [] : [`owner ${owner}`]),
    ...(expires === null ? [] : [`until ${expires}`]),
    from,
  ];
  return `${reason} (${parts.join(", ")})`;
}

/**
 * The waivers that let nothing through: somebody has to look at them. Each once; what one plan has no use for another may
 * have.
 */
export function idleWaivers(results: readonly PlanResult[]): ReportWaiver[] {
  const waivers = results.flatMap((result) => ("failure" in result ? [] : result.report.waivers));
  const keyOf = ({ from, policy }: ReportWaiver) => `${from} ${policy}`;
  const useful = new Set(waivers.filter(({ state }) => state !== "unused").map(keyOf));
  const idle = waivers.filter(
    (waiver) => waiver.state !== "applied" && !(waiver.state === "unused" && useful.has(keyOf(waiver))),
  );
  return [...new Map(idle.map((waiver) => [`${keyOf(waiver)} ${waiver.state}`, waiver])).values()];
}

/** What does not count of what the change brought along, each once; of a waiver the findings of all plans are counted. */
export function ignoredItems(results: readonly PlanResult[]): ReportIgnored[] {
  const items = results.flatMap((result) => ("failure" in result ? [] : (result.report.run.ignored ?? [])));
  return [...groupBy(items, ({ kind, from, waives }) => JSON.stringify([kind, from, waives?.policy])).values()].flatMap(
    (same) => {
      const [first] = same;
      if (first === undefined) return [];
      const matches = same.reduce((sum, { waives }) => sum + (waives?.matches ?? 0), 0);
      return [{ ...first, waives: first.waives === null ? null : { ...first.waives, matches } }];
    },
  );
}

/** Where it stands, and what it would have done: `ecs.tf:12: waives ECS-005, 2 findings; it does not count here (reason: ..)`. */
export function ignoredText({ kind, from, waives }: ReportIgnored): string {
  const what = {
    waiver:
      waives === null
        ? "a comment that is no waiver"
        : `waives ${waives.policy}, ${counted(waives.matches, "finding")} (${waives.reason})`,
    configuration: "a configuration",
    policies: "policies",
  }[kind];
  return `${from}: ${what}; it does not count, as it is part of the change under review`;
}
