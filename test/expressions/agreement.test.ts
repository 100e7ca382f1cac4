import { expect, it } from "vitest";
import { compareWithPlan } from "../../engine/expressions/agreement.ts";
import { bool, num, text } from "../../engine/expressions/value.ts";

it.each([
  ["0", num(0)],
  ["an empty text", text("")],
  ["false", bool(false)],
])("the plan may have no value where %s is written", (_name, value) => {
  expect(compareWithPlan(null, false, value, "count")).toEqual({ equal: 0, differing: [] });
});

it.each([
  ["2", num(2)],
  ["a text", text("0")],
  ["true", bool(true)],
])("the plan and the source differ where the plan has no value and %s is written", (_name, value) => {
  expect(compareWithPlan(null, false, value, "count")).toEqual({ equal: 0, differing: ["count"] });
});
