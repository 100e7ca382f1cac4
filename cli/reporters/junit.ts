import { groupBy } from "../../engine/group-by.ts";
import type { Finding } from "../../engine/index.ts";
import { counted, isFolded, notJudged, stateOf, subjectOf, waiverText } from "./findings.ts";
import { hiddenWaived } from "./hidden.ts";
import { document, type Property, type Suite, type TestCase } from "./junit-xml.ts";
import type { PlanResult } from "./plan-result.ts";
import { runRows } from "./run-evidence.ts";
import { plain } from "./terminal-text.ts";

/**
 * JUnit XML: a test suite for each plan, which says whether it could be judged, and one for each of its policies with a test
 * case for each finding. What fails is a failure, whatever blocks; what is waived is skipped, and so is what is unknown
 * unless it blocks. Passes are listed with `--all` only.
 */
export function* junit(results: readonly PlanResult[]): Generator<string> {
  const suites = results.flatMap((result) => [
    { name: plain(result.file), cases: [planCase(result), ...hiddenCase(result)], properties: propertiesOf(result) },
    ...policySuites(result.file, listedOf(result)),
  ]);
  yield* document(suites);
}

function propertiesOf(result: PlanResult): readonly Property[] {
  return "failure" in result ? [] : runRows(result.report);
}

/** What stood before the plan has no test where only what the plan introduces blocks. */
function listedOf(result: PlanResult): readonly Finding[] {
  if ("failure" in result) return [];
  return result.report.findings.filter((finding) => !isFolded(finding, result.report));
}

function planCase(result: PlanResult): TestCase {
  const [broken] = notJudged([result]);
  const outcome =
    broken === undefined ? null : { element: "error" as const, type: "not-judged", text: plain(broken.reason) };
  return { name: "the plan is judged", className: plain(result.file), outcome };
}

function hiddenCase(result: PlanResult): TestCase[] {
  const hidden = "failure" in result ? 0 : hiddenWaived(result.report);
  if (hidden === 0) return [];
  const text = `${counted(hidden, "waived finding")} not listed`;
  return [
    { name: "what is waived", className: plain(result.file), outcome: { element: "skipped", type: "waived", text } },
  ];
}

function policySuites(file: string, findings: readonly Finding[]): Suite[] {
  return [...groupBy(findings, ({ policy }) => policy).values()].map((own) => {
    const policy = own[0]?.policy ?? "";
    return {
      name: `${policy} ${own[0]?.title ?? ""}`,
      cases: own.map((finding) => ({
        name: subjectOf(finding),
        className: `${file}.${policy}`,
        outcome: outcomeOf(finding),
      })),
    };
  });
}

function outcomeOf(finding: Finding): TestCase["outcome"] {
  const { severity, location, blocking } = finding;
  const message = plain(finding.message);
  const place = location === null ? "" : `\n${plain(location.file)}:${location.line}`;
  switch (stateOf(finding)) {
    case "fail":
      return { element: "failure", type: severity, text: `${message}${place}` };
    case "unknown":
      return { element: blocking ? "failure" : "skipped", type: "unknown", text: `unknown: ${message}${place}` };
    case "waived":
      return { element: "skipped", type: "waived", text: `waived: ${plain(waiverText(finding))}; ${message}${place}` };
    case "not-applicable":
      return { element: "skipped", type: "not-applicable", text: "not applicable" };
    case "pass":
      return null;
  }
}
