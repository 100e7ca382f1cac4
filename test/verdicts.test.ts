import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, fixturesFolder } from "../fixtures/fixtures.ts";
import { pack } from "../policies/pack.ts";
import { checkAll, planBytes, planDocument, reportOf, subjectId, verdictLines } from "./check-fixture.ts";

// What each policy says of every subject of every fixture stands beside the plan, in `verdicts.txt`.
describe("every verdict on the fixtures", () => {
  it.each(fixtures)("$name", async ({ name }) => {
    const { findings } = await reportOf(name);
    await expect(`${verdictLines(findings).join("\n")}\n`).toMatchFileSnapshot(
      join(fixturesFolder, name, "verdicts.txt"),
    );
  });
});

// What a waiver names, and what a later plan is compared by.
describe("a policy judges a subject once", () => {
  it.each(fixtures)("$name", async ({ name }) => {
    const { findings } = await reportOf(name);
    const subjects = findings.map(({ policy, subject }) => `${policy} ${subjectId(subject)}`);
    expect(subjects.filter((subject, at) => subjects.indexOf(subject) !== at)).toEqual([]);
  });
});

describe("resources in = judged + destroyed + not evaluated", () => {
  it.each(fixtures)("$name", async ({ name }) => {
    const { resources } = await reportOf(name);
    const { judged, destroyed, notEvaluated } = resources;
    expect(resources.total).toBe(planDocument(name).resource_changes.length);
    expect(judged + destroyed + notEvaluated.reduce((sum, { count }) => sum + count, 0)).toBe(resources.total);
  });
});

const optional = ["ECS-026", "NET-006", "NET-009", "NET-010"];

describe("each policy fails, passes and stays unknown on real plans", async () => {
  // A public repository fails whatever its name, and so does what a user holds, as long as none is allowed; a plan states its flags or is taken for whole.
  const neverPasses = ["ECR-006", "IAM-008", "PLN-003"];
  const neverUnknown = ["ECR-006", "ECR-004", "IAM-008", "PLN-001", "PLN-003"];
  // Off by default: their parameter `enabled` is true here.
  const parameters = Object.fromEntries(optional.map((id) => [id, { enabled: true }]));
  const findings = await Promise.all(
    fixtures.map(async ({ name }) => [
      ...(await reportOf(name)).findings.filter(({ policy }) => !optional.includes(policy)),
      ...(await checkAll(planBytes(name), { select: optional, parameters })).findings,
    ]),
  );
  const lines = findings.flat();
  // `clusters.test.ts` turns IAM-015 on.
  const judging = pack.filter(({ id }) => id !== "IAM-015");
  it.each(judging.map(({ id }) => id))("%s", (id) => {
    const outcomes = new Set(lines.filter(({ policy }) => policy === id).map(({ verdict }) => verdict));
    const wanted = [
      "fail",
      ...(neverPasses.includes(id) ? [] : ["pass"]),
      ...(neverUnknown.includes(id) ? [] : ["unknown"]),
    ];
    expect(wanted.filter((outcome) => !new Set<string>(outcomes).has(outcome))).toEqual([]);
  });
});

// A policy that is lost on the way, or comes without a word, shows in `policies.txt`.
it("the shipped pack", async () => {
  const lines = pack.map(({ id, title }) => `${id} ${title}`);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(import.meta.dirname, "policies.txt"));
});
