import { compareText } from "../compare-text.ts";
import type { Evidence, Verdict } from "../evaluate/evaluate.ts";
import { isListed, type Outcome } from "../evaluate/outcome.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import { waitsOn } from "../plan/references.ts";
import type { Countermeasure } from "../policy/countermeasure.ts";
import type { Override } from "../policy/override.ts";
import { type Policy, type Severity, severities } from "../policy/policy.ts";
import type { Waiver } from "../policy/waiver.ts";
import { causeOf } from "./cause.ts";
import { firstUnknown, message, unknownReason } from "./messages.ts";
import { type Moves, movesOf } from "./moves.ts";
import { pathNamer } from "./named-path.ts";
import { nistView } from "./nist.ts";
import { exceptions } from "./overrides.ts";
import { createRedactor, type Redactor } from "./redact.ts";
import type { Finding, Location, Report, ReportEvidence, ReportIgnored, ReportPolicy, ReportSystem } from "./report.ts";
import type { Source } from "./source.ts";
import { type AppliedWaivers, applyWaivers, matchesOf } from "./waivers.ts";

/** What of the verdicts blocks, and what of them is reported. */
export interface JudgeOptions {
  /** The mildest severity that blocks. */
  readonly failOn: Severity | "never";
  /** Whether an unknown verdict of a blocking severity blocks too. */
  readonly onUnknown: "report" | "fail";
  /** Whether passes and policies that do not apply are listed. */
  readonly all: boolean;
  readonly file: string | null;
  readonly sha256: string | null;
  readonly warnings: readonly string[];
  /** The policies that were run, and the countermeasures of NIST SP 800-190 to report on. */
  readonly policies: readonly Policy[];
  readonly countermeasures: readonly Countermeasure[];
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
  const redactor = createRedactor(plan.sensitive);
  const judged = withExceptions(all, options);
  const verdicts = judged.map(({ verdict }) => verdict);
  const reported = judged.filter(({ verdict: { outcome } }) => isListed(outcome, options.all));
  const { source } = options;
  const locator =
    source === null ? null : { source, nameElements: pathNamer(plan), isWorkedOut: workedOutPaths(plan.resources) };
  const moves = movesOf(plan.resources);
  const { waivers, findings, moved } = waive(
    reported.map((each) => toFinding(each, redactor, locator, moves)),
    options,
  );
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
    policies: reportPolicies(reported.map(({ verdict }) => verdict)),
    findings: findings.toSorted(compareFindings),
    waivers,
    ...(ignored.length === 0 ? {} : { ignored }),
    nist: nistView(options.countermeasures, options.policies, verdicts),
    system: options.system,
    warnings: [...options.warnings, ...moved],
  };
}

/** A verdict with what blocks for it. */
interface Judged {
  readonly verdict: Verdict;
  readonly blocking: boolean;
}

/** Verdicts as the overrides have them; those that are off are left out. */
function withExceptions(verdicts: readonly Verdict[], { overrides, failOn, onUnknown }: JudgeOptions): Judged[] {
  const exceptionOf = exceptions(overrides);
  return verdicts.flatMap((verdict) => {
    const exception = overrides.length === 0 ? {} : exceptionOf(verdict);
    if (exception.severity === "off") return [];
    const changed = exception.severity === undefined ? verdict : { ...verdict, severity: exception.severity };
    const blocking = isBlocking(changed, exception.failOn ?? failOn, exception.onUnknown ?? onUnknown);
    return [{ verdict: changed, blocking }];
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
function changesOf({ resources, hasOutputChanges }: Plan): Pick<Report["plan"], "changes"> {
  const isQuiet = resources.every(
    ({ action, deposed }) => deposed === null && (action === "no-op" || action === "read"),
  );
  return isQuiet ? { changes: hasOutputChanges ? "outputs" : "none" } : {};
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

function reportPolicies(verdicts: readonly Verdict[]): Record<string, ReportPolicy> {
  const byId = new Map(
    verdicts.map(({ policy: { id, title, severity, why, fix, controls } }) => [
      id,
      { title, severity, why: why.trim(), fix: fix.trim(), controls },
    ]),
  );
  return Object.fromEntries([...byId].sort(([one], [other]) => compareText(one, other)));
}

/** The source, and how its paths are made of those of the plan. */
interface Locator {
  readonly source: Source;
  readonly nameElements: (address: string, path: string) => string;
  readonly isWorkedOut: (address: string, path: string) => boolean;
}

/** Whether an attribute is a part of what the source told of a resource. */
function workedOutPaths(resources: readonly PlanResource[]): Locator["isWorkedOut"] {
  const byAddress = new Map(
    resources.filter(({ workedOut }) => workedOut.length > 0).map(({ address, workedOut }) => [address, workedOut]),
  );
  return (address, path) =>
    byAddress.get(address)?.some((own) => path.startsWith(own) && /^(?:$|[.[])/.test(path.slice(own.length))) ?? false;
}

function toFinding({ verdict, blocking }: Judged, redactor: Redactor, locator: Locator | null, moves: Moves): Finding {
  const { policy, subject, outcome, severity, because, notes } = verdict;
  const evidence = verdict.evidence
    .filter(({ source }) => source !== null || verdict.evidence.length === 1)
    .map((each) => withPlace(toEvidence(each, redactor), subject.address, locator));
  const name = subject.name === null ? null : redactor.text(subject.name);
  const place = verdict.evidence.find(
    ({ source }) => source !== null && source.path !== null && (source.address ?? null) === null,
  );
  const reported = {
    kind: subject.kind,
    address: subject.address,
    ...moves.of(subject.address),
    name,
    action: subject.action,
  };
  const location = locationOf(subject.address, place?.source?.path ?? null, locator, redactor);
  return {
    policy: policy.id,
    title: policy.title,
    severity,
    verdict: outcome,
    blocking,
    subject: reported,
    message: message(evidence, outcome, because),
    notes,
    evidence,
    waiver: null,
    location,
    cause: causeOf({ policy: policy.id, subject: reported, location }).id,
    ...moves.fingerprints([policy.id, subject.address, name, evidence.map(({ fact, actual }) => [fact, actual])]),
  };
}

/** Of the first attribute that decided, where it is one of the subject's own resource. */
function locationOf(
  address: string | null,
  own: string | null,
  locator: Locator | null,
  redactor: Redactor,
): Location | null {
  if (address === null || locator === null) return null;
  const location = locator.source.locate(address, own === null ? null : locator.nameElements(address, own));
  return location?.construct === undefined ? location : { ...location, construct: redactor.text(location.construct) };
}

function toEvidence(
  { fact, operator, negated, factResult, valueResult, source, parameter }: Evidence,
  redactor: Redactor,
): ReportEvidence {
  const unknown = firstUnknown(factResult) ?? firstUnknown(valueResult);
  return {
    fact: source === null ? (parameter ?? fact) : fact,
    operator,
    negated,
    expected: redactor.value(valueResult, false),
    parameter,
    actual: redactor.value(factResult, source?.sensitive ?? false),
    state: source?.state ?? "known",
    path: source?.path == null ? null : redactor.text(source.path),
    address: source?.address ?? null,
    unknown:
      unknown === null
        ? null
        : {
            reason: redactor.text(unknownReason(unknown)),
            waitsOn: waitsOn(unknown.references).map((text) => redactor.text(text)),
          },
    note: source?.note == null ? null : redactor.text(source.note),
  };
}

/** Of a value that the source told the place there. */
function withPlace(evidence: ReportEvidence, subject: string | null, locator: Locator | null): ReportEvidence {
  const { path, unknown } = evidence;
  const address = evidence.address ?? subject;
  if (locator === null || path === null || address === null || unknown !== null) return evidence;
  if (!locator.isWorkedOut(address, path)) return evidence;
  const place = locator.source.locate(address, locator.nameElements(address, path));
  return place === null ? evidence : { ...evidence, workedOut: { file: place.file, line: place.line } };
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
