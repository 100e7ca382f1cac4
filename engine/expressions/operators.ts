import { convert } from "./convert.ts";
import { add, compare, divide, multiply, type Num, negate, remainder } from "./number.ts";
import type { BinaryOperator } from "./syntax.ts";
import { isNotEmpty, knownEnd, knownStart } from "./text.ts";
import { sameType, typeOf } from "./type.ts";
import {
  bool,
  EvaluationError,
  holeOf,
  isKnown,
  type Mapping,
  marked,
  markedBy,
  num,
  type Sequence,
  type Value,
} from "./value.ts";

export function unary(operator: "!" | "-", of: Value): Value {
  const operand = convert(of, operator === "!" ? "bool" : "number");
  if (operand.kind === "hole") return operand;
  if (operand.kind === "bool") return marked(bool(!operand.value), operand.sensitive);
  if (operand.kind === "number") return marked(num(negate(operand.value)), operand.sensitive);
  throw new EvaluationError("an operand is null");
}

export function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  const result = operate(operator, left, right);
  return markedBy(result, [left, right]);
}

function operate(operator: BinaryOperator, left: Value, right: Value): Value {
  switch (operator) {
    case "&&":
      return logic(left, right, false);
    case "||":
      return logic(left, right, true);
    case "==":
    case "!=": {
      const equal = isEqual(left, right);
      return equal === null ? holeOf("bool", [left, right]) : bool(equal === (operator === "=="));
    }
    default:
      return arithmetic(operator, left, right);
  }
}

/** `decisive` decides whatever the other operand is. */
function logic(left: Value, right: Value, decisive: boolean): Value {
  const operands = [left, right].map((each) => convert(each, "bool"));
  if (operands.some(({ kind }) => kind === "null")) throw new EvaluationError("an operand is null");
  if (operands.some((each) => each.kind === "bool" && each.value === decisive)) return bool(decisive);
  return operands.some(({ kind }) => kind === "hole") ? holeOf("bool", operands) : bool(!decisive);
}

type Arithmetic = Exclude<BinaryOperator, "&&" | "||" | "==" | "!=">;

const operations: Readonly<Record<Arithmetic, (one: Num, other: Num) => Num | boolean>> = {
  "+": add,
  "-": (one, other) => add(one, negate(other)),
  "*": multiply,
  "/": divide,
  "%": remainder,
  "<": (one, other) => compare(one, other) < 0,
  ">": (one, other) => compare(one, other) > 0,
  "<=": (one, other) => compare(one, other) <= 0,
  ">=": (one, other) => compare(one, other) >= 0,
};

function arithmetic(operator: Arithmetic, left: Value, right: Value): Value {
  const [one, other] = [convert(left, "number"), convert(right, "number")];
  if (one.kind === "null" || other.kind === "null") throw new EvaluationError("an operand is null");
  const isTest = "<>=".includes(operator.charAt(0));
  if (one.kind !== "number" || other.kind !== "number") return holeOf(isTest ? "bool" : "number", [one, other]);
  try {
    const result = operations[operator](one.value, other.value);
    return typeof result === "boolean" ? bool(result) : num(result);
  } catch (error) {
    if (error instanceof RangeError) return holeOf("number", [one, other], "a division by zero");
    throw error;
  }
}

/** Null where a hole decides. Values of different types are not equal. */
export function isEqual(one: Value, other: Value): boolean | null {
  if (one.kind === "hole" || other.kind === "hole") return isEqualToHole(one, other);
  if (one.kind === "sequence" && other.kind === "sequence") return areEqualSequences(one, other);
  if (one.kind === "mapping" && other.kind === "mapping") return areEqualMappings(one, other);
  if (one.kind === "number" && other.kind === "number") return compare(one.value, other.value) === 0;
  if (one.kind === "string" && other.kind === "string") return one.value === other.value;
  if (one.kind === "bool" && other.kind === "bool") return one.value === other.value;
  return one.kind === "null" && other.kind === "null";
}

function areEqualSequences(one: Sequence, other: Sequence): boolean | null {
  if (one.of !== other.of) return false;
  if (one.of === "set" && !(isKnown(one) && isKnown(other))) return null;
  if (one.elements.length !== other.elements.length || (one.of === "list" && differs(one, other))) return false;
  return all(one.elements.map((each, at) => isEqual(each, other.elements[at] ?? { kind: "null" })));
}

function areEqualMappings(one: Mapping, other: Mapping): boolean | null {
  if (one.of !== other.of || one.entries.size !== other.entries.size) return false;
  return all(
    [...one.entries].map(([key, each]) => {
      const found = other.entries.get(key);
      return found === undefined ? false : isEqual(each, found);
    }),
  );
}

/** Whether the types of two lists are known to differ. */
function differs(one: Value, other: Value): boolean {
  const [a, b] = [typeOf(one), typeOf(other)];
  const hasDynamic = JSON.stringify([a, b]).includes("dynamic");
  return !hasDynamic && !sameType(a, b);
}

function isEqualToHole(one: Value, other: Value): boolean | null {
  const [whole, value] = one.kind === "hole" ? [one, other] : [other, one];
  if (whole.kind !== "hole") return null;
  if (value.kind === "null") return whole.isNotNull ? false : null;
  return value.kind === "string" && isOther(whole, value.value) ? false : null;
}

/** Whether a text cannot be the one that its literal parts begin and end. */
function isOther(whole: Value, value: string): boolean {
  const [start, end] = [knownStart(whole), knownEnd(whole)];
  if (value === "") return isNotEmpty(whole);
  return !value.startsWith(start) || !value.endsWith(end) || value.length < start.length + end.length;
}

function all(results: readonly (boolean | null)[]): boolean | null {
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}
