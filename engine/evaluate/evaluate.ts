import { Engine, type RuleResult, type TopLevelCondition } from "json-rules-engine";
import type { Condition, ConditionValue, ParameterValues, Policy, Severity } from "../policy/policy.ts";
import type { Fact, Subject } from "../subjects/subject.ts";
import { type Folded, fold, type Leaf } from "./fold.ts";
import { operators } from "./operators.ts";
import type { Outcome } from "./outcome.ts";

/** One comparison that brought a verdict about. */
export interface Evidence extends Leaf {
  /** The fact of the subject; null where a parameter of the policy is compared. */
  readonly source: Fact | null;
  /** The parameter that was compared or compared with. */
  readonly parameter: string | null;
}

/** What one policy says of one subject. */
export interface Verdict {
  readonly policy: Policy;
  readonly subject: Subject;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly evidence: readonly Evidence[];
  /** Why the outcome or the severity differs from what the conditions alone say; texts of the policy. */
  readonly because: readonly string[];
  readonly notes: readonly string[];
}

/** Judges subjects of one kind by the policies for that kind. */
export interface Evaluator {
  evaluate(subject: Subject): Promise<Verdict[]>;
}

/**
 * Makes the evaluator of the policies for one kind of subject. Only one evaluation may be under way at a time:
 * overlapping runs of one json-rules-engine lose rules (its `status` is shared).
 */
export function createEvaluator(
  policies: readonly Policy[],
  parametersOf: (policy: Policy) => ParameterValues,
): Evaluator {
  const engine = new Engine([]);
  // Its own operators are two-valued and call a missing value different from everything.
  for (const name of defaultOperators) engine.removeOperator(name);
  for (const [name, { evaluate }] of Object.entries(operators))
    engine.addOperator(name, (fact: unknown, value: unknown) => evaluate(fact, value) === true);
  for (const policy of policies) {
    const parameters = parametersOf(policy);
    for (const [name, value] of Object.entries(parameters)) engine.addFact(parameterFact(policy, name), value);
    for (const [name, condition] of Object.entries(rulesOf(policy))) {
      engine.addRule({ name, conditions: toRuleConditions(condition, policy), event: { type: policy.id } });
    }
  }
  return {
    async evaluate(subject) {
      const facts = Object.fromEntries(Object.entries(subject.facts).map(([name, fact]) => [name, fact.value]));
      const { results, failureResults } = await engine.run(facts);
      const byRule = new Map<string, RuleResult>(
        [...results, ...failureResults].map((result) => [result.name, result]),
      );
      return policies.map((policy) => verdictOf(policy, subject, (rule) => folded(byRule, rule)));
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

function parameterFact(policy: Policy, name: string): string {
  return `${policy.id} ${name}`;
}

/** Each set of conditions of a policy is a rule of its own. */
function rulesOf(policy: Policy): Record<string, Condition> {
  return {
    [policy.id]: policy.conditions,
    ...(policy.when === null ? {} : { [`${policy.id} when`]: policy.when }),
    ...clauseRules(policy, "undecided"),
    ...clauseRules(policy, "severities"),
    ...clauseRules(policy, "notes"),
  };
}

function clauseRules(policy: Policy, part: "undecided" | "severities" | "notes"): Record<string, Condition> {
  return Object.fromEntries(policy[part].map(({ when }, at) => [`${policy.id} ${part} ${at}`, when]));
}

function folded(byRule: ReadonlyMap<string, RuleResult>, rule: string): Folded {
  const result = byRule.get(rule);
  if (result === undefined) throw new TypeError(`json-rules-engine returned no result for the rule "${rule}"`);
  return fold(result.conditions);
}

function verdictOf(policy: Policy, subject: Subject, result: (rule: string) => Folded): Verdict {
  const proven = <C>(part: "undecided" | "severities" | "notes", clauses: readonly C[]) =>
    clauses.filter((_, at) => result(`${policy.id} ${part} ${at}`).truth === true);
  const notes = proven("notes", policy.notes).map(({ because }) => because);
  const base = { policy, subject, severity: policy.severity, because: [], notes };
  const evidenceOf = ({ leaves }: Folded) => leaves.map((leaf) => toEvidence(leaf, policy, subject));

  const applies = policy.when === null ? null : result(`${policy.id} when`);
  if (applies?.truth === false) return { ...base, outcome: "not-applicable", evidence: evidenceOf(applies) };
  const undecided = proven("undecided", policy.undecided);
  const conditions = result(policy.id);
  if (undecided.length > 0) {
    return {
      ...base,
      outcome: "unknown",
      evidence: evidenceOf(conditions),
      because: undecided.map(({ because }) => because),
    };
  }
  const open = policy.undecided
    .map((_, at) => result(`${policy.id} undecided ${at}`))
    .find(({ truth }) => truth === null);
  if (open !== undefined) return { ...base, outcome: "unknown", evidence: evidenceOf(open) };
  // Whether or not the policy applies: what holds is no violation.
  if (conditions.truth !== true && applies?.truth === null)
    return { ...base, outcome: "unknown", evidence: evidenceOf(applies) };
  if (conditions.truth !== false)
    return { ...base, outcome: conditions.truth === null ? "unknown" : "pass", evidence: evidenceOf(conditions) };
  const [severity] = proven("severities", policy.severities);
  return {
    ...base,
    outcome: "fail",
    severity: severity?.severity ?? policy.severity,
    because: severity === undefined ? [] : [severity.because],
    evidence: evidenceOf(conditions),
  };
}

function toEvidence(leaf: Leaf, policy: Policy, subject: Subject): Evidence {
  const source = Object.hasOwn(subject.facts, leaf.fact) ? (subject.facts[leaf.fact] ?? null) : null;
  const compared = source === null ? leaf.fact : leaf.valueFact;
  const prefix = parameterFact(policy, "");
  return { ...leaf, source, parameter: compared?.startsWith(prefix) === true ? compared.slice(prefix.length) : null };
}

/** json-rules-engine wants a boolean operator at the root. */
function toRuleConditions(condition: Condition, policy: Policy): TopLevelCondition {
  const converted = toRuleCondition(condition, policy);
  return "fact" in converted ? { all: [converted] } : converted;
}

type RuleCondition = TopLevelCondition | { fact: string; operator: string; value: unknown };

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
