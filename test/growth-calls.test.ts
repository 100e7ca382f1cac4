import { Session } from "node:inspector/promises";
import { expect, it } from "vitest";
import { normalise } from "../engine/model/model.ts";
import { readPlan } from "../engine/plan/read.ts";
import { reportSystem } from "../engine/report/system.ts";
import { joinContext } from "../engine/subjects/context.ts";
import { managedPoliciesOf } from "../engine/subjects/iam/managed-policies-of.ts";
import { buildspecReader } from "../engine/subjects/pipeline/buildspec-reader.ts";
import { settingsOf } from "../engine/subjects/settings.ts";
import { joinSubjects } from "../engine/subjects/subjects.ts";
import { copiedPlan } from "./copied-plan.ts";

/** Runs something and counts how often each function of the engine is called, which is the same on every machine. */
async function callsIn(run: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  try {
    await run();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    return new Map(
      result
        .filter(({ url }) => url.includes("/engine/"))
        .flatMap(({ url, functions }) =>
          functions.map(({ functionName, ranges: [range] }): [string, number] => [
            `${url.replace(/^.*\/engine\//, "")} ${functionName} ${range?.startOffset}`,
            range?.count ?? 0,
          ]),
        ),
    );
  } finally {
    session.disconnect();
  }
}

async function callsOf(fixture: string, copies: number, mark: string): Promise<ReadonlyMap<string, number>> {
  const bytes = copiedPlan(fixture, copies, mark);
  return callsIn(async () => {
    const plan = readPlan(bytes);
    const model = normalise(plan);
    const context = joinContext(
      plan,
      model,
      settingsOf({}),
      await buildspecReader(model),
      await managedPoliciesOf(model),
    );
    joinSubjects(context);
    context.joins.all("facts");
    reportSystem(plan, context.joins);
  });
}

/**
 * Plans in which two sides of a product grow. What is still called in proportion to one: functions that may scan every
 * repository (`rescan`, `shop/faulty`), objects that are destroyed and made (`protection`).
 */
const bothGrow = ["attachments", "clusters", "ecr-registry", "launch", "links", "network", "roles", "services"];

it.each(bothGrow)("%s: twice the plan, and no function is called four times as often", async (name) => {
  // What is made once for all plans is made before the count; what is made once for a text, for each of the two.
  await callsOf(name, 1, "first");
  const half = await callsOf(name, 4, "half");
  const whole = await callsOf(name, 8, "whole");
  expect(Math.max(...whole.values())).toBeGreaterThan(200);
  const grown = [...whole].filter(([at, count]) => count > 200 && count > 2.6 * (half.get(at) ?? 0));
  expect(grown).toEqual([]);
});
