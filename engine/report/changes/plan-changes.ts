import type { Verdict } from "../../evaluate/evaluate.ts";
import type { Plan, PlanResource } from "../../plan/read.ts";
import { type AttributeValues, attributeValues } from "../attribute-values.ts";
import { type Block, findingMaker, type Judged } from "../finding.ts";
import type { Redactor } from "../redact.ts";
import type { Finding, Report } from "../report.ts";
import { type Changes, compareFindings, isOpen } from "./changes.ts";

/**
 * What stood before the plan: nothing that Terraform manages, all that stands after it, or something else, with the verdicts
 * of the same policies.
 */
export type Before = "nothing" | "the same" | { readonly plan: Plan; readonly verdicts: readonly Verdict[] };

/** What a plan does to findings. */
export interface PlanChanges extends Changes {
  /** What was found at objects that the plan takes out of the state and leaves in AWS: it is not fixed. */
  readonly forgotten: readonly Finding[];
}

/**
 * Compares the findings of a plan with what stood before it.
 * @param judge says what of the verdicts before counts, and how severe it is
 */
export function changesByPlan(
  plan: Plan,
  values: AttributeValues,
  findings: readonly Finding[],
  before: Before,
  redactor: Redactor,
  judge: (verdicts: readonly Verdict[]) => readonly Judged[],
): PlanChanges {
  if (before === "nothing") return { findings: findings.map(as(() => "introduced")), fixed: [], forgotten: [] };
  const resources = new Map(plan.resources.map((resource) => [resource.address, resource]));
  // What variables and providers were, no plan tells.
  const wasJudged = ({ subject: { address } }: Finding) =>
    address === null || resources.has(address) || isSettledOutput(plan, address);
  if (before === "the same") {
    const left = findings.map(as((finding) => (wasJudged(finding) ? "existing" : "undetermined")));
    return { findings: left, fixed: [], forgotten: [] };
  }
  const was = attributeValues(before.plan);
  const found = judge(before.verdicts).map(findingMaker(before.plan, was, null, redactor));
  const compared = { wasJudged, values: { before: was, after: values } };
  const { fixed, ...changes } = compareFindings(found, findings, compared);
  const isForgotten = ({ subject }: Finding) => isLeft(resources.get(subject.address ?? ""));
  return {
    ...changes,
    fixed: fixed.filter((finding) => !isForgotten(finding)).map(withoutGate),
    forgotten: fixed.filter(isForgotten),
  };
}

/** An output that the plan leaves as it is was judged by what it still is. */
function isSettledOutput({ changedOutputs }: Plan, address: string): boolean {
  const name = /^output\.(.*)$/s.exec(address)?.[1];
  return name !== undefined && !changedOutputs.has(name);
}

function as(changeOf: (finding: Finding) => NonNullable<Finding["change"]>): (finding: Finding) => Finding {
  return (finding) => (isOpen(finding) ? { ...finding, change: changeOf(finding) } : finding);
}

/** All that is sensitive in a plan, or was in what stood before it. */
export function sensitiveIn(plan: Plan, before: Before): ReadonlySet<string> {
  return typeof before === "string" ? plan.sensitive : new Set([...plan.sensitive, ...before.plan.sensitive]);
}

function isLeft(resource: PlanResource | undefined): boolean {
  return resource?.removal?.how === "forget";
}

function withoutGate(finding: Finding): Finding {
  return { ...finding, blocking: false };
}

/** How many findings a change introduces, makes worse, leaves and fixes, without those that are waived. */
export function countChanges(
  findings: readonly Finding[],
  fixed: readonly Finding[],
  block: Block,
): NonNullable<Report["changes"]> {
  const count = (list: readonly Finding[], change: Finding["change"]) => {
    const own = list.filter((finding) => finding.change === change && finding.waiver === null);
    const of = (verdict: Finding["verdict"]) => own.filter((finding) => finding.verdict === verdict).length;
    return { fail: of("fail"), unknown: of("unknown") };
  };
  return {
    block,
    introduced: count(findings, "introduced"),
    worse: count(findings, "worse"),
    existing: count(findings, "existing"),
    undetermined: count(findings, "undetermined"),
    fixed: count(fixed, "fixed"),
  };
}

/** What to tell of findings that nobody watches any more. */
export function forgottenWarnings(forgotten: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { subject } of forgotten) counts.set(subject.address ?? "", (counts.get(subject.address ?? "") ?? 0) + 1);
  return [...counts].map(
    ([address, count]) =>
      `${address}: the plan takes it out of the state and leaves it in AWS, with ${count === 1 ? "1 finding that is" : `${count} findings that are`} not fixed and that no later plan shows; destroy it, or watch it elsewhere`,
  );
}
