import type { Mistake, Path } from "../files/mistake.ts";
import { nearest } from "../files/nearest.ts";
import { unknownName } from "../files/unknown-name.ts";
import type { Operator } from "../operators/operator.ts";
import { operatorNamed, operators } from "../operators/operators.ts";
import { isJsonObject } from "../plan/json.ts";
import type { FactType } from "../subjects/kinds/fact-schemas.ts";
import type { FactScope } from "./fact-scope.ts";
import type { Condition, ConditionValue, Scalar } from "./policy.ts";

/** A parameter; of one that is not written rightly the type is null, so that everything fits. */
interface KnownParameter {
  readonly type: FactType | null;
  readonly default: unknown;
}

/** What conditions may name. */
export interface ConditionScope {
  readonly facts: FactScope;
  readonly parameters: ReadonlyMap<string, KnownParameter>;
  readonly sharedConditions: ReadonlySet<string>;
  readonly report: (mistake: Mistake) => void;
}

const booleanKeys = ["all", "any", "not", "condition"] as const;
export const deepestCondition = 50;

/** Checks conditions as json-rules-engine has them; null where there was a mistake, which `scope.report` was told. */
export function checkCondition(node: unknown, path: Path, scope: ConditionScope): Condition | null {
  if (path.length > deepestCondition) return fail(scope, path, "conditions nest too deep");
  if (!isJsonObject(node))
    return fail(
      scope,
      path,
      'a condition is an object with "all", "any", "not", "condition", or "fact", "operator" and "value"',
    );
  const keys = booleanKeys.filter((key) => Object.hasOwn(node, key));
  const [key] = keys;
  if (key === undefined) return checkComparison(node, path, scope);
  const others = Object.keys(node).filter((name) => name !== key);
  if (others.length > 0) {
    for (const other of others)
      scope.report({ path: [...path, other], message: `"${other}" may not stand beside "${key}"`, ofKey: true });
    return null;
  }
  switch (key) {
    case "all":
    case "any": {
      const parts = checkList(node[key], [...path, key], key, scope);
      if (parts === null) return null;
      return key === "all" ? { all: parts } : { any: parts };
    }
    case "not": {
      const inner = checkCondition(node["not"], [...path, "not"], scope);
      return inner === null ? null : { not: inner };
    }
    case "condition": {
      const name = node["condition"];
      if (typeof name === "string" && scope.sharedConditions.has(name)) return { condition: name };
      return fail(
        scope,
        [...path, "condition"],
        typeof name === "string"
          ? unknownName("shared condition", name, [...scope.sharedConditions])
          : "must be the name of a shared condition",
      );
    }
  }
}

function fail(scope: ConditionScope, path: Path, message: string): null {
  scope.report({ path, message });
  return null;
}

function checkList(list: unknown, path: Path, key: string, scope: ConditionScope): Condition[] | null {
  if (!Array.isArray(list)) return fail(scope, path, `"${key}" must be a list of conditions`);
  // json-rules-engine calls an empty list true, also under "any".
  if (list.length === 0) return fail(scope, path, `"${key}" must not be empty`);
  const parts = list.map((part: unknown, at) => checkCondition(part, [...path, at], scope));
  const whole = parts.filter((part) => part !== null);
  return whole.length === parts.length ? whole : null;
}

function checkComparison(node: Readonly<Record<string, unknown>>, path: Path, scope: ConditionScope): Condition | null {
  const { fact, parameter, operator, value } = {
    fact: undefined,
    parameter: undefined,
    operator: undefined,
    value: undefined,
    ...node,
  };
  let whole = true;
  const mistake: ReportAt = (at, message, ofKey = false) => {
    scope.report({ path: at === null ? path : [...path, at], message, ofKey });
    whole = false;
  };
  for (const key of Object.keys(node)) checkComparisonKey(key, mistake);
  const type = operandType(fact, parameter, scope, mistake);
  const found = checkOperator(operator, type, mistake);
  if (!Object.hasOwn(node, "value")) mistake(null, "value is missing");
  const checked = checkValue(value, found, type, scope, (message) => mistake("value", message));
  if (!whole || checked === undefined || typeof operator !== "string") return null;
  if (typeof fact === "string") return { fact, operator, value: checked };
  return typeof parameter === "string" ? { parameter, operator, value: checked } : null;
}

/** Reports a mistake at a key of the comparison, or at the comparison itself. */
type ReportAt = (at: string | null, message: string, ofKey?: boolean) => void;

const comparisonKeys = ["fact", "parameter", "operator", "value"];

function checkComparisonKey(key: string, mistake: ReportAt): void {
  if (comparisonKeys.includes(key)) return;
  const reasons: Readonly<Record<string, string>> = {
    priority: 'unknown key "priority"; it would leave conditions unevaluated',
    path: 'unknown key "path"; facts are flat, each has a name of its own',
  };
  const reason = Object.hasOwn(reasons, key) ? reasons[key] : undefined;
  mistake(key, reason ?? unknownName("key", key, comparisonKeys), true);
}

/** The type of what is compared; null where it is not known, so that everything fits. */
function operandType(fact: unknown, parameter: unknown, scope: ConditionScope, mistake: ReportAt): FactType | null {
  if ((fact === undefined) === (parameter === undefined)) {
    mistake(null, 'a comparison names one "fact" or one "parameter"');
    return null;
  }
  if (fact !== undefined) {
    if (typeof fact !== "string") mistake("fact", "must be the name of a fact");
    else {
      const found = scope.facts.find(fact);
      if (found === null || typeof found !== "object") return found;
      mistake("fact", found.mistake);
    }
    return null;
  }
  const found = typeof parameter === "string" ? scope.parameters.get(parameter) : undefined;
  if (found === undefined)
    mistake("parameter", unknownName("parameter", String(parameter), [...scope.parameters.keys()]));
  return found?.type ?? null;
}

function checkOperator(operator: unknown, type: FactType | null, mistake: ReportAt): Operator | null {
  const found = typeof operator === "string" ? operatorNamed(operator) : null;
  const fitting = Object.keys(operators).filter((name) => type === null || operatorNamed(name)?.facts.includes(type));
  const forType = type === null ? "there are" : `operators for a ${type}`;
  if (operator === undefined) mistake(null, `operator is missing; ${forType}: ${fitting.join(", ")}`);
  else if (found === null) {
    const near = nearest(String(operator), Object.keys(operators));
    const hint = near === null ? `${forType}: ${fitting.join(", ")}` : `did you mean "${near}"?`;
    mistake("operator", `unknown operator "${String(operator)}"; ${hint}`);
  } else if (type !== null && !found.facts.includes(type))
    mistake("operator", `"${String(operator)}" does not fit a ${type}; operators for it: ${fitting.join(", ")}`);
  return found;
}

function checkValue(
  value: unknown,
  operator: Operator | null,
  type: FactType | null,
  scope: ConditionScope,
  mistake: (message: string) => void,
): ConditionValue | undefined {
  if (isJsonObject(value)) return checkOperand(value, operator, scope, mistake);
  if (Array.isArray(value)) return checkListValue(value, operator, type, mistake);
  if (!isScalar(value)) return undefined;
  const expected = operator?.value ?? null;
  if (expected === "list") mistake("the value must be a list");
  else if (expected !== null && expected !== "scalar" && typeof value !== expected)
    mistake(`the value must be a ${expected}`);
  else if (expected === "scalar" && type !== null && type !== "list" && value !== null && typeof value !== type)
    mistake(`the value must be a ${type}`);
  return value;
}

function checkListValue(
  value: readonly unknown[],
  operator: Operator | null,
  type: FactType | null,
  mistake: (message: string) => void,
): Scalar[] {
  const scalars = value.filter(isScalar);
  if (scalars.length !== value.length) mistake("a list holds strings, numbers, booleans and null only");
  else if (operator !== null && operator.value !== "list")
    mistake(`the value must be a ${operator.value === "scalar" ? (type ?? "single value") : operator.value}`);
  else for (const problem of formMistakes(operator, scalars)) mistake(problem);
  return scalars;
}

/** What is wrong with the texts of a value that must be of a form: expressions, address ranges. */
export function formMistakes(operator: Pick<Operator, "mistakeIn"> | null, value: unknown): string[] {
  if (operator?.mistakeIn === undefined || !Array.isArray(value)) return [];
  return value.flatMap(
    (element: unknown) =>
      (typeof element === "string" ? operator.mistakeIn?.(element) : `${String(element)} is no text`) ?? [],
  );
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** `{fact: name}` or `{parameter: name}` as a value. */
function checkOperand(
  value: Readonly<Record<string, unknown>>,
  operator: Operator | null,
  scope: ConditionScope,
  mistake: (message: string) => void,
): ConditionValue | undefined {
  const [key, ...others] = Object.keys(value);
  const name = key === undefined ? undefined : value[key];
  if (others.length > 0 || typeof name !== "string" || (key !== "fact" && key !== "parameter")) {
    mistake("a value is a literal, { fact: name } or { parameter: name }");
    return undefined;
  }
  const found = key === "fact" ? scope.facts.find(name) : parameterType(name, scope);
  if (found !== null && typeof found === "object") mistake(found.mistake);
  else if (found !== null && operator !== null && (operator.value === "list") !== (found === "list"))
    mistake(
      `the ${key} "${name}" is a ${found}; a ${operator.value === "scalar" ? "single value" : operator.value} is needed here`,
    );
  else if (key === "parameter")
    for (const problem of formMistakes(operator, scope.parameters.get(name)?.default))
      mistake(`parameter ${name}: ${problem}`);
  return key === "fact" ? { fact: name } : { parameter: name };
}

function parameterType(name: string, { parameters }: ConditionScope): FactType | null | { mistake: string } {
  const found = parameters.get(name);
  if (found !== undefined) return found.type;
  return { mistake: unknownName("parameter", name, [...parameters.keys()]) };
}
