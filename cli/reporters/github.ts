import {
  counted,
  headline,
  listedFindings,
  messageText,
  notJudged,
  type PlanFinding,
  stateOf,
  subjectText,
} from "./findings.ts";
import { relativePath } from "./paths.ts";
import type { PlanResult } from "./plan-result.ts";
import type { ReporterOptions } from "./reporter.ts";
import { plain } from "./terminal-text.ts";

/** GitHub shows this many errors and as many warnings of a step, and drops the rest without a word. */
export const mostOfEach = 10;

/**
 * Workflow commands, which GitHub shows as annotations: errors for what blocks, warnings for what fails without blocking,
 * and one notice that counts all, also what is left out.
 */
export function* github(results: readonly PlanResult[], options: ReporterOptions): Generator<string> {
  const findings = listedFindings(results);
  // Each is made only where it is shown.
  const errors = [
    ...notJudged(results).map(
      ({ file, reason }) =>
        () =>
          command("error", { title: "plimsoll: the plan was not judged" }, `${plain(file)}: ${plain(reason)}`),
    ),
    ...findings
      .filter(({ finding }) => finding.blocking)
      .map((each) => () => annotation("error", each, results, options)),
  ];
  const warnings = findings
    .filter(({ finding }) => stateOf(finding) === "fail" && !finding.blocking)
    .map((each) => () => annotation("warning", each, results, options));
  const leftOut = [errors, warnings].reduce((sum, list) => sum + Math.max(0, list.length - mostOfEach), 0);
  const more = leftOut === 0 ? "" : `; ${counted(leftOut, "annotation")} more than GitHub shows`;
  const lines = [
    ...[...errors.slice(0, mostOfEach), ...warnings.slice(0, mostOfEach)].map((make) => make()),
    command("notice", { title: "plimsoll" }, `${headline(results)}${more}`),
  ];
  yield `${lines.join("\n")}\n`;
}

function annotation(
  level: "error" | "warning",
  each: PlanFinding,
  results: readonly PlanResult[],
  { cwd }: ReporterOptions,
): string {
  const { finding } = each;
  const { location, severity, policy, title } = finding;
  const place =
    location === null
      ? {}
      : { file: plain(relativePath(location.file, cwd)), line: String(Math.max(1, location.line)) };
  const text = `${subjectText(each, results)}: ${messageText(finding)}`;
  const unknown = finding.verdict === "unknown" ? "unknown: " : "";
  return command(level, { ...place, title: `${severity} ${policy}: ${unknown}${plain(title)}` }, text);
}

/** As the runner reads it back: `%`, carriage return and line feed are escaped, in properties `:` and `,` too. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${name} ${list.join(",")}::${data(message)}`;
}
