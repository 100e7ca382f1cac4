import { prepareOperators } from "../operators/operators.ts";
import { isJsonObject } from "../plan/json.ts";
import { Unknown } from "../plan/unknown.ts";
import { factsOf, operatorsOf } from "../policy/named-facts.ts";
import type { Example, Policy } from "../policy/policy.ts";
import { isKind } from "../subjects/kinds.ts";
import type { Fact, Subject } from "../subjects/subject.ts";
import { createEvaluator } from "./evaluate.ts";
import type { Outcome } from "./outcome.ts";

/** An example of a policy file, with what the policy says of it. */
export interface ExampleResult {
  readonly expected: Outcome;
  readonly actual: Outcome;
  readonly example: Example;
  /** Its place among those of the same verdict, from 0. */
  readonly at: number;
}

/** Judges the examples of a policy, with the defaults of the parameters that they do not name. */
export async function runExamples(policy: Policy): Promise<ExampleResult[]> {
  await prepareOperators(operatorsOf([policy]));
  const results: ExampleResult[] = [];
  for (const expected of ["pass", "fail", "unknown", "not-applicable"] as const) {
    for (const [at, example] of policy.examples[expected].entries()) {
      const parameters = Object.fromEntries(
        Object.entries(policy.parameters).map(([name, each]) => [
          name,
          Object.hasOwn(example, name) ? example[name] : each.default,
        ]),
      );
      const evaluator = createEvaluator(
        [policy],
        () => parameters,
        () => false,
      );
      const [verdict] = await evaluator.evaluate(exampleSubject(policy, example));
      if (verdict !== undefined) results.push({ expected, actual: verdict.outcome, example, at });
    }
  }
  return results;
}

/** Facts that an example leaves out are unknown: what it expects must not depend on them. */
function exampleSubject(policy: Policy, example: Example): Subject {
  const { subject: kind, type } = policy;
  const facts = factsOf([policy]).map((name): [string, Fact] => {
    const given = Object.hasOwn(example, name) ? example[name] : { unknown: "not given by the example" };
    const value = Array.isArray(given) ? given.map(exampleValue) : exampleValue(given);
    const state = value instanceof Unknown ? "unknown" : "known";
    return [name, { state, value, path: null, address: null, sensitive: false, note: null }];
  });
  const base = { address: "example", name: null, action: "create" as const, facts: Object.fromEntries(facts) };
  if (kind === "resource") return { kind, ...(type === null ? {} : { type }), ...base };
  if (!isKind(kind)) throw new TypeError(`there is no subject of the kind "${kind}"`);
  return { kind, ...base };
}

function exampleValue(given: unknown): unknown {
  return isJsonObject(given) ? new Unknown("stated", [], String(given["unknown"])) : given;
}
