import { createEvaluator, type Verdict } from "./evaluate/evaluate.ts";
import { isListed } from "./evaluate/outcome.ts";
import { groupBy } from "./group-by.ts";
import { append } from "./lists.ts";
import { prepareOperators } from "./operators/operators.ts";
import { factsInProblems, factsOf, operatorsOf } from "./policy/named-facts.ts";
import type { ParameterValues, Policy } from "./policy/policy.ts";
import { relatedCounts } from "./related-counts.ts";
import type { JoinContext } from "./subjects/context.ts";
import { withMarks } from "./subjects/marks.ts";
import { withOrigins } from "./subjects/origins.ts";
import { withRelated } from "./subjects/resource/related-facts.ts";
import { resourceSubjects, type WantedAttributes } from "./subjects/resource/resource-subjects.ts";
import type { Subject } from "./subjects/subject.ts";
import { joinSubjects } from "./subjects/subjects.ts";

/** Judges one kind of subjects after the other, so that the facts of one kind at most are held at once. */
export async function evaluateAll(
  context: JoinContext,
  policies: readonly Policy[],
  { parameters = {}, all = false }: { readonly parameters?: ParameterValues; readonly all?: boolean },
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const resources = groupBy(
    resourceSubjects(context.plan, wantedAttributes(policies), context.settings),
    ({ type }) => type,
  );
  for (const [{ subject: kind, type }, own] of groupBySubject(policies)) {
    const plain = type === null ? ownSubjects(context, kind) : (resources.get(type) ?? []);
    const subjects = await relatedSubjects(plain, own, context, parameters);
    if (subjects.length === 0) continue;
    await prepareOperators(operatorsOf(own));
    const evaluator = createEvaluator(
      own,
      (policy) => parametersOf(policy, parameters),
      (outcome) => isListed(outcome, all),
    );
    for (const subject of subjects) append(verdicts, await evaluator.evaluate(subject));
  }
  return verdicts;
}

/** A policy that names related resources stands alone in its group. */
async function relatedSubjects(
  subjects: readonly Subject[],
  own: readonly Policy[],
  context: JoinContext,
  parameters: ParameterValues,
): Promise<readonly Subject[]> {
  const [policy] = own;
  if (policy === undefined || subjects.length === 0 || Object.keys(policy.related).length === 0) return subjects;
  const counts = await relatedCounts(policy, parametersOf(policy, parameters), context);
  return withRelated(subjects, policy.related, counts, [...factsOf(own), ...factsInProblems(own)], context);
}

function ownSubjects(context: JoinContext, kind: string): Subject[] {
  return withMarks(withOrigins(joinSubjects(context, new Set([kind])), context.plan), context.plan);
}

function groupBySubject(policies: readonly Policy[]): [Policy, Policy[]][] {
  // The names of related resources are a policy's own.
  const keyOf = ({ subject, type, related, id }: Policy) =>
    `${subject} ${type ?? ""} ${Object.keys(related).length === 0 ? "" : id}`;
  return [...groupBy(policies, keyOf).values()].flatMap((group) => (group[0] === undefined ? [] : [[group[0], group]]));
}

/** The attributes that policies of resources compare, or name in their sentences. */
function wantedAttributes(policies: readonly Policy[]): WantedAttributes {
  const own = policies.flatMap((policy) => (policy.type === null ? [] : [{ policy, type: policy.type }]));
  const byType = groupBy(own, ({ type }) => type);
  return new Map(
    [...byType].map(([type, group]) => {
      const ofType = group.map(({ policy }) => policy);
      return [type, new Set([...factsOf(ofType), ...factsInProblems(ofType)])];
    }),
  );
}

/** A policy's own value of a parameter counts before the one for all policies, and that before the default. */
function parametersOf(policy: Policy, given: ParameterValues): ParameterValues {
  const own = given[policy.id];
  const specific = typeof own === "object" && own !== null && !Array.isArray(own) ? own : {};
  const values = Object.entries(policy.parameters).map(([name, parameter]) => {
    const value = Object.entries(specific).find(([key]) => key === name)?.[1] ?? given[name] ?? parameter.default;
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}
