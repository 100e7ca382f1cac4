import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { groupBy } from "../../engine/group-by.ts";
import type { Finding } from "../../engine/index.ts";
import { flatParts, problemParts } from "../../engine/policy/problem-text.ts";
import { fixtures } from "../../fixtures/fixtures.ts";
import { pack } from "../../policies/pack.ts";
import { reportOf } from "../check-fixture.ts";

const reports = await Promise.all(fixtures.map(async ({ name }) => (await reportOf(name)).findings));
const failures = reports.flat().filter(({ verdict }) => verdict === "fail");

/** The sentences of each policy, of those that differ only in names the first, with how many there are. */
function listed(findings: readonly Finding[]): string {
  return pack
    .map(({ id, title }) => {
      const sentences = findings
        .filter(({ policy }) => policy === id)
        .map(({ severity, problem }) => `${severity} ${problem}`)
        .sort();
      const groups = [...groupBy(sentences, (sentence) => sentence.replace(codeSpan, "`…`"))];
      return [`${id} ${title}`, ...groups.map(([, [first, ...rest]]) => `  ${first} (${rest.length + 1})`), ""].join(
        "\n",
      );
    })
    .join("\n");
}

const codeSpan = /`[^`]*`(?:(?:, | and )`[^`]*`)*(?: and \d+ more)?/g;

it("the policies say of the fixtures what is wrong with them", async () => {
  await expect(listed(failures)).toMatchFileSnapshot(join(import.meta.dirname, "sentences.txt"));
});

it("every failure has a sentence, and none that a value is missing in", () => {
  const missing = /[{}[\]]|``|(?:null|undefined|unknown)|\(sensitive\)| [,.:;]| {2}|[.:,]$/;
  const wrong = failures.filter(({ problem }) => problem === null || missing.test(problem.replace(codeSpan, "`x`")));
  expect(wrong.map(({ policy, problem }) => `${policy} ${problem}`)).toEqual([]);
});

it("nothing that does not fail has one", () => {
  expect(reports.flat().filter(({ verdict, problem }) => verdict !== "fail" && problem !== null)).toEqual([]);
});

describe("a policy can always say what is wrong", () => {
  it.each(pack.map((policy) => [policy.id, policy] as const))("%s", (_, { problem }) => {
    const last = problem.at(-1);
    expect(last?.when).toBeNull();
    // Whatever is not known: of the last text no value is needed.
    const needed = problemParts(last?.text ?? "{}").filter((part) => typeof part === "object" && "name" in part);
    expect(needed).toEqual([]);
    // What stands behind a text that is always true is never said.
    const always = problem.findIndex(
      ({ when, text }) =>
        when === null && problemParts(text).every((part) => typeof part === "string" || "optional" in part),
    );
    expect(always).toBe(problem.length - 1);
    for (const { text } of problem) expect(text).toMatch(/^(?:[A-Z]|`\{).*[^.:,]$/);
    expect(problem.flatMap(({ text }) => flatParts(text)).length).toBeGreaterThan(0);
  });
});
