import { compareText } from "../compare-text.ts";
import type { Verdict } from "../evaluate/evaluate.ts";
import { isListed, type Outcome } from "../evaluate/outcome.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import type { Control, Countermeasure } from "../policy/countermeasure.ts";
import type { Override } from "../policy/override.ts";
import { type Policy, type Severity, severities } from "../policy/policy.ts";
import type { Waiver } from "../policy/waiver.ts";
import { attributeValues } from "./attribute-values.ts";
import { type Before, changesByPlan, countChanges, forgottenWarnings, sensitiveIn } from "./changes/plan-changes.ts";
import { controlsView } from "./controls.ts";
import { type Block, findingMaker, type Judged } from "./finding.ts";
import { withGate } from "./gate.ts";
import { movesOf } from "./moves.ts";
import { nistView } from "./nist.ts";
import { type Exceptions, exceptions } from "./overrides.ts";
import { createRedactor } from "./redact.ts";
import type { Finding, Report, ReportIgnored, ReportPolicy, ReportRun, ReportSystem } from "./report.ts";
import type { Source } from "./source.ts";
import { type AppliedWaivers, applyWaivers, matchesOf } from "./waivers.ts";

/** What of the verdicts blocks, and what of them is reported. */
export interface JudgeOptions {
  /** The mildest severity that blocks. */
  readonly failOn: Severity | "never";
  /** Whether an unknown verdict of a blocking severity blocks too. */
  readonly onUnknown: "report" | "fail";
  /** Whether what stood before the plan blocks too, and the mildest severity that does anyway. */
  readonly block: Block;
  readonly blockAlways: Severity | null;
  readonly before: Before;
  /** Whether passes and policies that do not apply are listed. */
  readonly all: boolean;
  readonly file: string | null;
  readonly sha256: string | null;
  readonly run: ReportRun;
  readonly warnings: readonly string[];
  /** The policies that were selected. */
  readonly policies: readonly Policy[];
  /** All policies, selected or not. */
  readonly atHand: readonly Policy[];
  /** The countermeasures of NIST SP 800-190 to report on. */
  readonly countermeasures: readonly Countermeasure[];
  /** The controls of Security Hub to report on, where it is asked for them. */
  readonly controls: readonly Control[] | undefined;
  /** Null where the Terraform source is not at hand. */
  readonly source: Source | null;
  readonly overrides: readonly Override[];
  readonly waivers: readonly Waiver[];
  /** Waivers that do not count, and what else does not. */
  readonly ignoredWaivers: readonly Waiver[];
  readonly ignored: readonly ReportIgnored[];
  /** The day of the run; null where it is not told. */
  readonly today: string | null;
  /** Null where nobody asked for it. */
  readonly system: ReportSystem | null;
}

/** Makes the report: what blocks, in a stable order, with evidence that holds no secret. */
export function judge(plan: Plan, all: readonly Verdict[], options: JudgeOptions): Report {
  const redactor = createRedactor(sensitiveIn(plan, options.before));
  const values = attributeValues(plan);
  const overridden = exceptions(options.overrides, movesOf(plan.resources));
  const judged = withExceptions(all, options, overridden);
  const verdicts = judged.map(({ verdict }) => verdict);
  const reported = judged.filter(({ verdict: { outcome } }) => isListed(outcome, options.all));
  const found = reported.map(findingMaker(plan, values, options.source, redactor));
  const changes = changesByPlan(plan, values, found, options.before, redactor, (before) =>
    withExceptions(before, options, overridden),
  );
  const gated = changes.findings.map((finding, at) =>
    withGate(finding, reported[at]?.block ?? "all", options.blockAlways),
  );
  const { waivers, findings, moved } = waive(gated, options);
  const ignored = [...options.ignored, ...ignoredWaivers(options.ignoredWaivers, findings)];
  const count = (outcome: Outcome, severity?: Severity) =>
    verdicts.filter(
      (verdict) => verdict.outcome === outcome && (severity === undefined || verdict.severity === severity),
    ).length;
  const open = (outcome: Outcome, severity?: Severity) =>
    findings.filter(
      (finding) =>
        finding.waiver === null &&
        finding.verdict === outcome &&
        (severity === undefined || finding.severity === severity),
    ).length;
  return {
    version: 1,
    run: ignored.length === 0 ? options.run : { ...options.run, ignored },
    plan: {
      file: options.file,
      terraform: plan.terraformVersion,
      formatVersion: plan.formatVersion,
      sha256: options.sha256,
      incomplete: incompleteness(plan, verdicts),
      ...changesOf(plan),
    },
    resources: countResources(plan.resources, verdicts),
    summary: {
      blocking: findings.filter(({ blocking }) => blocking).length,
      fail: {
        critical: open("fail", "critical"),
        high: open("fail", "high"),
        medium: open("fail", "medium"),
        low: open("fail", "low"),
      },
      unknown: open("unknown"),
      waived: findings.filter(({ waiver }) => waiver !== null).length,
      pass: count("pass"),
      notApplicable: count("not-applicable"),
    },
    policies: reportPolicies([...findings, ...changes.fixed], options.policies),
    findings: findings.toSorted(compareFindings),
    ...(options.before === "nothing"
      ? {}
      : {
          changes: countChanges(findings, changes.fixed, options.block),
          fixed: changes.fixed.toSorted(compareFindings),
        }),
    waivers,
    nist: nistView({ ...options, policies: options.atHand, run: options.run.policies.run }, verdicts),
    ...(options.controls === undefined
      ? {}
      : {
          controls: controlsView(
            { controls: options.controls, policies: options.atHand, run: options.run.policies.run },
            "aws-security-hub",
            verdicts,
          ),
        }),
    system: options.system,
    warnings: [...options.warnings, ...overridden.moved(), ...moved, ...forgottenWarnings(changes.forgotten)],
  };
}

/** Verdicts as the overrides have them; those that are off are left out. */
function withExceptions(verdicts: readonly Verdict[], options: JudgeOptions, overridden: Exceptions): Judged[] {
  const { overrides, failOn, onUnknown } = options;
  return verdicts.flatMap((verdict) => {
    const exception = overrides.length === 0 ? {} : overridden.of(verdict);
    if (exception.severity === "off") return [];
    const changed = exception.severity === undefined ? verdict : { ...verdict, severity: exception.severity };
    const blocking = isBlocking(changed, exception.failOn ?? failOn, exception.onUnknown ?? onUnknown);
    return [{ verdict: changed, blocking, block: exception.block ?? options.block }];
  });
}

/** What is waived stays, and does not block. */
function waive(
  findings: readonly Finding[],
  options: JudgeOptions,
): Pick<Report, "findings" | "waivers"> & Pick<AppliedWaivers, "moved"> {
  const { waivers, of, moved } = applyWaivers(options.waivers, findings, options.today);
  return {
    waivers,
    moved,
    findings: findings.map((finding) => {
      const waiver = of.get(finding);
      return waiver === undefined ? finding : { ...finding, waiver, blocking: false };
    }),
  };
}

function ignoredWaivers(waivers: readonly Waiver[], findings: readonly Finding[]): ReportIgnored[] {
  const matches = matchesOf(waivers, findings);
  return waivers.map(({ from, policy, reason }, at) => ({
    kind: "waiver",
    from,
    waives: { policy, reason, matches: matches[at]?.length ?? 0 },
  }));
}

/** An errored or partial plan can be read but proves nothing for what it leaves out; PLN-001 may allow targeted plans. */
function incompleteness(plan: Plan, verdicts: readonly Verdict[]): string | null {
  if (plan.errored === true) {
    return "the plan is errored: Terraform left out the resources that failed and all that depend on them; fix the errors of `terraform plan` and plan again";
  }
  const isAllowed = verdicts.some(({ policy, outcome }) => policy.id === "PLN-001" && outcome === "pass");
  if (plan.complete !== false || isAllowed) return null;
  return "the plan is incomplete: with -target or deferred changes it leaves out a part of the configuration; run `terraform plan -out=tfplan` without -target";
}

/** Whether the plan changes outputs only, or nothing. */
function changesOf({ resources, changedOutputs }: Plan): Pick<Report["plan"], "changes"> {
  const isQuiet = resources.every(
    ({ action, deposed }) => deposed === null && (action === "no-op" || action === "read"),
  );
  return isQuiet ? { changes: changedOutputs.size > 0 ? "outputs" : "none" } : {};
}

function isBlocking(
  { outcome, severity }: Verdict,
  failOn: JudgeOptions["failOn"],
  onUnknown: JudgeOptions["onUnknown"],
): boolean {
  if (failOn === "never" || severities.indexOf(severity) > severities.indexOf(failOn)) return false;
  return outcome === "fail" || (outcome === "unknown" && onUnknown === "fail");
}

function countResources(resources: readonly PlanResource[], verdicts: readonly Verdict[]): Report["resources"] {
  const judgedAddresses = new Set(verdicts.map(({ subject }) => subject.address));
  const notEvaluated = new Map<string, number>();
  let judged = 0;
  let destroyed = 0;
  for (const { address, mode, type, action, deposed, willExist } of resources) {
    if (action === "delete" || action === "forget" || deposed !== null) destroyed += 1;
    else if (willExist && mode === "managed" && judgedAddresses.has(address)) judged += 1;
    else {
      const name = mode === "data" ? `data.${type}` : type;
      notEvaluated.set(name, (notEvaluated.get(name) ?? 0) + 1);
    }
  }
  return {
    total: resources.length,
    judged,
    destroyed,
    notEvaluated: [...notEvaluated]
      .map(([type, count]) => ({ type, count }))
      .sort((one, other) => compareText(one.type, other.type)),
  };
}

function reportPolicies(findings: readonly Finding[], policies: readonly Policy[]): Record<string, ReportPolicy> {
  const ids = new Set(findings.map(({ policy }) => policy));
  const named = policies
    .filter(({ id }) => ids.has(id))
    .map(
      ({ id, title, severity, why, fix, page, controls }) =>
        [id, { title, severity, why: why.trim(), fix: fix.trim(), page, controls }] as const,
    );
  return Object.fromEntries(named.toSorted(([one], [other]) => compareText(one, other)));
}

const outcomeOrder: readonly Outcome[] = ["fail", "unknown", "pass", "not-applicable"];

function compareFindings(one: Finding, other: Finding): number {
  return (
    outcomeOrder.indexOf(one.verdict) - outcomeOrder.indexOf(other.verdict) ||
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    compareText(one.policy, other.policy) ||
    compareText(one.subject.address ?? "", other.subject.address ?? "") ||
    compareText(one.subject.name ?? "", other.subject.name ?? "") ||
    compareText(one.fingerprint, other.fingerprint)
  );
}
