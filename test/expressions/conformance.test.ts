import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { functionNames } from "../../engine/expressions/call.ts";
import { typeOf } from "../../engine/expressions/type.ts";
import { holeMark, plain, typeText, workedOut } from "./evaluating.ts";
import { casesOf, groups, here, type Result } from "./terraform.ts";

/** Where Terraform 1.11 leaves a value unknown that is decided all the same. */
const decided: Readonly<Record<string, unknown>> = {
  "[local.u, 1] == [local.u, 2]": false,
  "false && local.d": false,
  "true || local.d": true,
  [`endswith("x\${local.u}yz", "yz")`]: true,
  [`strcontains("hello\${local.u}", "ell")`]: true,
  "can({ a = local.u }.a)": true,
};

const results: readonly { group: string; results: readonly Result[] }[] = groups.map((group) => ({
  group,
  results: JSON.parse(readFileSync(join(here, "results", `${group}.json`), "utf8")),
}));

/** Numbers as the plan has them are doubles; what is written in text is compared digit by digit elsewhere. */
function asPlan(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPlan);
  if (typeof value !== "object" || value === null) return value;
  const digits = "number" in value ? value.number : undefined;
  if (typeof digits === "string") return Number(digits);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asPlan(each)]));
}

/** A type with `dynamic` wherever plimsoll does not tell it: of null, and of what is empty. */
function typeAsFar(own: unknown, real: unknown): unknown {
  if (own === "dynamic") return real;
  if (Array.isArray(own) && Array.isArray(real)) return own.map((each, at) => typeAsFar(each, real[at]));
  if (typeof own !== "object" || own === null || typeof real !== "object" || real === null) return own;
  return Object.fromEntries(Object.entries(own).map(([key, each]) => [key, typeAsFar(each, Reflect.get(real, key))]));
}

describe.each(results)("as Terraform works it out: $group", ({ group, results: all }) => {
  it("every case has its result", () => {
    expect(all.map(({ expression }) => expression)).toEqual(casesOf(group));
  });

  it.each(all)("$expression", ({ expression, error, value, unknown, type }) => {
    const own = workedOut(expression);
    if (own === "error") {
      expect(error).toBe(true);
      return;
    }
    const made = asPlan(plain(own));
    if (error === true) expect(made).toBe(holeMark);
    else if (unknown === undefined) {
      expect(made).toEqual(value);
      expect(typeAsFar(typeText(typeOf(own)), type)).toEqual(type);
    } else if (Object.hasOwn(decided, expression)) expect(made).toBe(decided[expression]);
    else expect(JSON.stringify(made)).toContain(holeMark);
  });
});

it("every function has five cases at least, and one of them a hole where it takes arguments", () => {
  const all = results.flatMap((each) => each.results.map(({ expression }) => expression));
  const wanting = functionNames().flatMap((name) => {
    const own = all.filter((expression) => new RegExp(`(?<![\\w])${name}\\(`).test(expression));
    const isRead = /^file|^template|^abspath|sensitive|^ephemeral/.test(name);
    return isRead || (own.length >= 5 && own.some((expression) => /local\.[ud]/.test(expression))) ? [] : [name];
  });
  expect(wanting).toEqual([]);
});
