import type { Finding } from "../../engine/index.ts";
import { groupBy, notJudged, stateOf, subjectOf, waiverText } from "./findings.ts";
import type { PlanResult } from "./plan-result.ts";
import { plain } from "./terminal-text.ts";

interface TestCase {
  readonly name: string;
  readonly className: string;
  readonly outcome: {
    readonly element: "failure" | "error" | "skipped";
    readonly type: string;
    readonly text: string;
  } | null;
}

/**
 * JUnit XML: a test suite for each plan, which says whether it could be judged, and one for each of its policies with a test
 * case for each finding. What fails is a failure, whatever blocks; what is waived is skipped, and so is what is unknown
 * unless it blocks. Passes are listed with `--all` only.
 */
export function junit(results: readonly PlanResult[]): string {
  const suites = results.flatMap((result) => [
    suite(plain(result.file), [planCase(result)]),
    ...("failure" in result ? [] : policySuites(result.file, result.report.findings)),
  ]);
  const sum = (key: "tests" | "failures" | "errors") => suites.reduce((total, each) => total + each[key], 0);
  const attributes = `name="plimsoll" tests="${sum("tests")}" failures="${sum("failures")}" errors="${sum("errors")}"`;
  const body = suites.map(({ xml }) => xml).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes}>\n${body}</testsuites>\n`;
}

function planCase(result: PlanResult): TestCase {
  const [broken] = notJudged([result]);
  const outcome =
    broken === undefined ? null : { element: "error" as const, type: "not-judged", text: plain(broken.reason) };
  return { name: "the plan is judged", className: plain(result.file), outcome };
}

function policySuites(file: string, findings: readonly Finding[]) {
  return groupBy(findings, ({ policy }) => policy).map((own) => {
    const policy = own[0]?.policy ?? "";
    return suite(
      `${policy} ${own[0]?.title ?? ""}`,
      own.map((finding) => ({
        name: subjectOf(finding),
        className: `${file}.${policy}`,
        outcome: outcomeOf(finding),
      })),
    );
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

function suite(name: string, cases: readonly TestCase[]) {
  const count = (element: string) => cases.filter(({ outcome }) => outcome?.element === element).length;
  const counts = { tests: cases.length, failures: count("failure"), errors: count("error"), skipped: count("skipped") };
  const attributes = Object.entries(counts).map(([key, value]) => `${key}="${value}"`);
  const xml = `  <testsuite name="${escaped(name)}" ${attributes.join(" ")}>\n${cases.map(caseXml).join("")}  </testsuite>\n`;
  return { ...counts, xml };
}

function caseXml({ name, className, outcome }: TestCase): string {
  const start = `    <testcase name="${escaped(name)}" classname="${escaped(className)}"`;
  if (outcome === null) return `${start}/>\n`;
  const { element, type, text } = outcome;
  const [first = ""] = text.split("\n");
  // The older schemas know no attributes of a skipped test.
  const attributes = element === "skipped" ? "" : ` type="${escaped(type)}" message="${escaped(first)}"`;
  return `${start}>\n      <${element}${attributes}>${text.split("\n").map(escaped).join("\n")}</${element}>\n    </testcase>\n`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** The last two characters of the plane may not stand in XML 1.0; of those that may not, `plain` leaves no others. */
function escaped(text: string): string {
  return plain(text)
    .replace(/[\uFFFE\uFFFF]/g, "\uFFFD")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
