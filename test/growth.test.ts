import { expect, it } from "vitest";
import { links } from "../engine/joins/links.ts";
import { type Model, normalise } from "../engine/model/model.ts";
import { once } from "../engine/once.ts";
import { readPlan } from "../engine/plan/read.ts";
import { reportSystem } from "../engine/report/system.ts";
import { joinContext } from "../engine/subjects/context.ts";
import { buildspecReader } from "../engine/subjects/pipeline/buildspec-reader.ts";
import { settingsOf } from "../engine/subjects/settings.ts";
import { joinSubjects } from "../engine/subjects/subjects.ts";
import { fixtures } from "../fixtures/fixtures.ts";
import { copiedPlan } from "./copied-plan.ts";

/** How many elements of lists of resources and of candidates are looked at while a plan is joined and made to subjects. */
async function looksAt(fixture: string, copies: number): Promise<number> {
  let looks = 0;
  const counted = once(
    (list: readonly unknown[]) =>
      new Proxy(list, {
        get(target, key, receiver) {
          if (typeof key === "string" && /^\d+$/.test(key)) looks += 1;
          return Reflect.get(target, key, receiver);
        },
      }),
  );
  const watch = <C>(list: readonly C[]): readonly C[] => counted(list) as readonly C[];
  const plan = readPlan(copiedPlan(fixture, copies));
  const watched = { ...plan, resources: watch(plan.resources), stateData: watch(plan.stateData) };
  const model = watchModel(normalise(plan), watch);
  const context = joinContext(watched, model, settingsOf({}), await buildspecReader(model), watch);
  joinSubjects(context);
  context.joins.all("facts");
  reportSystem(watched, context.joins);
  return looks;
}
function watchModel(model: Model, watch: <C>(list: readonly C[]) => readonly C[]): Model;
function watchModel(model: Model, watch: <C>(list: readonly C[]) => readonly C[]): Record<string, readonly unknown[]> {
  return Object.fromEntries(Object.entries(model).map(([type, list]: [string, readonly unknown[]]) => [type, watch(list)]));
}
it.each(fixtures.map(({ name }) => name))("%s", async (name) => {
  const [four, eight] = [await looksAt(name, 4), await looksAt(name, 8)];
  expect([name, four, eight, eight / four].join(" ") ).toBe("");
});
