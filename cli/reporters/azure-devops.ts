import { byCause, type CauseGroup, foundText, groupText, problemText } from "./causes.ts";
import { headline, listedFindings, notJudged, stateOf } from "./findings.ts";
import { relativePath } from "./paths.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { plain } from "./terminal-text.ts";

/**
 * Logging commands of Azure Pipelines: an error for each cause that blocks, a warning for each that fails without blocking,
 * and a line that counts all findings. Result and exit code of the step are the command's own.
 */
export function* azureDevops(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  for (const { file, reason } of notJudged(results))
    yield issue("error", {}, `plimsoll: the plan was not judged: ${plain(file)}: ${plain(reason)}`);
  for (const group of byCause(listedFindings(results), options.listing ?? "causes")) {
    const { finding } = group.first;
    if (finding.blocking) yield causeIssue("error", group, results, options);
    else if (stateOf(finding) === "fail") yield causeIssue("warning", group, results, options);
  }
  yield `plimsoll: ${headline(results)}\n`;
}

function causeIssue(
  type: "error" | "warning",
  group: CauseGroup,
  results: readonly PlanResult[],
  { cwd }: ReporterOptions,
): string {
  const { location, severity, policy, verdict } = group.first.finding;
  const place =
    location === null
      ? {}
      : { sourcepath: plain(relativePath(location.file, cwd)), linenumber: String(Math.max(1, location.line)) };
  const unknown = verdict === "unknown" ? "unknown: " : "";
  const text = `${severity} ${policy}: ${unknown}${problemText(group)}: ${groupText(group, results)}: ${foundText(group)}`;
  return issue(type, { ...place, code: policy }, text);
}

/** As the agent reads it back: `%` and line ends are escaped, in properties `;` and `]` too. */
function issue(type: "error" | "warning", properties: Readonly<Record<string, string>>, message: string): string {
  const data = (text: string) => text.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string) => data(text).replaceAll(";", "%3B").replaceAll("]", "%5D");
  const list = Object.entries({ type, ...properties }).map(([name, value]) => `${name}=${property(value)}`);
  return `##vso[task.logissue ${list.join(";")}]${data(message)}\n`;
}
