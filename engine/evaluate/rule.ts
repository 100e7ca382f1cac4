import { Engine, Fact, type RuleResult } from "json-rules-engine";
import type { Operator } from "../operators/operator.ts";
import { operatorNamed } from "../operators/operators.ts";
import { ownMember } from "../plan/json.ts";
import { conditionsOf } from "../policy/named-facts.ts";
import type { Condition, ConditionValue, ParameterValues, Policy } from "../policy/policy.ts";
import type { Subject } from "../subjects/subject.ts";
import type { Truth } from "../three-valued.ts";
import { parameterFact } from "./parameter-fact.ts";

export type Facts = Subject["facts"];

/** A policy as a rule of json-rules-engine. */
export interface Rule {
  /**
   * What the operators answer for each comparison of the rule, as a text: subjects for which they answer the same get the
   * same result trees but for the values in their leaves.
   */
  readonly answers: (facts: Facts) => string;
  /**
   * Only one run may be under way at a time: overlapping runs of one engine lose rules (its `status` is shared).
   * @returns the result trees of the sets of conditions, in the order of `conditionsOf`
   */
  readonly run: (facts: Facts) => Promise<readonly unknown[]>;
}

export function ruleOf(policy: Policy, parameters: ParameterValues): Rule {
  const parts = conditionsOf(policy).map((part) => toRuleConditions(part, policy));
  const comparisons = distinct(parts.flatMap(comparisonsOf));
  const constants = new Map(Object.entries(parameters).map(([name, value]) => [parameterFact(policy, name), value]));
  const engine = new Engine();
  // Its own operators are two-valued and call a missing value different from everything.
  for (const name of defaultOperators) engine.removeOperator(name);
  for (const name of new Set(comparisons.map(({ operator }) => operator))) {
    const { evaluate } = operatorOf(name);
    engine.addOperator(name, (fact: unknown, value: unknown) => evaluate(fact, value) === true);
  }
  for (const [name, value] of constants) engine.addFact(constant(name, value));
  // One rule holds all sets of conditions side by side under `any`: json-rules-engine evaluates all parts of equal
  // priority, and a rule costs more than a condition.
  engine.addRule({ name: policy.id, conditions: { any: parts }, event: { type: policy.id } });
  const names = [...new Set(comparisons.flatMap(factsIn))].filter((name) => !constants.has(name));
  const compared = comparisons.map((comparison) => comparing(comparison, constants));
  return {
    answers: (facts) => compared.map((answer) => answer(facts)).join(),
    run: async (facts) => {
      const given = Object.fromEntries(names.map((name) => [name, constant(name, facts[name]?.value)]));
      const { results, failureResults } = await engine.run(given);
      return partsOf(policy, results[0] ?? failureResults[0]);
    },
  };
}

const defaultOperators = [
  "equal",
  "notEqual",
  "in",
  "notIn",
  "contains",
  "doesNotContain",
  "lessThan",
  "lessThanInclusive",
  "greaterThan",
  "greaterThanInclusive",
];

/** Constants need no cache, whose keys json-rules-engine would hash in every run. */
function constant(name: string, value: unknown): Fact {
  return new Fact(name, value, { cache: false });
}

function partsOf(policy: Policy, result: RuleResult | undefined): readonly unknown[] {
  if (result === undefined || !("any" in result.conditions)) {
    throw new TypeError(`json-rules-engine returned no result for the rule "${policy.id}"`);
  }
  return result.conditions.any;
}

interface RuleComparison {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
}

type RuleConditions = { all: RuleCondition[] } | { any: RuleCondition[] } | { not: RuleCondition };
type RuleCondition = RuleConditions | RuleComparison;

function comparisonsOf(condition: RuleCondition): RuleComparison[] {
  if ("all" in condition) return condition.all.flatMap(comparisonsOf);
  if ("any" in condition) return condition.any.flatMap(comparisonsOf);
  return "not" in condition ? comparisonsOf(condition.not) : [condition];
}

function distinct(comparisons: readonly RuleComparison[]): RuleComparison[] {
  return [...new Map(comparisons.map((comparison) => [JSON.stringify(comparison), comparison])).values()];
}

/** @param constants the values of the policy's parameters */
function comparing(comparison: RuleComparison, constants: ReadonlyMap<string, unknown>): (facts: Facts) => Truth {
  const { evaluate } = operatorOf(comparison.operator);
  const [fact, operand] = factsIn(comparison).map(
    (name) => (facts: Facts) => (constants.has(name) ? constants.get(name) : facts[name]?.value),
  );
  return (facts) => evaluate(fact?.(facts), operand === undefined ? comparison.value : operand(facts));
}

/** The fact that is compared, and the one that it is compared with, if any. */
function factsIn({ fact, value }: RuleComparison): string[] {
  const operand = ownMember(value, "fact");
  return typeof operand === "string" ? [fact, operand] : [fact];
}

function operatorOf(name: string): Operator {
  const operator = operatorNamed(name);
  if (operator === null) throw new TypeError(`there is no operator "${name}"`);
  return operator;
}

/** json-rules-engine wants a boolean operator at the root. */
function toRuleConditions(condition: Condition, policy: Policy): RuleConditions {
  const converted = toRuleCondition(condition, policy);
  return "fact" in converted ? { all: [converted] } : converted;
}

function toRuleCondition(condition: Condition, policy: Policy): RuleCondition {
  const inner = (part: Condition) => toRuleCondition(part, policy);
  if ("all" in condition) return { all: condition.all.map(inner) };
  if ("any" in condition) return { any: condition.any.map(inner) };
  if ("not" in condition) return { not: inner(condition.not) };
  if ("condition" in condition) {
    const shared = policy.sharedConditions[condition.condition];
    if (shared === undefined) throw new TypeError(`${policy.id} has no shared condition "${condition.condition}"`);
    return inner(shared);
  }
  const fact = "fact" in condition ? condition.fact : parameterFact(policy, condition.parameter);
  return { fact, operator: condition.operator, value: toRuleValue(condition.value, policy) };
}

/** A parameter is a fact of the engine, so that the result tree still tells its name. */
function toRuleValue(value: ConditionValue, policy: Policy): unknown {
  return typeof value === "object" && value !== null && "parameter" in value
    ? { fact: parameterFact(policy, value.parameter) }
    : value;
}
