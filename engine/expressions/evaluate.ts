import { callFunction } from "./call.ts";
import { type Context, OverBudget, type Step } from "./context.ts";
import { convert } from "./convert.ts";
import { grouped, type Made, pairsOf, partialPairsOf, someOf } from "./for-pairs.ts";
import { parseNumber } from "./number.ts";
import { binary, unary } from "./operators.ts";
import { eitherOf } from "./partial.ts";
import type { Expression, ForExpression, ObjectEntry } from "./syntax.ts";
import { concatenated } from "./text.ts";
import { attributeOf, elementOf } from "./traverse.ts";
import { typeOf, unify } from "./type.ts";
import {
  EvaluationError,
  hole,
  holeOf,
  isKnown,
  isSensitive,
  list,
  mapping,
  marked,
  markedBy,
  nothing,
  num,
  type Type,
  text,
  tuple,
  type Value,
} from "./value.ts";
import { stepsOf, weightOf } from "./weight.ts";

const deepest = 400;

/** Heavier values are none that AWS takes. */
const heaviest = 4_000_000;

const naming = new Set<Expression["kind"]>(["name", "attribute", "index", "item"]);

/**
 * Works out an expression. What is not known, and what plimsoll does not work out, is a hole.
 * @throws EvaluationError where Terraform has an error
 * @throws OverBudget
 */
export function evaluate(expression: Expression, context: Context): Value {
  const { budget } = context.environment;
  budget.steps -= 1;
  if (budget.steps < 0 || budget.depth > deepest) throw new OverBudget();
  budget.depth += 1;
  try {
    const value = evaluateKind(expression, context);
    const weight = weightOf(value);
    if (weight > heaviest) throw new OverBudget();
    // To name a value takes no time, to make one takes as long as it is heavy.
    if (!naming.has(expression.kind)) budget.steps -= stepsOf(weight);
    return value;
  } finally {
    budget.depth -= 1;
  }
}

function evaluateKind(expression: Expression, context: Context): Value {
  switch (expression.kind) {
    case "string":
      return text(expression.text);
    case "number":
      return numberOf(expression.text);
    case "bool":
      return { kind: "bool", value: expression.value };
    case "null":
      return nothing;
    case "item":
      return context.item ?? nothing;
    case "unreadable":
      return hole("dynamic", { reason: "the expression cannot be read" });
    case "template":
      return templateOf(expression.parts, context);
    case "join":
      return risky(joined(evaluate(expression.each, context)), context);
    case "tuple":
      return tuple(expression.elements.map((element) => evaluate(element, context)));
    case "object":
      return objectOf(expression.entries, context);
    case "name":
    case "attribute":
    case "index":
      return traversal(expression, context);
    case "splat":
      return risky(splat(expression.of, expression.each, context), context);
    case "call":
      return neverFails.has(expression.name)
        ? callFunction(expression, context, evaluate)
        : risky(callFunction(expression, context, evaluate), context);
    case "conditional":
      return conditional(expression, context);
    case "for":
      return risky(forEach(expression, context), context);
    case "binary":
      return risky(
        binary(expression.operator, evaluate(expression.left, context), evaluate(expression.right, context)),
        context,
      );
    case "unary":
      return risky(unary(expression.operator, evaluate(expression.of, context)), context);
  }
}

/** What is a hole may turn out to be an error. */
function risky(value: Value, { environment }: Context): Value {
  if (value.kind === "hole") environment.budget.risks += 1;
  return value;
}

function numberOf(digits: string): Value {
  const found = parseNumber(digits);
  return found === null ? hole("number", { reason: "the number is too large" }) : num(found);
}

/** Functions that take every value. */
const neverFails = new Set(["jsonencode", "yamlencode"]);

function templateOf(parts: readonly (string | Expression)[], context: Context): Value {
  const values = parts.map((part) => partOf(part, context));
  const made = concatenated(values);
  const areTexts = values.every((value) => value.kind !== "hole" || (value.type === "string" && value.isNotNull));
  return areTexts ? made : risky(made, context);
}

function partOf(part: string | Expression, context: Context): Value {
  return typeof part === "string" ? text(part) : evaluate(part, context);
}

function joined(made: Value): Value {
  if (made.kind !== "sequence") return holeOf("string", [made]);
  return markedBy(concatenated(made.elements), [made]);
}

function objectOf(entries: readonly ObjectEntry[], context: Context): Value {
  const found: [string, Value][] = [];
  let sensitive = false;
  for (const entry of entries) {
    const value = evaluate(entry.value, context);
    const key = convert(evaluate(entry.key, context), "string");
    if (key.kind === "null") throw new EvaluationError("a key is null");
    if (key.kind !== "string") return risky(holeOf("dynamic", [key, value, ...found.map(([, each]) => each)]), context);
    sensitive ||= key.sensitive === true;
    found.push([key.value, value]);
  }
  return marked(mapping("object", found), sensitive);
}

/** The first name of a traversal and the steps behind it; null where it begins with something else. */
function chainOf(expression: Expression): { root: string; steps: (string | Expression)[] } | null {
  const steps: (string | Expression)[] = [];
  let at = expression;
  while (at.kind === "attribute" || at.kind === "index") {
    steps.push(at.kind === "attribute" ? at.name : at.key);
    at = at.of;
  }
  return at.kind === "name" ? { root: at.name, steps: steps.reverse() } : null;
}

function traversal(expression: Expression, context: Context): Value {
  const chain = chainOf(expression);
  if (chain === null) {
    if (expression.kind !== "attribute" && expression.kind !== "index") return nothing;
    const of = evaluate(expression.of, context);
    return stepInto(of, expression.kind === "attribute" ? expression.name : expression.key, context);
  }
  const own = context.names.get(chain.root);
  if (own !== undefined) return chain.steps.reduce<Value>((value, step) => stepInto(value, step, context), own);
  const steps = chain.steps.map(
    (step): Step => (typeof step === "string" ? { name: step } : { key: evaluate(step, context) }),
  );
  const found = context.environment.resolve(chain.root, steps);
  if (found === null) return risky(hole("dynamic", { reason: `there is no ${chain.root}` }), context);
  return steps
    .slice(found.taken)
    .reduce<Value>(
      (value, step) => ("name" in step ? named(value, step.name, context) : keyed(value, step.key, context)),
      found.value,
    );
}

function stepInto(value: Value, step: string | Expression, context: Context): Value {
  return typeof step === "string" ? named(value, step, context) : keyed(value, evaluate(step, context), context);
}

function named(value: Value, name: string, context: Context): Value {
  return value.kind === "hole" ? risky(attributeOf(value, name), context) : attributeOf(value, name);
}

function keyed(value: Value, key: Value, context: Context): Value {
  const isHole = value.kind === "hole" || key.kind === "hole";
  return isHole ? risky(elementOf(value, key), context) : elementOf(value, key);
}

/** Source: the HCL native syntax specification, "Splat Operators". */
function splat(of: Expression, each: Expression, context: Context): Value {
  const source = evaluate(of, context);
  if (source.kind === "hole") return holeOf("dynamic", [source]);
  if (source.kind === "null") return marked(tuple([]), source.sensitive);
  const isSequence = source.kind === "sequence";
  if (isSequence && source.of === "set" && !isKnown(source)) return holeOf("dynamic", [source]);
  const items = isSequence ? source.elements : [source];
  const made = items.map((item) => evaluate(each, { ...context, item: marked(item, source.sensitive) }));
  const isTuple = !isSequence || source.of === "tuple";
  return marked(isTuple ? tuple(made) : list(made), source.sensitive);
}

function conditional(
  { condition, whenTrue, otherwise }: Expression & { kind: "conditional" },
  context: Context,
): Value {
  const test = convert(evaluate(condition, context), "bool");
  if (test.kind === "null") throw new EvaluationError("a condition is null");
  if (test.kind !== "bool") {
    const branches = [whenTrue, otherwise].map((branch) => aside(branch, context));
    const type = unify(branches.map(typeOf)) ?? "dynamic";
    return risky(eitherBranch(branches, type, test) ?? holeOf(type, [test, ...branches]), context);
  }
  const chosen = evaluate(test.value ? whenTrue : otherwise, context);
  const other = aside(test.value ? otherwise : whenTrue, context);
  return marked(asUnified(chosen, other), test.sensitive);
}

/** What both branches have in common, where these are objects or maps; null where nothing tells what they have. */
function eitherBranch(branches: readonly Value[], type: Type, test: Value): Value | null {
  if (typeof type === "string" || (type.kind !== "object" && type.kind !== "map")) return null;
  const [one, other] = branches.map((branch) => (branch.kind === "mapping" ? convert(branch, type) : nothing));
  return one?.kind === "mapping" && other?.kind === "mapping" ? eitherOf(one, other, [test]) : null;
}

/** A branch that is not taken, for its type: an error in it is none. */
function aside(expression: Expression, context: Context): Value {
  const { budget } = context.environment;
  const { risks } = budget;
  try {
    return evaluate(expression, context);
  } catch (error) {
    if (error instanceof EvaluationError) return hole("dynamic");
    throw error;
  } finally {
    budget.risks = risks;
  }
}

/** The result has a type that both branches can have. */
function asUnified(chosen: Value, other: Value): Value {
  const types = [chosen, other].map(typeOf);
  if (types.includes("dynamic")) return chosen;
  const type = unify(types);
  if (type === null) throw new EvaluationError("the branches of a condition have different types");
  return convert(chosen, type);
}

/** Source: the HCL native syntax specification, "For Expressions". */
function forEach(expression: ForExpression & { readonly line: number }, context: Context): Value {
  const collection = evaluate(expression.collection, context);
  const isObject = expression.resultKey !== null && !expression.isGrouped;
  const pairs = pairsOf(collection) ?? (isObject ? partialPairsOf(collection) : null);
  if (pairs === null) return holeOf("dynamic", [collection]);
  const made: Made[] = [];
  const conditions: Value[] = [];
  for (const { key, value, mayBeMissing = false } of pairs) {
    const names = new Map(context.names);
    names.set(expression.value, marked(value, collection.sensitive));
    if (expression.key !== null) names.set(expression.key, marked(key, collection.sensitive));
    const inner = { ...context, names };
    const test = conditionOf(expression, inner);
    conditions.push(test);
    if (test.kind === "bool" && !test.value) continue;
    const isOpen = test.kind !== "bool";
    if (isOpen && !isObject) return holeOf("dynamic", [test, collection]);
    const resultKey = expression.resultKey === null ? null : convert(evaluate(expression.resultKey, inner), "string");
    made.push({ key: resultKey, value: evaluate(expression.result, inner), mayBeMissing: mayBeMissing || isOpen });
  }
  if (made.some(({ mayBeMissing }) => mayBeMissing)) return someOf(made, [collection, ...conditions]);
  const result = expression.resultKey === null ? tuple(made.map(({ value }) => value)) : grouped(made, expression);
  return marked(result, collection.sensitive === true || conditions.some(isSensitive));
}

function conditionOf({ condition }: ForExpression, context: Context): Value {
  if (condition === null) return { kind: "bool", value: true };
  const test = convert(evaluate(condition, context), "bool");
  if (test.kind === "null") throw new EvaluationError("the condition of a for is null");
  return test;
}
