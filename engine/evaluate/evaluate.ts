import { Engine, Fact as RuleFact, type RuleResult, type TopLevelCondition } from "json-rules-engine";
import { operators } from "../operators/operators.ts";
import { conditionsOf, factsOf } from "../policy/named-facts.ts";
import type { Condition, ConditionValue, ParameterValues, Policy, Severity } from "../policy/policy.ts";
import type { Fact, Subject } from "../subjects/subject.ts";
import { type Folded, fold, type Leaf } from "./fold.ts";
import type { Outcome } from "./outcome.ts";
import { parameterFact } from "./parameter-fact.ts";

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
  // Each fact costs time in every run.
  const used = factsOf(policies);
  for (const policy of policies) {
    const parameters = parametersOf(policy);
    for (const [name, value] of Object.entries(parameters)) engine.addFact(parameterFact(policy, name), value);
    engine.addRule({
      name: policy.id,
      // One rule holds all sets of conditions side by side under `any`: json-rules-engine evaluates all parts of equal
      // priority, and a rule costs more than a condition.
      conditions: { any: conditionsOf(policy).map((part) => toRuleConditions(part, policy)) },
      event: { type: policy.id },
    });
  }
  return {
    async evaluate(subject) {
      // Constants need no cache, whose keys json-rules-engine would hash for each.
      const facts = Object.fromEntries(
        used.map((name) => [name, new RuleFact(name, subject.facts[name]?.value, { cache: false })]),
      );
      const { results, failureResults } = await engine.run(facts);
      const byRule = new Map<string, RuleResult>(
        [...results, ...failureResults].map((result) => [result.name, result]),
      );
      return policies.map((policy) => verdictOf(policy, subject, foldParts(policy, byRule.get(policy.id))));
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

interface FoldedParts {
  readonly conditions: Folded;
  readonly when: Folded | null;
  readonly undecided: readonly Folded[];
  readonly severities: readonly Folded[];
  readonly notes: readonly Folded[];
}

function foldParts(policy: Policy, result: RuleResult | undefined): FoldedParts {
  if (result === undefined || !("any" in result.conditions)) {
    throw new TypeError(`json-rules-engine returned no result for the rule "${policy.id}"`);
  }
  const parts = result.conditions.any.map((part) => fold(part));
  const [conditions, ...rest] = parts;
  if (conditions === undefined) throw new TypeError(`the rule "${policy.id}" has no conditions`);
  const when = policy.when === null ? null : (rest.shift() ?? null);
  const take = (clauses: readonly unknown[]) => rest.splice(0, clauses.length);
  return {
    conditions,
    when,
    undecided: take(policy.undecided),
    severities: take(policy.severities),
    notes: take(policy.notes),
  };
}

function verdictOf(policy: Policy, subject: Subject, parts: FoldedParts): Verdict {
  const proven = <C>(clauses: readonly C[], folded: readonly Folded[]) =>
    clauses.filter((_, at) => folded[at]?.truth === true);
  const evidenceOf = ({ leaves }: Folded) => leaves.map((leaf) => toEvidence(leaf, policy, subject));
  const notes = proven(policy.notes, parts.notes).map(({ because }) => because);
  const base = { policy, subject, severity: policy.severity, because: [], notes };
  const { conditions, when } = parts;

  if (when?.truth === false) return { ...base, outcome: "not-applicable", evidence: evidenceOf(when) };
  const undecided = proven(policy.undecided, parts.undecided);
  if (undecided.length > 0) {
    const because = undecided.map((clause) => clause.because);
    return { ...base, outcome: "unknown", evidence: evidenceOf(conditions), because };
  }
  const open = parts.undecided.find(({ truth }) => truth === null);
  if (open !== undefined) return { ...base, outcome: "unknown", evidence: evidenceOf(open) };
  if (conditions.truth === true) return { ...base, outcome: "pass", evidence: evidenceOf(conditions) };
  // Whether or not the policy applies: only what holds is no violation.
  if (when?.truth === null) return { ...base, outcome: "unknown", evidence: evidenceOf(when) };
  if (conditions.truth === null) return { ...base, outcome: "unknown", evidence: evidenceOf(conditions) };
  const [severity] = proven(policy.severities, parts.severities);
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
