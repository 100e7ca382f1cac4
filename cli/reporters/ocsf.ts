import { type Finding, placeOf, type Report, type ReportPolicy, type Severity } from "../../engine/index.ts";
import { fixedFindings, type PlanFinding, problemOf, stateOf, subjectOf, waiverText, worstFirst } from "./findings.ts";
import { jsonPieces } from "./json.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { flowing, plain } from "./terminal-text.ts";

const classUid = 2003;

const severityIds: Readonly<Record<Severity, number>> = { critical: 5, high: 4, medium: 3, low: 2 };
const severityNames: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};

const standards: Readonly<Record<string, string>> = {
  "nist-800-190": "NIST SP 800-190",
  "aws-security-hub": "AWS Foundational Security Best Practices",
};

/** What becomes of a finding, in OCSF's words for an event. */
const activities = { create: [1, "Create"], update: [2, "Update"], close: [3, "Close"] } as const;

const complianceStates = {
  pass: [1, "Pass"],
  fail: [3, "Fail"],
  // In OCSF's words: the check "did not yield a result due to missing information".
  unknown: [2, "Warning"],
  "not-applicable": [99, "Not applicable"],
} as const satisfies Record<Finding["verdict"], readonly [number, string]>;

/**
 * Compliance findings of the Open Cybersecurity Schema Framework (class 2003), as AWS Security Hub and Security Lake read them:
 * an event for each finding, waived ones as suppressed, and for each plan that was not judged. Their time is that of the plan.
 */
export function* ocsf(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  yield* jsonPieces(events(results, options), 1);
}

function* events(results: readonly PlanResult[], { version }: ReporterOptions) {
  const reports = new Map(results.flatMap((result) => ("failure" in result ? [] : [[result.file, result.report]])));
  for (const result of results) {
    const reason = "failure" in result ? result.failure : result.report.plan.incomplete;
    if (reason !== null) yield notJudgedEvent(result, reason, version);
  }
  for (const each of [...worstFirst(results), ...fixedFindings(results)])
    yield findingEvent(each, reports.get(each.file), version);
}

function findingEvent(each: PlanFinding, report: Report | undefined, version: string) {
  const { file, finding } = each;
  const { policy: id, title, severity, verdict, subject, message, change, waiver, fingerprint } = finding;
  const policy = report?.policies[id];
  const isFixed = change === "fixed";
  return {
    ...eventOf(activityOf(change), report, version, id),
    severity_id: severityIds[severity],
    severity: severityNames[severity],
    ...statusOf(finding),
    message: plain([problemOf(finding), ...(message === "" ? [] : [message])].join(": ")),
    finding_info: {
      uid: fingerprint,
      title: plain(title),
      ...(policy === undefined ? {} : { desc: flowing(policy.why) }),
      types: ["Terraform plan"],
    },
    compliance: {
      control: id,
      ...requirementsOf(policy),
      ...statusOfCompliance(isFixed ? "pass" : verdict),
      status_details: [plain(message)],
    },
    ...(policy === undefined ? {} : { remediation: remediationOf(policy) }),
    resources: [resourceOf(subject, plain(subjectOf(finding)))],
    unmapped: {
      plan: plain(file),
      state: isFixed ? "fixed" : stateOf(finding),
      blocking: finding.blocking,
      cause: plain(finding.cause),
      ...(change === undefined ? {} : { change }),
      ...(waiver === null ? {} : { waiver: plain(waiverText(finding)) }),
      ...placeText(finding),
    },
  };
}

function notJudgedEvent(result: PlanResult, reason: string, version: string) {
  const report = "failure" in result ? undefined : result.report;
  const message = `The plan was not judged: ${plain(reason)}`;
  return {
    ...eventOf(activities.create, report, version, "not-judged"),
    severity_id: 4,
    severity: "High",
    status_id: 1,
    status: "New",
    message,
    finding_info: { uid: `not-judged:${plain(result.file)}`, title: "The plan was not judged" },
    compliance: {
      control: "plimsoll",
      ...requirementsOf(undefined),
      ...statusOfCompliance("unknown"),
      status_details: [message],
    },
    resources: [{ uid: plain(result.file), name: plain(result.file), type: "Terraform plan" }],
    unmapped: { plan: plain(result.file), state: "not-judged", blocking: true },
  };
}

/** What all events have; without a time of the plan, which Terraform tells since 1.5, it is that of no day. */
function eventOf(
  [activityId, activity]: readonly [number, string],
  report: Report | undefined,
  version: string,
  code: string,
) {
  const time = Date.parse(report?.run.plan.timestamp ?? "");
  return {
    activity_id: activityId,
    activity_name: activity,
    category_uid: 2,
    category_name: "Findings",
    class_uid: classUid,
    class_name: "Compliance Finding",
    type_uid: classUid * 100 + activityId,
    type_name: `Compliance Finding: ${activity}`,
    time: Number.isNaN(time) ? 0 : time,
    metadata: {
      version: "1.4.0",
      product: { name: "plimsoll", vendor_name: "plimsoll", version },
      profiles: ["cloud"],
      event_code: code,
    },
    cloud: { provider: "AWS" },
  };
}

function activityOf(change: Finding["change"]): readonly [number, string] {
  if (change === "fixed") return activities.close;
  return change === undefined || change === "introduced" ? activities.create : activities.update;
}

function statusOf({ waiver, change, verdict }: Finding) {
  if (change === "fixed") return { status_id: 4, status: "Resolved" };
  if (waiver !== null) return { status_id: 3, status: "Suppressed" };
  return verdict === "pass" || verdict === "not-applicable"
    ? { status_id: 4, status: "Resolved" }
    : { status_id: 1, status: "New" };
}

function statusOfCompliance(verdict: Finding["verdict"]) {
  const [id, name] = complianceStates[verdict];
  return { status_id: id, status: name };
}

function remediationOf({ fix, page }: ReportPolicy) {
  return { desc: flowing(fix), ...(page === null ? {} : { references: [plain(page)] }) };
}

function requirementsOf(policy: ReportPolicy | undefined) {
  const named = Object.entries(policy?.controls ?? {}).filter(([source]) => source in standards);
  return {
    standards: named.length === 0 ? ["plimsoll"] : named.map(([source]) => standards[source] ?? source),
    requirements: named.flatMap(([source, ids]) => ids.map((id) => plain(`${standards[source] ?? source} ${id}`))),
  };
}

function resourceOf({ address, kind, name }: Finding["subject"], uid: string) {
  const { module, service } = placeOf(address);
  return {
    uid,
    name: plain(name ?? address ?? "the plan"),
    type: kind,
    ...(module === "" ? {} : { namespace: plain(module) }),
    group: { name: service },
  };
}

function placeText({ location }: Finding) {
  return location === null ? {} : { file: plain(location.file), line: location.line };
}
