import fc from "fast-check";
import { expect, it } from "vitest";
import type { Finding, Report } from "../../engine/index.ts";
import { isJsonObject } from "../../engine/plan/json.ts";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { checkAll, encode, type PlanJson, planDocument, subjectId } from "../check-fixture.ts";
import { drawn, holds, howToRepeat } from "../thorough.ts";

type Values = Record<string, unknown> | null;

interface States {
  readonly before: Values;
  readonly after: Values;
}

/** The fixtures whose plans are about changes and no states, or cannot be judged. */
const others = ["destroy", "errored", "targeted"];
const states = fixtureNames.filter((name) => !others.includes(name));

/** What the provider has read back of an object is no part of one that is new, so that it has no other way round. */
const first = states.filter((name) => !name.startsWith("later-plans/"));

it("a plan after which all is as before introduces nothing and fixes nothing", { timeout: 600_000 }, async () => {
  for (const name of drawn(states, "fixture")) {
    const settled = planBetween(name, (values) => ({ before: values, after: values }));
    // Something changes, so that both states are judged.
    const plan = { ...settled, output_changes: { note: { actions: ["update"], before: "old", after: "new" } } };
    const { changes, fixed } = await changesOf(plan);
    expect(
      [changes.filter(({ change }) => change === "introduced" || change === "worse").map(shown), fixed.map(shown)],
      `${name}. ${howToRepeat()}`,
    ).toEqual([[], []]);
  }
});

it("a change the other way round fixes what the one introduces", { timeout: 600_000 }, () =>
  holds(
    fc.asyncProperty(fc.constantFrom(...first), fc.infiniteStream(fc.nat(11)), async (name, draws) => {
      const next = () => draws.next().value ?? 0;
      const pairs = new Map<string, readonly [Values, Values]>();
      const pairOf = (address: string, values: Values) => {
        const known = pairs.get(address) ?? ([values, altered(values, next)] as const);
        pairs.set(address, known);
        return known;
      };
      const there = planBetween(name, (values, address) => {
        const [after, before] = pairOf(address, values);
        return { before, after };
      });
      const back = planBetween(name, (values, address) => {
        const [before, after] = pairOf(address, values);
        return { before, after };
      });
      const [one, other] = [await changesOf(there), await changesOf(back)];
      const introduced = ({ changes }: Changes) => lines(changes.filter(({ change }) => change === "introduced"));
      expect(introduced(one)).toEqual(lines(other.fixed));
      expect(introduced(other)).toEqual(lines(one.fixed));
    }),
    "check",
  ),
);

interface Changes {
  readonly changes: readonly Finding[];
  readonly fixed: readonly Finding[];
}

/** What is about the plan itself, and what goes with it, has no other way round. */
function isOfState({ subject: { kind } }: Finding): boolean {
  return kind !== "destroyed-resource" && kind !== "plan";
}

async function changesOf(plan: PlanJson): Promise<Changes> {
  const { findings, fixed = [] }: Report = await checkAll(encode(plan), { all: false });
  return { changes: findings.filter(isOfState), fixed: fixed.filter(isOfState) };
}

function shown({ change, verdict, policy, subject }: Finding): string {
  return `${change} ${verdict} ${policy} ${subjectId(subject)}`;
}

function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ verdict, policy, subject }) => `${verdict} ${policy} ${subjectId(subject)}`).sort();
}

/** The plan that makes one state of a fixture's resources into another; what Terraform does not know yet is not set. */
function planBetween(name: string, statesOf: (values: Values, address: string) => States): PlanJson {
  const plan = planDocument(name);
  const changes = plan.resource_changes.flatMap((resource) => {
    const { after } = resource.change;
    if (resource.mode !== "managed" || after === null || resource["deposed"] !== undefined) return [];
    const states = statesOf(after, resource.address);
    if (states.before === null && states.after === null) return [];
    const actions = [actionBetween(states)];
    const { previous_address: _, ...settled } = resource;
    return [
      {
        ...settled,
        change: { actions, ...states, after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
      },
    ];
  });
  return {
    ...plan,
    planned_values: undefined,
    prior_state: undefined,
    resource_drift: undefined,
    resource_changes: changes,
  };
}

function actionBetween({ before, after }: States): string {
  if (before === null) return "create";
  if (after === null) return "delete";
  return JSON.stringify(before) === JSON.stringify(after) ? "no-op" : "update";
}

/** The values as they are, or none, or with some of them changed. */
function altered(values: Values, next: () => number): Values {
  const draw = next();
  if (draw < 4 || values === null) return values;
  if (draw === 4) return null;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, next() > 8 ? changed(value) : value]));
}

function changed(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return value.length > 1 ? value.slice(1) : value.map(changed);
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, changed(part)]));
  return value;
}
