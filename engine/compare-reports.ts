import { isJsonObject, ownMember } from "./plan/json.ts";
import type { Severity } from "./policy/policy.ts";
import { compareFindings } from "./report/changes/changes.ts";
import { countChanges } from "./report/changes/plan-changes.ts";
import { withGate } from "./report/gate.ts";
import type { Finding, Report } from "./report/report.ts";

/** What was handed over is no report of plimsoll; `message` says why, as a clause behind its name. */
export class ReportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ReportError";
  }
}

/**
 * Reads the JSON of a report on one plan.
 * @param within where it stands in a larger document
 * @throws ReportError where it is none
 */
export async function readReport(json: unknown, within: string | null = null): Promise<Report> {
  // Loaded on demand: only this reads reports.
  const { reportSchema } = await import("./report/report-schema.ts");
  const parsed = reportSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [...(within === null ? [] : [within]), ...(issue?.path ?? []).map(String)];
  const place = path.length === 0 ? "its root" : path.join(".");
  throw new ReportError(`is no JSON report of this plimsoll: ${place} is not as plimsoll schema report has it`);
}

/** A plan with its report, or with why it could not be judged. */
type SavedResult =
  | { readonly file: string; readonly report: Report }
  | { readonly file: string; readonly failure: string };

/**
 * Reads the JSON of a report on one plan or on several. A plan without a name has an empty one.
 * @throws ReportError where it is none
 */
export async function readReports(json: unknown): Promise<SavedResult[]> {
  if (!isJsonObject(json) || !Object.hasOwn(json, "plans")) {
    const report = await readReport(json);
    return [{ file: report.plan.file ?? "", report }];
  }
  const plans = json["plans"];
  if (json["version"] !== 1 || !Array.isArray(plans) || plans.length === 0)
    throw new ReportError("is no JSON report of this plimsoll: plans is not as plimsoll check writes it");
  const results: SavedResult[] = [];
  for (const [at, plan] of plans.entries()) results.push(await savedResult(plan, at));
  return results;
}

async function savedResult(plan: unknown, at: number): Promise<SavedResult> {
  const [file, report, failure] = ["file", "report", "failure"].map((key) => ownMember(plan, key));
  if (typeof file === "string" && typeof failure === "string" && report === undefined) return { file, failure };
  if (typeof file !== "string" || report === undefined)
    throw new ReportError(`is no JSON report of this plimsoll: plans.${at} is not as plimsoll check writes it`);
  return { file, report: await readReport(report, `plans.${at}.report`) };
}

/** The later of two reports, with what has come and gone since the earlier one; both should be of the same policies. */
export function compareReports(
  before: Report,
  after: Report,
  { block, blockAlways }: { readonly block: "all" | "introduced"; readonly blockAlways: Severity | null },
): Report {
  const compared = compareFindings(atNewAddresses(before.findings, after.findings), after.findings, {
    wasJudged: () => true,
    values: null,
  });
  const findings = compared.findings.map((finding) => withGate(finding, block, blockAlways));
  // It is of the later report alone.
  const { seal: _, ...later } = after;
  const fixed = compared.fixed.map((finding) => ({ ...finding, blocking: false, waiver: null }));
  return {
    ...later,
    summary: { ...after.summary, blocking: findings.filter(({ blocking }) => blocking).length },
    policies: { ...before.policies, ...after.policies },
    findings,
    changes: countChanges(findings, fixed, block),
    fixed,
  };
}

/** Findings at the addresses to which the later plan moves their resources. */
function atNewAddresses(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const moved = new Map(
    after.flatMap(({ subject: { address, previousAddress } }) =>
      previousAddress === undefined ? [] : [[previousAddress, address] as const],
    ),
  );
  return before.map((finding) => {
    const { address } = finding.subject;
    const present = address === null ? undefined : moved.get(address);
    return present === undefined ? finding : { ...finding, subject: { ...finding.subject, address: present } };
  });
}
