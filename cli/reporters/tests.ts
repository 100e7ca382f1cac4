import type { PolicyTest } from "../../engine/index.ts";
import { counted } from "./findings.ts";
import { document } from "./junit-xml.ts";
import { plain } from "./terminal-text.ts";

/** The results of policy tests for people: what failed with its difference, then the counts. */
export function testText(tests: readonly PolicyTest[]): string {
  const blocks = tests.flatMap(({ policy, title, failures, missing }) => {
    const notes = missing.map((verdict) => `  note: no example shows that it can ${verdict}`);
    if (failures.length === 0 && notes.length === 0) return [];
    const lines = failures.flatMap((failure) => [
      `  ${plain(failure.of)}`,
      ...failure.lines.map((line) => `    ${plain(line)}`),
    ]);
    return [[`${failures.length > 0 ? "FAIL" : "ok  "}  ${policy}  ${plain(title)}`, ...lines, ...notes].join("\n")];
  });
  const failed = tests.filter(({ failures }) => failures.length > 0).length;
  const sum = (key: "examples" | "plans") => tests.reduce((total, each) => total + each[key], 0);
  const counts = `${counted(tests.length, "policy", "policies")}, ${counted(sum("examples"), "example")}, ${counted(sum("plans"), "plan")}`;
  return `${[...blocks, `${counts}: ${failed === 0 ? "all as expected" : `${counted(failed, "policy", "policies")} failed`}`].join("\n\n")}\n`;
}

/** JUnit XML: a suite for each policy, one test for all of its examples that are as expected and one for each that is not. */
export function testJunit(tests: readonly PolicyTest[]): string {
  const suites = tests.map(({ policy, title, failures }) => ({
    name: `${policy} ${title}`,
    cases: [
      { name: "examples and plans", className: policy, outcome: null },
      ...failures.map((failure) => ({
        name: failure.of,
        className: policy,
        outcome: { element: "failure" as const, type: "policy-test", text: failure.lines.join("\n") },
      })),
    ],
  }));
  return [...document(suites)].join("");
}
