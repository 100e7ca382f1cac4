import { createEvaluator, type Verdict } from "./evaluate/evaluate.ts";
import { prepareOperators } from "./operators/operators.ts";
import { type Maybe, Unknown } from "./plan/unknown.ts";
import { factsOf, operatorsOf } from "./policy/named-facts.ts";
import { type Condition, type ParameterValues, type Policy, resourceSubject } from "./policy/policy.ts";
import type { JoinContext } from "./subjects/context.ts";
import type { Counts } from "./subjects/resource/related-facts.ts";
import { resourceSubjects } from "./subjects/resource/resource-subjects.ts";

/** What counts for each relation of a policy that says so: every resource of its type is judged once. */
export async function relatedCounts(
  policy: Policy,
  parameters: ParameterValues,
  context: JoinContext,
): Promise<ReadonlyMap<string, Counts>> {
  const counts = new Map<string, Counts>();
  for (const [name, { type, where }] of Object.entries(policy.related)) {
    if (where !== null) counts.set(name, await countsWhere(asPolicy(policy, type, where), type, parameters, context));
  }
  return counts;
}

/** What must hold of a related resource, as a policy of resources of its type. */
function asPolicy(policy: Policy, type: string, where: Condition): Policy {
  const clauses = { sharedConditions: {}, when: null, undecided: [], severities: [], notes: [], problem: [] };
  return { ...policy, subject: resourceSubject, type, related: {}, conditions: where, ...clauses };
}

async function countsWhere(
  policy: Policy,
  type: string,
  parameters: ParameterValues,
  { plan, settings }: JoinContext,
): Promise<Counts> {
  await prepareOperators(operatorsOf([policy]));
  const evaluator = createEvaluator(
    [policy],
    () => parameters,
    (outcome) => outcome === "unknown",
  );
  const byAddress = new Map<string, Maybe<boolean>>();
  for (const subject of resourceSubjects(plan, new Map([[type, new Set(factsOf([policy]))]]), settings)) {
    for (const verdict of await evaluator.evaluate(subject)) {
      if (subject.address !== null) byAddress.set(subject.address, truthOf(verdict, subject.address));
    }
  }
  return ({ address }) => byAddress.get(address) ?? false;
}

function truthOf({ outcome, evidence }: Verdict, address: string): Maybe<boolean> {
  if (outcome !== "unknown") return outcome === "pass";
  const facts = [...new Set(evidence.map(({ fact }) => fact))].join(", ");
  return new Unknown("no-join", [], `whether ${address} counts (${facts})`);
}
