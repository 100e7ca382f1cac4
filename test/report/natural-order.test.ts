import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNatural } from "../../cli/reporters/natural-order.ts";
import { holds } from "../thorough.ts";

it.each([
  ["web-2", "web-10"],
  ["web_1", "web-1"],
  ["a", "B"],
  ["a", "A"],
  ["a1", "aa"],
  ["01", "1"],
])("%s stands before %s", (one, other) => {
  expect([compareNatural(one, other), compareNatural(other, one)].map(Math.sign)).toEqual([-1, 1]);
});

const collator = new Intl.Collator("en", { numeric: true });
const ascii = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(..."abAB019-_.[") },
    { weight: 1, arbitrary: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) },
  ),
  maxLength: 8,
});

it("texts in ASCII have the order that Unicode's collation gives them", () =>
  holds(
    fc.property(ascii, ascii, ascii, (start, one, other) => {
      const [ones, others] = [`${start}${one}`, `${start}${other}`];
      // What it takes for equal is ordered by its characters.
      const order =
        Math.sign(collator.compare(ones, others)) || Math.sign(Number(ones > others) - Number(ones < others));
      expect(Math.sign(compareNatural(ones, others))).toBe(order);
    }),
    "text",
  ));
