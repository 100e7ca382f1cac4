import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureNames, planFile } from "../../fixtures/fixtures.ts";
import { encode, type PlanJson } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { holds, some, tried } from "../thorough.ts";
import { type Place, placesIn } from "./places.ts";

const replacements: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  "",
  "x",
  "${x}",
  [],
  [null],
  {},
  { references: ["x.y"] },
  [[[{}]]],
  "__proto__",
];

/** Which place, counted round, and which of the replacements, or none. */
interface Mutation {
  readonly at: number;
  readonly to: number;
}

/** A few mutations anywhere in a plan, which then is often none any more, and many in the values of its resources. */
interface Mutations {
  readonly anywhere: readonly Mutation[];
  readonly inValues: readonly Mutation[];
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  // No fraction: half of all floating point numbers between 0 and 1 lie so near to 0 that they mean the first place.
  at: fc.nat(),
  to: fc.nat(replacements.length),
});
const mutations: fc.Arbitrary<Mutations> = fc.record({
  anywhere: fc.array(mutation, { maxLength: 4 }),
  inValues: fc.array(mutation, { minLength: 1, maxLength: 40 }),
});

/** Puts other values in some places of a plan, or takes them out. */
function mutate(plan: PlanJson, { anywhere, inValues }: Mutations): PlanJson {
  const copy = structuredClone(plan);
  const values = placesIn(copy.resource_changes.map(({ change }) => change.after));
  const all = anywhere.length === 0 ? [] : placesIn(copy);
  for (const each of inValues) put(each, values);
  for (const each of anywhere) put(each, all);
  return copy;
}

function put({ at, to }: Mutation, all: readonly Place[]): void {
  const place = all[at % all.length];
  if (place === undefined) return;
  if (to === replacements.length) Reflect.deleteProperty(place.holder, place.key);
  else Reflect.set(place.holder, place.key, structuredClone(replacements[to]));
}

const shared = join(dirname(fileURLToPath(import.meta.url)), "../../../shared/plans");
const publicPlans = existsSync(shared) ? readdirSync(shared).filter((file) => file.endsWith(".json")) : [];
const plans = [
  ...some(fixtureNames, "fixture", "mutation").map((name) => ({ name, file: planFile(name) })),
  ...publicPlans.map((name) => ({ name, file: join(shared, name) })),
];

describe("a plan with wrong values in it ends in a named exit code, without a stack trace", () => {
  it.each(plans.map(({ name, file }) => [name, file] as const))("%s", async (_, file) => {
    const plan: PlanJson = JSON.parse(readFileSync(file, "utf8"));
    const property = fc.asyncProperty(mutations, async (changes) => {
      const stdin = encode(mutate(plan, changes));
      for (const args of [
        ["check", "-", "--all"],
        ["facts", "-"],
      ]) {
        const { code, out, error } = await command(args, { stdin });
        tried(`mutated plans, exit code ${code}`);
        expect([0, 1, 3]).toContain(code);
        expect(`${out}${error}`).not.toMatch(
          /^\s+at .*(?::\d+:\d+|<anonymous>|native)\)?$|an error inside of plimsoll/m,
        );
      }
    });
    await holds(property, "check");
  });
});
