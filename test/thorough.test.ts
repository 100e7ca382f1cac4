import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, holds, howToRepeat, some } from "./thorough.ts";

const command =
  /^To repeat: PLIMSOLL_SEED=\d+ (?:PLIMSOLL_THOROUGH=\w+ )?npx vitest run --config \.config\/vitest\.config\.ts test\/thorough\.test\.ts -t '/m;

describe("a property", () => {
  it("that does not hold (it's meant to) fails with the counterexample and the command that repeats the run", async () => {
    const failing = holds(
      fc.property(fc.nat(), (number) => number < 5),
      "text",
    );
    await expect(failing).rejects.toThrow(command);
    await expect(failing).rejects.toThrow(/Counterexample: \[5\]/);
    await expect(failing).rejects.toThrow(
      "-t 'a property that does not hold \\(it'\\''s meant to\\) fails with the counterexample and the command that repeats the run'",
    );
  });

  it("takes the cases that were found once first, and others after them", async () => {
    const seen: number[] = [];
    const property = fc.property(fc.nat(), (number) => {
      seen.push(number);
    });
    await holds(property, "small", [[-1], [-2]]);
    expect(seen.slice(0, 2)).toEqual([-1, -2]);
    expect(seen.length).toBeGreaterThan(10);
  });

  it("takes the same cases for the same seed and test", async () => {
    const runs = [0, 1].map(async () => {
      const seen: number[] = [];
      await holds(
        fc.property(fc.nat(), (number) => void seen.push(number)),
        "small",
      );
      return seen;
    });
    const [one, other] = await Promise.all(runs);
    expect(one).toEqual(other);
  });
});

describe("a list", () => {
  const numbers = Array.from({ length: 5_000 }, (_, at) => at);

  it("is taken in part or whole, each item once, in an order by the seed and the name", () => {
    const taken = [...drawn(numbers, "place")];
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThan(1);
    expect([...drawn(numbers, "place")]).toEqual(taken);
    expect(some(numbers, "place", "a name")).toEqual(some(numbers, "place", "a name"));
    expect(some(numbers, "place", "a name")).not.toEqual(some(numbers, "place", "another name"));
  });

  it("that is short is taken whole", () => {
    expect([...drawn([1, 2], "place")].sort()).toEqual([1, 2]);
  });

  it("goes on until something is told, to its end where nothing is", () => {
    let sum = 0;
    for (const number of drawn(numbers, "place", () => sum > 100_000)) sum += number;
    expect(sum).toBeGreaterThan(100_000);
    expect([...drawn(numbers, "place", () => false)]).toHaveLength(numbers.length);
  });
});

it("the command names the file and the test", () => {
  expect(howToRepeat()).toMatch(command);
  expect(howToRepeat()).toContain("-t 'the command names the file and the test'");
});
