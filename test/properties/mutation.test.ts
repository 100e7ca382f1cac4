import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planBytes } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { holds } from "../thorough.ts";

/** Every place in a JSON value, as the object that holds it and its key there. */
function places(value: unknown): { holder: object; key: string }[] {
  const found: { holder: object; key: string }[] = [];
  const left: unknown[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const key of Object.keys(next)) {
      found.push({ holder: next, key });
      const inner = Reflect.get(next, key);
      if (typeof inner === "object" && inner !== null) left.push(inner);
    }
  }
  return found;
}

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

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  to: fc.nat(replacements.length),
});

/** Puts other values in some places of a plan, or takes them out. */
function mutate(plan: unknown, mutations: readonly { at: number; to: number }[]): unknown {
  const copy = structuredClone(plan);
  for (const { at, to } of mutations) {
    const all = places(copy);
    const place = all[Math.floor(at * all.length)];
    if (place === undefined) continue;
    if (to === replacements.length) Reflect.deleteProperty(place.holder, place.key);
    else Reflect.set(place.holder, place.key, structuredClone(replacements[to]));
  }
  return copy;
}

const shared = join(dirname(fileURLToPath(import.meta.url)), "../../../shared/plans");
const publicPlans = existsSync(shared) ? readdirSync(shared).filter((file) => file.endsWith(".json")) : [];
const plans: [string, () => Uint8Array][] = [
  ...["ecs", "iam", "first-plan", "shop/faulty"].map((name): [string, () => Uint8Array] => [
    name,
    () => planBytes(name),
  ]),
  ...publicPlans.map((file): [string, () => Uint8Array] => [file, () => readFileSync(join(shared, file))]),
];

describe("a plan with wrong values in it ends in a named exit code, without a stack trace", () => {
  it.each(plans)("%s", async (_, read) => {
    const plan: unknown = JSON.parse(new TextDecoder().decode(read()));
    const property = fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 8 }), async (mutations) => {
      const stdin = new TextEncoder().encode(JSON.stringify(mutate(plan, mutations)));
      for (const args of [
        ["check", "-", "--all"],
        ["facts", "-"],
      ]) {
        const { code, out, error } = await command(args, { stdin });
        expect([0, 1, 3]).toContain(code);
        expect(`${out}${error}`).not.toMatch(
          /^\s+at .*(?::\d+:\d+|<anonymous>|native)\)?$|an error inside of plimsoll/m,
        );
      }
    });
    await holds(property, "check");
  });
});
