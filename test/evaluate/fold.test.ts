import fc from "fast-check";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import { expect, it } from "vitest";
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
