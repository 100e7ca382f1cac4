import { plain } from "./terminal-text.ts";

/** A test with what it came to; null where it passed. */
export interface TestCase {
  readonly name: string;
  readonly className: string;
  readonly outcome: {
    readonly element: "failure" | "error" | "skipped";
    readonly type: string;
    readonly text: string;
  } | null;
}

/** A JUnit document of suites. */
export function document(suites: readonly Suite[]): string {
  const sum = (key: "tests" | "failures" | "errors") => suites.reduce((total, each) => total + each[key], 0);
  const attributes = `name="plimsoll" tests="${sum("tests")}" failures="${sum("failures")}" errors="${sum("errors")}"`;
  const body = suites.map(({ xml }) => xml).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes}>\n${body}</testsuites>\n`;
}

export interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly xml: string;
}

/** A test suite with its counts. */
export function suite(name: string, cases: readonly TestCase[]): Suite {
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
