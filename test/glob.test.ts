import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, matchesGlob, patternsMeet } from "../engine/glob.ts";
import { holds } from "./thorough.ts";

describe("whether one pattern covers another", () => {
  it.each<[wide: string, narrow: string, expected: boolean]>([
    ["*", "", true],
    ["", "*", false],
    ["*", "a?c", true],
    ["?", "a", true],
    ["a", "?", false],
    ["?", "*", false],
    // A run of stars may be empty.
    ["?*", "*", false],
    ["?*", "*?", true],
    ["*??", "?*?", true],
    ["a*b", "ab", true],
    ["a?*b", "a*b", false],
    ["a?*b", "a*xb", true],
    ["a?b", "a*b", false],
    ["*a*", "*b*", false],
    ["*a*", "*bab*", true],
    ["*a*a*", "*a*", false],
    ["*ab*", "*a*b*", false],
    // The second d stands one character behind c however long the run is.
    ["*c?*d*", "c*dd", true],
    ["*c?*d*", "c*d", false],
    // A sample text can hide behind the names of a pattern, a pattern cannot.
    ["*q*", "*", false],
    ["*w*", "?*", false],
    ["ecr:*", "ecr:Batch*", true],
    ["ecr:Batch*", "ecr:*", false],
    ["ecr:*Image", "ecr:Put?mage", false],
    ["ecr:*?mage", "ecr:Put?mage", true],
    ["arn:*:ecr:*:repository/*", "arn:aws:ecr:eu-west-1:111122223333:repository/shop/*", true],
    ["arn:aws:s3:::*/*", "arn:aws:s3:::artifacts/*", true],
    ["arn:aws:s3:::*/*", "arn:aws:s3:::artifacts*", false],
  ])("%s covers %s: %s", (wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });

  it("takes time in proportion to both lengths", () => {
    const wide = `${"*a".repeat(2000)}${"?".repeat(2000)}`;
    const narrow = `${"a*?".repeat(2000)}b`;
    expect(covers(wide, narrow)).toBe(false);
    expect(covers(narrow, narrow)).toBe(true);
  });
});

describe("whether two patterns meet", () => {
  it.each<[one: string, other: string, expected: boolean]>([
    ["a*", "*b", true],
    ["a*", "b*", false],
    ["a?c", "ab?", true],
    ["", "*", true],
    ["", "?", false],
    ["*a", "*b", false],
    ["ecr:Put*", "ecr:*Image", true],
    ["ecr:Put*", "ecs:*", false],
  ])("%s and %s: %s", (one, other, expected) => {
    expect(patternsMeet(one, other)).toBe(expected);
    expect(patternsMeet(other, one)).toBe(expected);
  });
});

/** All texts over three letters up to a length; no pattern below names the last letter. */
function texts(longest: number): string[] {
  const all = [""];
  for (let from = 0, length = 1; length <= longest; length += 1) {
    const to = all.length;
    for (; from < to; from += 1) for (const letter of "abz") all.push(`${all[from] ?? ""}${letter}`);
  }
  return all;
}

describe("on random patterns", () => {
  const everyText = texts(8);
  const pattern = fc
    .array(fc.constantFrom("a", "b", "?", "*"), { maxLength: 4 })
    .map((characters) => characters.join(""));

  /** Of two random patterns one seldom covers the other: half of the narrow ones are made of the wide one. */
  const pair = fc
    .tuple(pattern, pattern, fc.array(pattern, { maxLength: 3 }), fc.boolean())
    .map(([wide, other, runs, isMade]) => {
      const left = [...runs];
      return { wide, narrow: isMade ? wide.replace(/\*/g, () => left.shift() ?? "*").slice(0, 6) : other };
    });

  it("covers says what trying every text says", async () => {
    await holds(
      fc.property(pair, ({ wide, narrow }) => {
        const expected = everyText.every((text) => !matchesGlob(text, narrow) || matchesGlob(text, wide));
        expect(covers(wide, narrow)).toBe(expected);
      }),
      "text",
    );
  });

  it("patternsMeet says what trying every text says", async () => {
    await holds(
      fc.property(pattern, pattern, (one, other) => {
        const expected = everyText.some((text) => matchesGlob(text, one) && matchesGlob(text, other));
        expect(patternsMeet(one, other)).toBe(expected);
      }),
      "text",
    );
  });
});
