import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../engine/index.ts";
import { type Fixture, fixtures } from "../../fixtures/fixtures.ts";
import { inWorkspace, missingForPlans } from "../../fixtures/plan.ts";
import { checkAll, encode, subjectId } from "../check-fixture.ts";
import { unless } from "../needs.ts";
import { howToRepeat, isOver, isThorough, some } from "../thorough.ts";
import { asAwsHolds } from "./aws-forms.ts";
import { disturbed } from "./disturb.ts";
import { applied, planOver } from "./plan-again.ts";

// The plan after the first apply is judged as the first one was: what the provider read back from AWS is no other thing.

const missing = isThorough ? missingForPlans() : "need npm run test:thorough, as each takes a minute";

/**
 * Each takes a plan for every step from one resource to another that waits on it. Others are to follow, as soon as what AWS
 * makes of their types stands in `made-values.ts`.
 */
const again = fixtures.filter(({ name }) => ["network"].includes(name));

describe("the plan after the first apply", unless(missing === null, missing ?? ""), () => {
  it.for(some(again, "plans", "again"))("$name", { timeout: 900_000 }, async (fixture, { skip }) => {
    skip(isOver(), "are not begun, for the time is over");
    await inWorkspace(fixture, async (workspace) => {
      const json: unknown = JSON.parse(workspace.plan());
      const first = await verdicts(encode(json));
      const objects = asAwsHolds(applied(workspace, json));
      const second = await verdicts(planOver(workspace, objects));
      expectSettled(first, second, fixture);
      const { objects: others, code, gone } = disturbed(objects);
      writeFileSync(join(workspace.folder, "moved.tf"), code);
      const third = await verdicts(planOver(workspace, others));
      const left = third.filter(({ subject }) => !gone.has(subject.address ?? ""));
      expect(linesOf(left), howToRepeat()).toEqual(linesOf(second));
    });
  });
});

async function verdicts(plan: Uint8Array): Promise<readonly Finding[]> {
  const { findings } = await checkAll(plan);
  // What is destroyed depends on what was there, and of the plan itself nothing is read back.
  return findings.filter(({ subject }) => subject.kind !== "destroyed-resource" && subject.kind !== "plan");
}

function keyOf({ policy, subject }: Finding): string {
  return `${policy} ${subjectId(subject)}`;
}

function linesOf(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.verdict} ${keyOf(finding)}`).sort();
}

/** Whether every verdict is the same or more decided, and no subject stands twice. */
function expectSettled(first: readonly Finding[], second: readonly Finding[], { name }: Fixture): void {
  const keys = second.map(keyOf);
  expect(
    keys.filter((key, at) => keys.indexOf(key) !== at),
    `${name}: stands twice. ${howToRepeat()}`,
  ).toEqual([]);
  const later = new Map(second.map((finding) => [keyOf(finding), finding]));
  const changed = first.flatMap((finding) => {
    const now = later.get(keyOf(finding))?.verdict ?? "gone";
    // What passes in any case may turn out not to be spoken of, as with the launch type that AWS chose.
    const isDecided = finding.verdict === "pass" && now === "not-applicable";
    return finding.verdict === "unknown" || now === finding.verdict || isDecided
      ? []
      : [`${keyOf(finding)}: ${finding.verdict}, then ${now}`];
  });
  expect(changed, `${name}: judged otherwise. ${howToRepeat()}`).toEqual([]);
}
