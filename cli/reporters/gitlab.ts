import { type Severity, sharedFingerprint } from "../../engine/index.ts";
import { byCause, type CauseGroup, foundText, groupText, problemText } from "./causes.ts";
import { listedFindings, notJudged, type PlanFinding, stateOf } from "./findings.ts";
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

function* entries(results: readonly PlanResult[], { cwd, listing = "causes" }: ReporterOptions) {
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
  const open = listedFindings(results).filter(({ finding }) => ["fail", "unknown"].includes(stateOf(finding)));
  for (const group of byCause(open, listing)) {
    const { path, line } = placeOf(group.first, cwd);
    yield {
      description: `${problemText(group)}: ${groupText(group, results)}: ${foundText(group)}`,
      check_name: group.first.finding.policy,
      fingerprint: unique(fingerprintOf(group)),
      severity: severityOf(group.first),
      location: { path: plain(path), lines: { begin: line } },
    };
  }
}

/** Of several instances one that stays the same when an instance comes or goes. */
function fingerprintOf({ first: { finding }, findings }: CauseGroup): string {
  return findings.length === 1 ? finding.fingerprint : sharedFingerprint(finding, finding.subject.address);
}

function severityOf({ finding: { verdict, blocking, severity } }: PlanFinding): CodeQualitySeverity {
  return verdict === "fail" || blocking ? severities[severity] : "info";
}
