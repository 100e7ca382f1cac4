import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, fixturesFolder } from "../fixtures/fixtures.ts";
import { pack } from "../policies/pack.ts";
import { checkAll, planBytes, planDocument, verdictLines } from "./check-fixture.ts";

// What each policy says of every subject of every fixture stands beside the plan, in `verdicts.txt`.
describe("every verdict on the fixtures", () => {
  it.each(fixtures)("$name", async ({ name }) => {
    const report = await checkAll(planBytes(name));
    await expect(`${verdictLines(report.findings).join("\n")}\n`).toMatchFileSnapshot(
      join(fixturesFolder, name, "verdicts.txt"),
    );
  });
});

describe("resources in = judged + destroyed + not evaluated", () => {
  it.each(fixtures)("$name", async ({ name }) => {
    const { resources } = await checkAll(planBytes(name));
    const { judged, destroyed, notEvaluated } = resources;
    expect(resources.total).toBe(planDocument(name).resource_changes.length);
    expect(judged + destroyed + notEvaluated.reduce((sum, { count }) => sum + count, 0)).toBe(resources.total);
  });
});

describe("each policy fails, passes and stays unknown on real plans", async () => {
  const lines = (
    await Promise.all(fixtures.map(async ({ name }) => (await checkAll(planBytes(name))).findings))
  ).flat();
  // A public repository fails whatever its name, as long as none is allowed; a plan states its flags or is taken for whole.
  const neverPasses = ["ECR-006"];
  const neverUnknown = ["ECR-006", "ECR-004", "PLN-001"];
  it.each(pack.map(({ id }) => id))("%s", (id) => {
    const outcomes = new Set(lines.filter(({ policy }) => policy === id).map(({ verdict }) => verdict));
    const wanted = [
      "fail",
      ...(neverPasses.includes(id) ? [] : ["pass"]),
      ...(neverUnknown.includes(id) ? [] : ["unknown"]),
    ];
    expect(wanted.filter((outcome) => !new Set<string>(outcomes).has(outcome))).toEqual([]);
  });
});

it("the shipped pack", () => {
  expect(pack.map(({ id }) => id)).toEqual([
    "CICD-010",
    "ECR-001",
    "ECR-002",
    "ECR-003",
    "ECR-004",
    "ECR-005",
    "ECR-006",
    "ECR-008",
    "ECR-014",
    "ECR-015",
    "ECS-001",
    "ECS-004",
    "ECS-005",
    "ECS-006",
    "ECS-008",
    "ECS-009",
    "ECS-011",
    "ECS-013",
    "IAM-001",
    "IAM-009",
    "PLN-001",
    "SSM-001",
  ]);
});
