import fc from "fast-check";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import { describe, expect, it } from "vitest";
import { fold } from "../../engine/evaluate/fold.ts";
import { operators } from "../../engine/operators/operators.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { holds } from "../thorough.ts";

const values = ["x", "y", "z"];
const scalars = fc.constantFrom(...values);
const lists = fc.array(scalars, { maxLength: 3 });

/** Comparisons of string facts (a, b) and list facts (c, d). */
const comparison = fc.oneof(
  fc.record({ fact: fc.constantFrom("a", "b"), operator: fc.constantFrom("equal", "notEqual"), value: scalars }),
  fc.record({
    fact: fc.constantFrom("a", "b"),
    operator: fc.constantFrom("in", "notIn", "matchesAny", "matchesNone"),
    value: lists,
  }),
  fc.record({
    fact: fc.constantFrom("c", "d"),
    operator: fc.constantFrom("contains", "doesNotContain"),
    value: scalars,
  }),
  fc.record({
    fact: fc.constantFrom("c", "d"),
    operator: fc.constantFrom("everyIn", "everyMatchesAny"),
    value: lists,
  }),
  fc.record({ fact: fc.constantFrom("c", "d"), operator: fc.constant("isEmpty"), value: fc.boolean() }),
);

type Leaf = { fact: string; operator: string; value: unknown };
type Tree = { all: (Tree | Leaf)[] } | { any: (Tree | Leaf)[] } | { not: Tree | Leaf };

const { tree } = fc.letrec<{ tree: Tree; node: Tree | Leaf }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("node") }),
  ),
  node: fc.oneof({ depthSize: "small", withCrossShrink: true }, comparison, tie("tree")),
}));

/** Facts, and for each whether the plan tells it; elements of lists may be unknown one by one. */
const known = fc.record({ a: scalars, b: scalars, c: lists, d: lists });
const hidden = fc.record({
  a: fc.boolean(),
  b: fc.boolean(),
  c: fc.constantFrom("whole", "first", "none"),
  d: fc.constantFrom("whole", "first", "none"),
});

type Facts = Readonly<Record<string, unknown>>;

async function truth(conditions: TopLevelCondition, facts: Facts) {
  const engine = new Engine([]);
  for (const [name, { evaluate }] of Object.entries(operators)) {
    engine.addOperator(name, (fact: unknown, value: unknown) => evaluate(fact, value) === true);
  }
  engine.addRule({ name: "rule", conditions, event: { type: "rule" } });
  const { results, failureResults } = await engine.run({ ...facts });
  return fold([...results, ...failureResults][0]?.conditions).truth;
}

function hide(facts: { a: string; b: string; c: string[]; d: string[] }, how: Record<string, boolean | string>): Facts {
  const unknown = new Unknown("stated");
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const hiding = how[name];
      if (hiding === true || hiding === "whole") return [name, unknown];
      return [name, hiding === "first" && Array.isArray(value) ? [unknown, ...value.slice(1)] : value];
    }),
  );
}

it("is sound: what is proven with unknown facts holds for every completion of them", async () => {
  let [definite, all] = [0, 0];
  const property = fc.asyncProperty(tree, known, hidden, async (conditions, facts, how) => {
    const proven = await truth(conditions, hide(facts, how));
    all += 1;
    if (proven === null) return;
    definite += 1;
    expect(await truth(conditions, facts)).toBe(proven);
  });
  await holds(property, "text");
  // The property would hold of a fold that never decides.
  expect(definite).toBeGreaterThan(all / 10);
});

it("never leaves known facts undecided", async () => {
  const property = fc.asyncProperty(tree, known, async (conditions, facts) => {
    expect(await truth(conditions, facts)).not.toBeNull();
  });
  await holds(property, "text");
});

it.each([
  ["a missing value is not different from everything", { not: { fact: "a", operator: "notEqual", value: "x" } }, null],
  [
    "a decided part decides any",
    {
      any: [
        { fact: "a", operator: "equal", value: "x" },
        { fact: "b", operator: "equal", value: "y" },
      ],
    },
    true,
  ],
  [
    "a decided part decides all",
    {
      all: [
        { fact: "a", operator: "equal", value: "x" },
        { fact: "b", operator: "equal", value: "x" },
      ],
    },
    false,
  ],
  [
    "an undecided part leaves all open",
    {
      all: [
        { fact: "a", operator: "equal", value: "x" },
        { fact: "b", operator: "equal", value: "y" },
      ],
    },
    null,
  ],
])("%s", async (_, conditions, expected) => {
  expect(await truth(conditions, { a: new Unknown("stated"), b: "y" })).toBe(expected);
});

/** A leaf of json-rules-engine's result tree: a comparison with what was compared. */
const leaf = (fact: string, actual: unknown, wanted: unknown, value: unknown = wanted) => ({
  fact,
  operator: "equal",
  value,
  factResult: actual,
  valueResult: wanted,
});
const [holding, failing, open] = [leaf("holds", 1, 1), leaf("fails", 1, 2), leaf("open", new Unknown("stated"), 1)];
const [on, off] = [leaf("@T-1 on", true, true), leaf("@T-1 off", false, true)];
const names = (node: unknown) => fold(node).leaves.map(({ fact }) => fact);

describe("the comparisons that brought a truth about", () => {
  it.each<[string, unknown, string[]]>([
    ["all that hold", { all: [holding, on] }, ["holds", "@T-1 on"]],
    ["those that fail, under all", { all: [holding, failing, open] }, ["fails"]],
    ["those that hold, under any", { any: [holding, failing, open, on] }, ["holds", "@T-1 on"]],
    ["those that are open", { any: [failing, open] }, ["open"]],
    ["the parameter alone that closes a way, whatever the facts are", { all: [failing, off] }, ["@T-1 off"]],
    [
      "no parameter beside facts in a part of its own",
      { all: [{ any: [off, failing] }, failing] },
      ["@T-1 off", "fails", "fails"],
    ],
    [
      "a fact that is compared with a parameter is one of the plan",
      { all: [leaf("size", 1, 2, { fact: "@T-1 most" }), failing] },
      ["size", "fails"],
    ],
    [
      "a parameter that is compared with a fact too",
      { all: [leaf("@T-1 most", 1, 2, { fact: "size" }), failing] },
      ["@T-1 most", "fails"],
    ],
    [
      "two parameters that are compared close a way",
      { all: [failing, leaf("@T-1 most", 1, 2, { fact: "@T-1 least" })] },
      ["@T-1 most"],
    ],
  ])("%s", (_, node, expected) => {
    expect(names(node)).toEqual(expected);
  });

  it("say what was compared, under how many `not`, and where the value came from", () => {
    const { truth: found, leaves } = fold({ not: { all: [leaf("size", 1, 2, { fact: "most" }), { not: holding }] } });
    expect([found, leaves]).toEqual([
      true,
      [
        { fact: "size", operator: "equal", factResult: 1, valueResult: 2, valueFact: "most", negated: true },
        { fact: "holds", operator: "equal", factResult: 1, valueResult: 1, valueFact: null, negated: false },
      ],
    ]);
    const sources = [null, { fact: 5 }, { other: "fact" }, "fact"].map(
      (value) => fold(leaf("a", 1, 1, value)).leaves[0]?.valueFact,
    );
    expect(sources).toEqual([null, null, null, null]);
  });
});

it("what is no result tree is an error, and no verdict", () => {
  for (const node of [null, undefined, "all", 1])
    expect(() => fold(node)).toThrow("json-rules-engine returned no result tree");
  expect(() => fold({ fact: "a", operator: "resembles" })).toThrow('a leaf with the operator "resembles"');
  // A member of that name that is no list is none of the engine's.
  expect(() => fold({ all: holding })).toThrow('a leaf with the operator ""');
  expect(() => fold({ any: holding })).toThrow('a leaf with the operator ""');
});
