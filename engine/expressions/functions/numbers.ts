import { add, compare, float, integer, isInteger, type Num, negate, toFloat, truncate } from "../number.ts";
import { EvaluationError, num, type Value } from "../value.ts";
import { define, elements, type FunctionDefinition, int, numberOf, str } from "./define.ts";

function rounded(value: Num, up: boolean): Num {
  const whole = truncate(value);
  if (isInteger(value) || value.mantissa > 0n !== up) return whole;
  return add(whole, integer(up ? 1 : -1));
}

function extreme(args: readonly Value[], sign: number): Value {
  const all = args.map(numberOf);
  const [first] = all;
  if (first === undefined) throw new EvaluationError("a number required");
  return num(all.reduce((best, each) => (compare(each, best) * sign > 0 ? each : best), first));
}

function finite(value: number): Value {
  if (!Number.isFinite(value)) throw new EvaluationError("the result is no number");
  return num(float(value));
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Source: `SetString` of Go's math/big: upper and lower case differ from base 37 on. */
function parseint([value, base]: readonly Value[]): Value {
  const source = str(value);
  const radix = int(base);
  if (radix < 2 || radix > 62) throw new EvaluationError("a base from 2 to 62 required");
  const body = source.replace(/^[+-]/, "");
  if (body.length > 1000) throw new RangeError("the number is too large");
  if (body === "") throw new EvaluationError("the text is no whole number");
  let result = 0n;
  for (const character of body) {
    const digit = digits.indexOf(radix <= 36 ? character.toLowerCase() : character);
    if (digit === -1 || digit >= radix) throw new EvaluationError("the text is no whole number");
    result = result * BigInt(radix) + BigInt(digit);
  }
  return num(integer(source.startsWith("-") ? -result : result));
}

const unary = (change: (value: Num) => Num) => define(["number"], "number", ([value]) => num(change(numberOf(value))));

export const numberFunctions: Readonly<Record<string, FunctionDefinition>> = {
  abs: unary((value) => (value.mantissa < 0n ? negate(value) : value)),
  ceil: unary((value) => rounded(value, true)),
  floor: unary((value) => rounded(value, false)),
  log: define(["number", "number"], "number", ([value, base]) =>
    finite(Math.log(toFloat(numberOf(value))) / Math.log(toFloat(numberOf(base)))),
  ),
  max: define([], "number", (args) => extreme(args, 1), { rest: "number", least: 1 }),
  min: define([], "number", (args) => extreme(args, -1), { rest: "number", least: 1 }),
  parseint: define(["dynamic", "number"], "number", parseint),
  pow: define(["number", "number"], "number", ([value, power]) =>
    finite(toFloat(numberOf(value)) ** toFloat(numberOf(power))),
  ),
  signum: define(["number"], "number", ([value]) => {
    return num(Math.sign(int(value)));
  }),
  sum: define([{ kind: "list", element: "number" }], "number", ([value]) => {
    const all = elements(value).map(numberOf);
    const [first, ...others] = all;
    if (first === undefined) throw new EvaluationError("a list is empty");
    return num(others.reduce(add, first));
  }),
};
