import { type Operator, operatorNamed, operators } from "../evaluate/operators.ts";
import { isJsonObject } from "../plan/json.ts";
import type { FactType } from "../subjects/kinds.ts";
import type { Condition, ConditionValue, Scalar } from "./policy.ts";

/** A mistake in a policy file, by its path in the file. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What conditions may name. */
export interface ConditionScope {
  readonly kind: string;
  readonly facts: ReadonlyMap<string, { readonly type: FactType }>;
  readonly parameters: ReadonlyMap<string, FactType>;
  readonly sharedConditions: ReadonlySet<string>;
  readonly report: (path: Mistake["path"], message: string) => void;
}

const booleanKeys = ["all", "any", "not", "condition"] as const;
const deepest = 50;

/** Checks conditions as json-rules-engine has them; null where there was a mistake, which `scope.report` was told. */
export function checkCondition(node: unknown, path: Mistake["path"], scope: ConditionScope): Condition | null {
  if (path.length > deepest) return fail(scope, path, "conditions nest too deep");
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
    for (const other of others) scope.report([...path, other], `"${other}" may not stand beside "${key}"`);
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
        `unknown shared condition; there are: ${[...scope.sharedConditions].join(", ") || "none"}`,
      );
    }
  }
}

function fail(scope: ConditionScope, path: Mistake["path"], message: string): null {
  scope.report(path, message);
  return null;
}

function checkList(list: unknown, path: Mistake["path"], key: string, scope: ConditionScope): Condition[] | null {
  if (!Array.isArray(list)) return fail(scope, path, `"${key}" must be a list of conditions`);
  // json-rules-engine calls an empty list true, also under "any".
  if (list.length === 0) return fail(scope, path, `"${key}" must not be empty`);
  const parts = list.map((part: unknown, at) => checkCondition(part, [...path, at], scope));
  const whole = parts.filter((part) => part !== null);
  return whole.length === parts.length ? whole : null;
}

function checkComparison(
  node: Readonly<Record<string, unknown>>,
  path: Mistake["path"],
  scope: ConditionScope,
): Condition | null {
  const { fact, parameter, operator, value } = {
    fact: undefined,
    parameter: undefined,
    operator: undefined,
    value: undefined,
    ...node,
  };
  let whole = true;
  const mistake: ReportAt = (at, message) => {
    scope.report(at === null ? path : [...path, at], message);
    whole = false;
  };
  for (const key of Object.keys(node)) checkComparisonKey(key, mistake);
  const type = operandType(fact, parameter, scope, mistake);
  const found = checkOperator(operator, type, mistake);
  if (!Object.hasOwn(node, "value")) mistake(null, "value is missing");
  const checked = checkValue(value, found?.value ?? null, type, scope, (message) => mistake("value", message));
  if (!whole || checked === undefined || typeof operator !== "string") return null;
  if (typeof fact === "string") return { fact, operator, value: checked };
  return typeof parameter === "string" ? { parameter, operator, value: checked } : null;
}

/** Reports a mistake at a key of the comparison, or at the comparison itself. */
type ReportAt = (at: string | null, message: string) => void;

function checkComparisonKey(key: string, mistake: ReportAt): void {
  if (["fact", "parameter", "operator", "value"].includes(key)) return;
  const reasons: Readonly<Record<string, string>> = {
    priority: "; it would leave conditions unevaluated",
    path: "; facts are flat, each has a name of its own",
  };
  mistake(key, `unknown key "${key}"${Object.hasOwn(reasons, key) ? reasons[key] : ""}`);
}

function checkOperator(operator: unknown, type: FactType | null, mistake: ReportAt): Operator | null {
  const found = typeof operator === "string" ? operatorNamed(operator) : null;
  const names = Object.keys(operators);
  if (operator === undefined) mistake(null, `operator is missing; there are: ${names.join(", ")}`);
  else if (found === null) mistake("operator", `unknown operator; there are: ${names.join(", ")}`);
  else if (type !== null && !found.facts.includes(type)) {
    const fitting = names.filter((name) => operatorNamed(name)?.facts.includes(type));
    mistake("operator", `"${String(operator)}" does not fit a ${type}; operators for it: ${fitting.join(", ")}`);
  }
  return found;
}

function operandType(fact: unknown, parameter: unknown, scope: ConditionScope, mistake: ReportAt): FactType | null {
  if ((fact === undefined) === (parameter === undefined)) {
    mistake(null, 'a comparison names one "fact" or one "parameter"');
    return null;
  }
  if (fact !== undefined) {
    const found = typeof fact === "string" ? scope.facts.get(fact) : undefined;
    if (found === undefined)
      mistake("fact", `unknown fact; facts of ${scope.kind}: ${[...scope.facts.keys()].join(", ")}`);
    return found?.type ?? null;
  }
  const type = typeof parameter === "string" ? scope.parameters.get(parameter) : undefined;
  if (type === undefined)
    mistake("parameter", `unknown parameter; parameters: ${[...scope.parameters.keys()].join(", ") || "none"}`);
  return type ?? null;
}

type Expected = "scalar" | "list" | "number" | "boolean";

function checkValue(
  value: unknown,
  expected: Expected | null,
  type: FactType | null,
  scope: ConditionScope,
  mistake: (message: string) => void,
): ConditionValue | undefined {
  if (isJsonObject(value)) return checkOperand(value, expected, scope, mistake);
  if (Array.isArray(value)) {
    const scalars = value.filter(isScalar);
    if (scalars.length !== value.length) mistake("a list holds strings, numbers, booleans and null only");
    else if (expected !== null && expected !== "list")
      mistake(`the value must be a ${expected === "scalar" ? (type ?? "single value") : expected}`);
    return scalars;
  }
  if (!isScalar(value)) return undefined;
  if (expected === "list") mistake("the value must be a list");
  else if ((expected === "number" || expected === "boolean") && typeof value !== expected)
    mistake(`the value must be a ${expected}`);
  else if (expected === "scalar" && type !== null && type !== "list" && value !== null && typeof value !== type)
    mistake(`the value must be a ${type}`);
  return value;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** `{fact: name}` or `{parameter: name}` as a value. */
function checkOperand(
  value: Readonly<Record<string, unknown>>,
  expected: Expected | null,
  scope: ConditionScope,
  mistake: (message: string) => void,
): ConditionValue | undefined {
  const [key, ...others] = Object.keys(value);
  const name = key === undefined ? undefined : value[key];
  if (others.length > 0 || typeof name !== "string" || (key !== "fact" && key !== "parameter")) {
    mistake("a value is a literal, { fact: name } or { parameter: name }");
    return undefined;
  }
  const type = key === "fact" ? scope.facts.get(name)?.type : scope.parameters.get(name);
  if (type === undefined) {
    const names = key === "fact" ? [...scope.facts.keys()] : [...scope.parameters.keys()];
    mistake(`unknown ${key} "${name}"; there are: ${names.join(", ") || "none"}`);
  } else if (expected !== null && (expected === "list") !== (type === "list"))
    mistake(`the ${key} "${name}" is a ${type}; a ${expected} is needed here`);
  return key === "fact" ? { fact: name } : { parameter: name };
}
