import { expect, it } from "vitest";
import { Unknown } from "../engine/plan/unknown.ts";
import { allOf, anyOf, map, not, test } from "../engine/three-valued.ts";

const first = new Unknown("after-apply");
const second = new Unknown("computed");

it.each([
  [[], false, true],
  [[true], true, true],
  [[false], false, false],
  [[true, false], true, false],
  [[first], first, first],
  [[first, true], true, first],
  [[first, false], first, false],
  [[true, first, false], true, false],
  [[first, second], first, first],
  [[null], null, null],
  [[false, null], null, false],
  [[true, null], true, null],
])("%j: any %s, all %s", (values, any, all) => {
  expect([anyOf<Unknown | null>(values), allOf<Unknown | null>(values)]).toEqual([any, all]);
});

it("negates only what is known", () => {
  expect([true, false, first, null].map((value) => not<Unknown | null>(value))).toEqual([false, true, first, null]);
});

it("makes something only of what is known", () => {
  expect(map("ab", (text) => text.length)).toBe(2);
  expect(map("ab", () => first)).toBe(first);
  expect(map<string, number>(first, (text) => text.length)).toBe(first);
  expect(test<string>(first, (text) => text === "ab")).toBe(first);
});
