import { describe, expect, it } from "vitest";
import { toPlan } from "../../engine/expressions/to-plan.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { workedOut } from "./evaluating.ts";

const open = "(may be missing or is not known)";

function show(value: unknown): unknown {
  if (value instanceof Unknown) return value.known.json === undefined ? open : { json: show(value.known.json) };
  if (Array.isArray(value)) return value.map(show);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, show(each)]));
}

function shown(expression: string): unknown {
  const value = workedOut(expression);
  return value === "error" ? value : show(toPlan(value));
}

// `local.d` may be anything; what it decides leaves the other entries as they are.
describe("objects of which entries may be missing keep the others", () => {
  it.each<[string, unknown]>([
    ['merge({ a = "x", b = "y" }, local.d ? { c = "z" } : {})', { a: "x", b: "y", c: open }],
    ['merge(local.d ? { a = "z" } : {}, { a = "x" })', { a: "x" }],
    ['merge({ a = "x" }, local.d ? { a = "z" } : {})', { a: open }],
    ['merge({ a = "x" }, local.d ? { a = "x" } : {})', { a: "x" }],
    ['merge({ a = "x" }, null, local.d ? { b = "z" } : {})', { a: "x", b: open }],
    ['local.d ? { a = "x", b = "y" } : { a = "x", b = "z" }', { a: "x", b: open }],
    ["local.d ? { a = { b = 1, c = 2 } } : { a = { b = 1, c = 3 } }", { a: { b: 1, c: open } }],
    ['{ for k, v in { a = "x", b = "y" } : k => v if k != local.u }', { a: open, b: open }],
    ['{ for k, v in { a = "x", b = "y" } : k => v if k == "a" || local.d }', { a: "x", b: open }],
    ['{ for k, v in merge({ a = "x" }, local.d ? { b = "y" } : {}) : upper(k) => v }', { A: "x", B: open }],
    ['merge({ a = "x" }, local.d ? { b = "y" } : {}).a', "x"],
    ['merge({ a = "x" }, local.d ? { b = "y" } : {})["a"]', "x"],
    ['lookup(merge({ a = "x" }, local.d ? { b = "y" } : {}), "a", "z")', "x"],
    ['jsondecode(jsonencode(merge({ a = "x" }, local.d ? { b = "y" } : {}))).a', "x"],
    ['jsonencode(merge({ a = "x" }, local.d ? { b = "y" } : {}))', { json: { a: "x", b: open } }],
  ])("%s", (expression, expected) => {
    expect(shown(expression)).toEqual(expected);
  });
});

describe("what asks which entries there are is not known", () => {
  const whole = 'merge({ a = "x" }, local.d ? { b = "y" } : {})';
  it.each([
    `keys(${whole})`,
    `length(${whole})`,
    `values(${whole})`,
    `[for k, v in ${whole} : v]`,
    `contains(keys(${whole}), "b")`,
    `${whole} == { a = "x" }`,
    `${whole}.b`,
    `lookup(${whole}, "b", "z")`,
    `try(${whole}.a, "z")`,
    `try(${whole}.b, "z")`,
    `can(${whole}.b)`,
    'merge({ a = "x" }, local.d)',
    "merge(local.d, { a = 1 }, local.d)",
    '[for v in ["a", "b"] : v if v != local.u]',
    '{ for v in ["a", "a"] : v => 1 if v != local.u }',
    '{ for v in ["a", "b"] : v => 1... if v != local.u }',
    'local.d ? { a = "x" } : local.d',
  ])("%s", (expression) => {
    expect(shown(expression)).toBe(open);
  });

  it("what can never be there is an error, as in Terraform", () => {
    expect(shown(`${whole}.c`)).toBe("error");
  });
});
