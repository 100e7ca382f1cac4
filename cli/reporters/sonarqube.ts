import type { ReportPolicy, Severity } from "../../engine/index.ts";
import { byCause, foundText, groupText, problemText } from "./causes.ts";
import { listedFindings, type PlanFinding, stateOf } from "./findings.ts";
import { jsonPieces } from "./json.ts";
import { placeOf } from "./paths.ts";
import type { PlanResult } from "./plan-result.ts";
import { reportPolicies } from "./report-policies.ts";
import type { ReporterOptions } from "./reporter.ts";
import { flowing, plain } from "./terminal-text.ts";

/** In the mode of many qualities there were three severities before SonarQube 10.8, which all versions take. */
const impacts: Readonly<Record<Severity, string>> = { critical: "HIGH", high: "HIGH", medium: "MEDIUM", low: "LOW" };

const severities: Readonly<Record<Severity, string>> = {
  critical: "BLOCKER",
  high: "CRITICAL",
  medium: "MAJOR",
  low: "MINOR",
};

/**
 * SonarQube's generic format for issues of other tools: what fails, and the unknown where it blocks. There a severity belongs to
 * a rule, so a policy with failures of two severities is two rules.
 */
export function* sonarqube(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  const findings = listedFindings(results).filter(
    ({ finding }) => stateOf(finding) === "fail" || (stateOf(finding) === "unknown" && finding.blocking),
  );
  const policies = reportPolicies(results);
  const ruleId = ({ finding: { policy, severity } }: PlanFinding) =>
    severity === (policies.get(policy)?.severity ?? severity) ? policy : `${policy}-${severity}`;
  const rules = rulesOf(findings, policies, ruleId);
  yield* jsonPieces({ rules, issues: issues(findings, results, ruleId, options) }, 2);
}

/** The policy's id, with the severity where that is another one than the policy's own. */
type RuleId = (each: PlanFinding) => string;

function rulesOf(findings: readonly PlanFinding[], policies: ReadonlyMap<string, ReportPolicy>, ruleId: RuleId) {
  const first = new Map(findings.toReversed().map((each) => [ruleId(each), each.finding]));
  return [...first]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, { policy: name, title, severity }]) => {
      const policy = policies.get(name);
      return {
        id,
        name: plain(title),
        description: policy === undefined ? plain(title) : `${flowing(policy.why)} Fix: ${flowing(policy.fix)}`,
        engineId: "plimsoll",
        cleanCodeAttribute: "TRUSTWORTHY",
        type: "VULNERABILITY",
        severity: severities[severity],
        impacts: [{ softwareQuality: "SECURITY", severity: impacts[severity] }],
      };
    });
}

function* issues(
  findings: readonly PlanFinding[],
  results: readonly PlanResult[],
  ruleId: RuleId,
  { cwd, listing = "causes" }: ReporterOptions,
) {
  for (const group of byCause(findings, listing)) {
    const { path, line } = placeOf(group.first, cwd);
    const unknown = group.first.finding.verdict === "unknown" ? "unknown: " : "";
    yield {
      ruleId: ruleId(group.first),
      primaryLocation: {
        message: `${unknown}${problemText(group)}: ${groupText(group, results)}: ${foundText(group)}`,
        filePath: plain(path),
        textRange: { startLine: line },
      },
    };
  }
}
