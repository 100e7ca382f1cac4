import type { Severity } from "../../engine/index.ts";
import { byCause, type CauseGroup, foundText, groupText, problemText } from "./causes.ts";
import { headline, listedFindings, notJudged, type PlanFinding, shorten, stateOf } from "./findings.ts";
import { placeOf, relativePath } from "./paths.ts";
import { type PlanResult, verdictOf } from "./plan-result.ts";
import { reportPolicies } from "./report-policies.ts";
import type { ReporterOptions } from "./reporter.ts";
import { flowing, plain } from "./terminal-text.ts";

const severities: Readonly<Record<Severity, string>> = {
  critical: "ERROR",
  high: "ERROR",
  medium: "WARNING",
  low: "WEAK WARNING",
};

/**
 * Service messages of TeamCity: an inspection for each cause that fails, what is unknown as information, and a build problem
 * where the command ends with another code than 0.
 */
export function* teamcity(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  const findings = listedFindings(results).filter(({ finding }) => ["fail", "unknown"].includes(stateOf(finding)));
  yield* inspectionTypes(findings, results);
  for (const group of byCause(findings, options.listing ?? "causes")) yield inspection(group, results, options);
  for (const { file, reason } of notJudged(results))
    yield message("buildProblem", {
      description: shorten(plain(`plimsoll: ${relativePath(file, options.cwd)} was not judged: ${reason}`), 3900),
      identity: "plimsoll-not-judged",
    });
  if (results.some((result) => verdictOf(result) === "blocked"))
    yield message("buildProblem", { description: `plimsoll: ${headline(results)}`, identity: "plimsoll-blocked" });
  yield `plimsoll: ${headline(results)}\n`;
}

/** An inspection's type is told before the first of that type, once. */
function* inspectionTypes(findings: readonly PlanFinding[], results: readonly PlanResult[]): Generator<string> {
  const policies = reportPolicies(results);
  const titles = new Map(findings.map(({ finding }) => [finding.policy, finding.title]));
  for (const [id, title] of titles) {
    const policy = policies.get(id);
    yield message("inspectionType", {
      id,
      name: shorten(plain(`${id} ${title}`), 220),
      category: "plimsoll",
      description:
        policy === undefined
          ? shorten(plain(title), 3900)
          : shorten(`${flowing(policy.why)} Fix: ${flowing(policy.fix)}`, 3900),
    });
  }
}

function inspection(group: CauseGroup, results: readonly PlanResult[], { cwd }: ReporterOptions): string {
  const { policy, severity, verdict, blocking } = group.first.finding;
  const { path, line } = placeOf(group.first, cwd);
  const unknown = verdict === "unknown" ? "unknown: " : "";
  return message("inspection", {
    typeId: policy,
    message: shorten(`${unknown}${problemText(group)}: ${groupText(group, results)}: ${foundText(group)}`, 3900),
    file: shorten(plain(path), 3900),
    line: String(line),
    SEVERITY: verdict === "fail" || blocking ? severities[severity] : "INFO",
  });
}

/** A bar is before what would end a value, and before what is no ASCII: `|0x00e9`, for each unit of UTF-16. */
function message(name: string, attributes: Readonly<Record<string, string>>): string {
  const value = (text: string) =>
    plain(text)
      .replace(/[|'[\]]/g, "|$&")
      .replace(/[^ -~]/g, (unit) => `|0x${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const list = Object.entries(attributes).map(([key, text]) => `${key}='${value(text)}'`);
  return `##teamcity[${name} ${list.join(" ")}]\n`;
}
