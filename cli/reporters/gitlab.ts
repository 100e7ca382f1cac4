import type { Severity } from "../../engine/index.ts";
import { listedFindings, messageText, notJudged, type PlanFinding, stateOf, subjectText } from "./findings.ts";
import { jsonPieces } from "./json.ts";
import { placeOf, relativePath } from "./paths.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { plain } from "./terminal-text.ts";

type CodeQualitySeverity = "info" | "minor" | "major" | "critical" | "blocker";

const severities: Readonly<Record<Severity, CodeQualitySeverity>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

/**
 * GitLab's Code Quality report: what fails, and as information what is unknown. It knows no waivers, so what is waived is
 * left out and counts as settled. The merge request shows no two entries with one fingerprint.
 */
export function* gitlab(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  yield* jsonPieces(entries(results, options), 1);
}

function* entries(results: readonly PlanResult[], { cwd }: ReporterOptions) {
  const seen = new Map<string, number>();
  const unique = (fingerprint: string) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return count === 1 ? fingerprint : `${fingerprint}-${count}`;
  };
  for (const { file, reason } of notJudged(results))
    yield {
      description: `The plan was not judged: ${plain(reason)}`,
      check_name: "plimsoll",
      fingerprint: unique(`not-judged:${plain(file)}`),
      severity: "blocker",
      location: { path: plain(relativePath(file, cwd)), lines: { begin: 1 } },
    };
  for (const each of listedFindings(results)) {
    if (!["fail", "unknown"].includes(stateOf(each.finding))) continue;
    const { policy, title, fingerprint } = each.finding;
    const { path, line } = placeOf(each, cwd);
    yield {
      description: `${plain(title)}: ${subjectText(each, results)}: ${messageText(each.finding)}`,
      check_name: policy,
      fingerprint: unique(fingerprint),
      severity: severityOf(each),
      location: { path: plain(path), lines: { begin: line } },
    };
  }
}

function severityOf({ finding: { verdict, blocking, severity } }: PlanFinding): CodeQualitySeverity {
  return verdict === "fail" || blocking ? severities[severity] : "info";
}
