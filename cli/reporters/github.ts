import { byCause, type CauseGroup, foundText, groupText, problemText } from "./causes.ts";
import { counted, headline, listedFindings, notJudged, stateOf } from "./findings.ts";
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
  const { listing = "causes" } = options;
  const groups = byCause(listedFindings(results), listing);
  // Each is made only where it is shown.
  const blocking = groups.filter(({ first }) => first.finding.blocking);
  const failing = groups.filter(({ first: { finding } }) => stateOf(finding) === "fail" && !finding.blocking);
  const errors = [
    ...notJudged(results).map(
      ({ file, reason }) =>
        () =>
          command("error", { title: "plimsoll: the plan was not judged" }, `${plain(file)}: ${plain(reason)}`),
    ),
    ...blocking.map((group) => () => annotation("error", group, results, options)),
  ];
  const warnings = failing.map((group) => () => annotation("warning", group, results, options));
  const leftOut = [errors, warnings].reduce((sum, list) => sum + Math.max(0, list.length - mostOfEach), 0);
  const ids = [
    ...blocking.slice(Math.max(0, mostOfEach - (errors.length - blocking.length))),
    ...failing.slice(mostOfEach),
  ].map(({ first }) => first.finding.policy);
  const more =
    leftOut === 0
      ? ""
      : `; ${counted(leftOut, "annotation")} more than GitHub shows: ${[...new Set(ids)].sort().join(", ")}`;
  const lines = [
    ...[...errors.slice(0, mostOfEach), ...warnings.slice(0, mostOfEach)].map((make) => make()),
    command("notice", { title: "plimsoll" }, `${headline(results)}${more}`),
  ];
  yield `${lines.join("\n")}\n`;
}

function annotation(
  level: "error" | "warning",
  group: CauseGroup,
  results: readonly PlanResult[],
  { cwd }: ReporterOptions,
): string {
  const { finding } = group.first;
  const { location, severity, policy } = finding;
  const place =
    location === null
      ? {}
      : { file: plain(relativePath(location.file, cwd)), line: String(Math.max(1, location.line)) };
  const text = `${groupText(group, results)}: ${foundText(group)}`;
  const unknown = finding.verdict === "unknown" ? "unknown: " : "";
  return command(level, { ...place, title: `${severity} ${policy}: ${unknown}${problemText(group)}` }, text);
}

/** As the runner reads it back: `%`, carriage return and line feed are escaped, in properties `:` and `,` too. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${name} ${list.join(",")}::${data(message)}`;
}
