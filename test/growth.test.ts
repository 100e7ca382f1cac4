import { expect, it } from "vitest";
import type { Sources } from "../engine/joins/links/link.ts";
import { type LinkName, links } from "../engine/joins/links.ts";
import type { Watch } from "../engine/joins/name-index.ts";
import { type AnyModelled, type Model, normalise } from "../engine/model/model.ts";
import { readPlan } from "../engine/plan/read.ts";
import { reportSystem } from "../engine/report/system.ts";
import { joinContext } from "../engine/subjects/context.ts";
import { managedPoliciesOf } from "../engine/subjects/iam/managed-policies-of.ts";
import { buildspecReader } from "../engine/subjects/pipeline/buildspec-reader.ts";
import { settingsOf } from "../engine/subjects/settings.ts";
import { joinSubjects } from "../engine/subjects/subjects.ts";
import { fixtures } from "../fixtures/fixtures.ts";
import { copiedPlan } from "./copied-plan.ts";

/** Counts each element of each list that is looked at. */
function counting(count: () => void): Watch {
  const watched = new WeakMap<readonly unknown[], readonly unknown[]>();
  function watch<C>(list: readonly C[]): readonly C[];
  function watch(list: readonly unknown[]): readonly unknown[] {
    const known = watched.get(list);
    if (known !== undefined) return known;
    const proxy = new Proxy(list, {
      get(target, key, receiver) {
        if (typeof key === "string" && /^\d+$/.test(key)) count();
        return Reflect.get(target, key, receiver);
      },
    });
    watched.set(list, proxy);
    return proxy;
  }
  return watch;
}

function watchModel(model: Model, watch: Watch): Model;
function watchModel(model: Model, watch: Watch): Record<string, readonly AnyModelled[]> {
  return Object.fromEntries(
    Object.entries(model).map(([type, list]: [string, readonly AnyModelled[]]) => [type, watch(list)]),
  );
}

interface Looks {
  /** How many resources and candidates are looked at until a plan is joined, made to subjects and drawn. */
  readonly count: number;
  /** The kinds of joins that the plan has. */
  readonly joined: readonly string[];
}

async function looksAt(fixture: string, copies: number): Promise<Looks> {
  let count = 0;
  const watch = counting(() => {
    count += 1;
  });
  const read = readPlan(copiedPlan(fixture, copies));
  const plan = { ...read, resources: watch(read.resources), stateData: watch(read.stateData) };
  const model = watchModel(normalise(read), watch);
  const context = joinContext(
    plan,
    model,
    settingsOf({}),
    await buildspecReader(model),
    await managedPoliciesOf(model),
    watch,
  );
  joinSubjects(context);
  context.joins.all("facts");
  reportSystem(plan, context.joins);
  const lists = new Map<string, readonly AnyModelled[]>(Object.entries(model));
  const sources: Sources = { ...context.joins, model, ofType: (type) => lists.get(type) ?? [] };
  return { count, joined: Object.keys(links).filter((name) => hasPlaces(name, sources)) };
}

function hasPlaces(name: string, sources: Sources): boolean {
  const link = new Map<string, (typeof links)[LinkName]>(Object.entries(links)).get(name);
  return link?.read(sources).some(({ places }) => places.length > 0) ?? false;
}

/** Only provider 6 has them, and the fixtures are planned with provider 5. */
const ofProvider6 = ["expressImage", "expressParameter", "expressSecret"];

const joined = new Set(ofProvider6);

it.each(fixtures.map(({ name }) => name))(
  "%s: twice the plan takes no more than about twice the looks",
  async (name) => {
    const half = await looksAt(name, 2);
    const whole = await looksAt(name, 4);
    for (const link of half.joined) joined.add(link);
    expect(whole.count).toBeLessThan(2.1 * half.count);
  },
);

it("that is so for every kind of join", () => {
  expect(Object.keys(links).filter((name) => !joined.has(name))).toEqual([]);
});
