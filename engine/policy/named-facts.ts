import type { Condition, Policy } from "./policy.ts";
import { factsInText } from "./problem-text.ts";

/** All sets of conditions of a policy: what must hold first, then `when`, then those of its clauses and problems. */
export function conditionsOf({ conditions, when, undecided, severities, notes, problem }: Policy): Condition[] {
  const clauses = [...undecided, ...severities, ...notes].map((clause) => clause.when);
  const problems = problem.flatMap((text) => text.when ?? []);
  return [conditions, ...(when === null ? [] : [when]), ...clauses, ...problems];
}

/** The facts that any condition of the policies reads. */
export function factsOf(policies: readonly Policy[]): string[] {
  return [...new Set(comparisonsOf(policies).flatMap(({ facts }) => facts))];
}

/** The facts that the problem texts of the policies name. */
export function factsInProblems(policies: readonly Policy[]): string[] {
  return [...new Set(policies.flatMap(({ problem }) => problem.flatMap(({ text }) => factsInText(text))))];
}

/** The operators that any condition of the policies names. */
export function operatorsOf(policies: readonly Policy[]): Set<string> {
  return new Set(comparisonsOf(policies).map(({ operator }) => operator));
}

/** The operators that a parameter of the policy is the value of. */
export function parameterUses(policy: Policy, parameter: string): string[] {
  const ofRelated = Object.values(policy.related).flatMap(({ where }) => (where === null ? [] : comparisons(where)));
  return [...comparisonsOf([policy]), ...ofRelated].flatMap(({ operator, value }) =>
    value === parameter ? operator : [],
  );
}

interface NamedComparison {
  readonly operator: string;
  readonly facts: readonly string[];
  /** The parameter that is compared with; null where none is. */
  readonly value: string | null;
}

function comparisonsOf(policies: readonly Policy[]): NamedComparison[] {
  return policies
    .flatMap((policy) => [...conditionsOf(policy), ...Object.values(policy.sharedConditions)])
    .flatMap(comparisons);
}

function comparisons(condition: Condition): NamedComparison[] {
  if ("all" in condition) return condition.all.flatMap(comparisons);
  if ("any" in condition) return condition.any.flatMap(comparisons);
  if ("not" in condition) return comparisons(condition.not);
  if ("condition" in condition) return [];
  const { value, operator } = condition;
  const operand: { fact?: string; parameter?: string } =
    typeof value === "object" && value !== null && !isList(value) ? value : {};
  const named = "fact" in condition ? [condition.fact] : [];
  return [
    {
      operator,
      facts: operand.fact === undefined ? named : [...named, operand.fact],
      value: operand.parameter ?? null,
    },
  ];
}

function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value);
}
