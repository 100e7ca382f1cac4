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

/** What is told of a suite as a whole. */
export interface Property {
  readonly name: string;
  readonly text: string;
}

export interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  readonly properties?: readonly Property[];
}

/** A JUnit document of suites, a test a piece. */
export function* document(suites: readonly Suite[]): Generator<string> {
  const { tests, failures, errors } = countsOf(suites.flatMap(({ cases }) => cases));
  const attributes = `name="plimsoll" tests="${tests}" failures="${failures}" errors="${errors}"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes}>\n`;
  for (const suite of suites) yield* suiteXml(suite);
  yield "</testsuites>\n";
}

function* suiteXml({ name, cases, properties = [] }: Suite): Generator<string> {
  const attributes = Object.entries(countsOf(cases)).map(([key, value]) => `${key}="${value}"`);
  yield `  <testsuite name="${escaped(name)}" ${attributes.join(" ")}>\n`;
  if (properties.length > 0) yield propertiesXml(properties);
  for (const each of cases) yield caseXml(each);
  yield "  </testsuite>\n";
}

function propertiesXml(properties: readonly Property[]): string {
  const lines = properties.map(
    ({ name, text }) => `      <property name="${escaped(name)}" value="${escaped(text)}"/>\n`,
  );
  return `    <properties>\n${lines.join("")}    </properties>\n`;
}

function countsOf(cases: readonly TestCase[]) {
  const count = (element: string) => cases.filter(({ outcome }) => outcome?.element === element).length;
  return { tests: cases.length, failures: count("failure"), errors: count("error"), skipped: count("skipped") };
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
