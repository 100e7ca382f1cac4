import fc from "fast-check";
import { expect, it } from "vitest";
import { createEvaluator } from "../../engine/evaluate/evaluate.ts";
import { prepareOperators } from "../../engine/operators/operators.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { factsOf, operatorsOf } from "../../engine/policy/named-facts.ts";
import type { Policy } from "../../engine/policy/policy.ts";
import { isKind } from "../../engine/subjects/kinds.ts";
import type { Fact, Subject } from "../../engine/subjects/subject.ts";
import { pack } from "../../policies/pack.ts";
import { holds } from "../thorough.ts";

const defaults = ({ parameters }: Policy) =>
  Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));

/** The values that the policy's own examples give a fact, and two unknown ones, which wait on different things. */
function valuesOf({ examples }: Policy, name: string): unknown[] {
  const given = Object.values(examples).flat();
  const known = given.flatMap((example) => (Object.hasOwn(example, name) ? [example[name]] : []));
  const readable = known.filter((value) => typeof value !== "object" || value === null || Array.isArray(value));
  return [...readable, new Unknown("stated", [], "one"), new Unknown("stated", [], "another")];
}

/** Subjects of the policy's kind with facts of its examples in any mixture. */
function subjectsOf(policy: Policy): fc.Arbitrary<Subject> {
  const { subject: kind } = policy;
  if (!isKind(kind)) throw new TypeError(`${policy.id} has no kind`);
  const facts = factsOf([policy]).map(
    (name) => [name, fc.constantFrom(...valuesOf(policy, name)).map(toFact)] as const,
  );
  return fc.record({
    kind: fc.constant(kind),
    address: fc.constantFrom("aws_x.one", "aws_x.other"),
    name: fc.constant(null),
    action: fc.constant("create" as const),
    facts: fc.record(Object.fromEntries(facts)),
  });
}

function toFact(value: unknown): Fact {
  const state = value instanceof Unknown ? ("unknown" as const) : ("known" as const);
  return { state, value, path: null, address: null, sensitive: false, note: null };
}

const evaluator = (policy: Policy) => createEvaluator([policy], defaults, () => true);

it.each(pack.map((policy) => [policy.id, policy] as const))(
  "%s concludes of a subject what it concludes of it alone, with the subject's own facts as evidence",
  async (_, policy) => {
    await prepareOperators(operatorsOf([policy]));
    await holds(
      fc.asyncProperty(fc.array(subjectsOf(policy), { minLength: 2, maxLength: 12 }), async (subjects) => {
        const shared = evaluator(policy);
        for (const subject of subjects)
          expect(await shared.evaluate(subject)).toEqual(await evaluator(policy).evaluate(subject));
      }),
      "check",
    );
  },
);
