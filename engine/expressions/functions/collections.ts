import { append } from "../../lists.ts";
import { commonType, convert, setOf } from "../convert.ts";
import { add, compare, integer } from "../number.ts";
import { isEqual } from "../operators.ts";
import { isNotEmpty } from "../text.ts";
import { typeOf, unify } from "../type.ts";
import type { Type } from "../value.ts";
import { bool, EvaluationError, holeOf, list, marked, markedBy, nothing, num, tuple, type Value } from "../value.ts";
import {
  anyList,
  argument,
  define,
  elements,
  elementTypeOf,
  type FunctionDefinition,
  int,
  isCounted,
  members,
  numberOf,
  strings,
} from "./define.ts";
import { clusters } from "./strings.ts";

const partial = { takesHoles: true } as const;

/** A value like the first, with other elements. */
function like(value: Value, parts: readonly Value[]): Value {
  if (value.kind !== "sequence" || value.of === "tuple") return marked(tuple(parts), value.sensitive);
  return marked(list(parts, value.element), value.sensitive);
}

function length([value]: readonly Value[]): Value {
  const of = argument([value ?? nothing], 0);
  if (of.kind === "string") return marked(num(clusters(of.value).length), of.sensitive);
  if (!isCounted(of)) return holeOf("number", [of]);
  if (of.kind === "sequence") return marked(num(of.elements.length), of.sensitive);
  return marked(num(members(of).size), of.sensitive);
}

function concat(args: readonly Value[]): Value {
  const isList = (arg: Value) => arg.kind === "hole" || (arg.kind === "sequence" && arg.of !== "set");
  if (!args.every(isList)) throw new EvaluationError("a list required");
  if (!args.every(isCounted)) return holeOf("dynamic", args);
  const sensitive = args.some((arg) => arg.sensitive === true);
  const parts = args.flatMap(elements);
  const areLists = args.every((arg) => arg.kind === "sequence" && arg.of !== "tuple");
  const element = areLists ? unify(args.map(typeOf).flatMap(elementTypeOf)) : null;
  return marked(
    element === null
      ? tuple(parts)
      : list(
          parts.map((each) => convert(each, element)),
          element,
        ),
    sensitive,
  );
}

function contains([of, wanted]: readonly Value[]): Value {
  const [whole, value] = [of ?? nothing, wanted ?? nothing];
  if (whole.kind === "hole") return holeOf("bool", [whole, value]);
  if (value.kind === "null") throw new EvaluationError("a value required");
  const results = elements(whole).map((each) => isEqual(each, value));
  if (results.includes(true)) return markedBy(bool(true), [whole, value]);
  return results.includes(null) ? holeOf("bool", [whole, value]) : markedBy(bool(false), [whole, value]);
}

function element(args: readonly Value[]): Value {
  const [of, at] = [argument(args, 0), argument(args, 1)];
  if (!isCounted(of) || at.kind === "hole") return holeOf("dynamic", args);
  const all = elements(of);
  if (all.length === 0) throw new EvaluationError("a list is empty");
  const index = int(at);
  if (index < 0) throw new EvaluationError("an index is negative");
  const found = all[index % all.length] ?? nothing;
  return marked(found, of.sensitive === true || at.sensitive === true);
}

function coalesce(args: readonly Value[]): Value {
  const type = commonType(args);
  if (type === null) throw new EvaluationError("arguments of different types");
  for (const arg of args) {
    const value = convert(arg, type);
    if (value.kind === "null" || (value.kind === "string" && value.value === "")) continue;
    // Whether a hole is null or empty may be decided by it.
    return value.kind !== "hole" || isNotEmpty(value) ? value : holeOf(type, args);
  }
  throw new EvaluationError("all arguments are null");
}

function coalescelist(args: readonly Value[]): Value {
  for (const arg of args) {
    if (arg.kind === "null") continue;
    if (arg.kind === "hole") return holeOf("dynamic", args);
    if (elements(arg).length > 0) return arg;
  }
  throw new EvaluationError("all lists are empty");
}

function flatten([of]: readonly Value[]): Value {
  const whole = of ?? nothing;
  const flat = flattened(whole);
  return flat === null ? holeOf("dynamic", [whole]) : marked(tuple(flat), whole.sensitive);
}

function flattened(value: Value): Value[] | null {
  if (!isCounted(value)) return null;
  const found: Value[] = [];
  for (const each of elements(value)) {
    if (each.kind === "sequence") {
      const inner = flattened(each);
      if (inner === null) return null;
      append(
        found,
        inner.map((part) => marked(part, each.sensitive)),
      );
    } else if (each.kind === "hole" && typeof each.type !== "object" && each.type === "dynamic") {
      // What is not known may be a list.
      if (!isScalar(each)) return null;
      found.push(each);
    } else found.push(each);
  }
  return found;
}

/** Whether a hole is known to be no list: a resource's attribute whose name says that it is a text. */
function isScalar(value: Value): boolean {
  return value.kind === "hole" && value.type === "string";
}

function one([of]: readonly Value[]): Value {
  const whole = of ?? nothing;
  if (!isCounted(whole)) return holeOf("dynamic", [whole]);
  const all = elements(whole);
  if (all.length > 1) throw new EvaluationError("more than one element");
  return marked(all[0] ?? nothing, whole.sensitive);
}

function slice([of, from, to]: readonly Value[]): Value {
  const whole = of ?? nothing;
  if (!isCounted(whole) || from?.kind === "hole" || to?.kind === "hole") return holeOf("dynamic", [whole]);
  const all = elements(whole);
  const [start, end] = [int(from), int(to)];
  if (start < 0 || end > all.length || start > end) throw new EvaluationError("an index outside of a list");
  return like(whole, all.slice(start, end));
}

function reverse([of]: readonly Value[]): Value {
  const whole = of ?? nothing;
  if (!isCounted(whole)) return holeOf("dynamic", [whole]);
  return like(whole, [...elements(whole)].reverse());
}

function distinct([of]: readonly Value[]): Value {
  const found: Value[] = [];
  for (const each of elements(of)) if (!found.some((other) => isEqual(each, other) === true)) found.push(each);
  return list(found, of?.kind === "sequence" ? of.element : undefined);
}

function chunklist([of, size]: readonly Value[]): Value {
  const whole = of ?? nothing;
  if (!isCounted(whole) || size?.kind === "hole") return holeOf("dynamic", [whole]);
  const [all, count] = [elements(whole), int(size)];
  if (count < 0) throw new EvaluationError("a size is negative");
  const step = count === 0 ? Math.max(1, all.length) : count;
  const type = whole.kind === "sequence" ? whole.element : undefined;
  const chunks: Value[] = [];
  for (let at = 0; at < all.length; at += step) chunks.push(list(all.slice(at, at + step), type));
  return list(chunks);
}

function matchkeys([of, labels, wanted]: readonly Value[]): Value {
  const search = elements(wanted);
  const found = elements(labels);
  const all = elements(of);
  if (all.length !== found.length) throw new EvaluationError("as many keys as values required");
  const isWanted = (label: Value) => search.some((each) => isEqual(each, label) === true);
  return list(
    all.filter((_, at) => isWanted(found[at] ?? nothing)),
    of?.kind === "sequence" ? of.element : undefined,
  );
}

function index([of, wanted]: readonly Value[]): Value {
  const value = wanted ?? nothing;
  const results = elements(of).map((each) => isEqual(each, value));
  const at = results.findIndex((result) => result !== false);
  if (results[at] === null) return holeOf("number", [of ?? nothing, value]);
  if (at === -1) throw new EvaluationError("a list has no such element");
  return num(at);
}

const mostElements = 100_000;

function range(args: readonly Value[]): Value {
  const [a = integer(0), b, c] = args.map(numberOf);
  const [start, end] = b === undefined ? [integer(0), a] : [a, b];
  const isDown = compare(end, start) < 0;
  const step = c ?? integer(isDown ? -1 : 1);
  if (compare(end, start) !== 0 && step.mantissa < 0n !== isDown) throw new EvaluationError("a step leads nowhere");
  const found: Value[] = [];
  for (let at = start; isDown ? compare(at, end) > 0 : compare(at, end) < 0; at = add(at, step)) {
    found.push(num(at));
    // As many as Terraform makes at most.
    if (found.length > 1024 || step.mantissa === 0n) throw new EvaluationError("too many elements");
  }
  return list(found, "number");
}

function setproduct(args: readonly Value[]): Value {
  if (args.length < 2) throw new EvaluationError("two sets at least required");
  const sets = args.map(elements);
  const count = sets.reduce((product, set) => product * set.length, 1);
  if (count > mostElements) return holeOf("dynamic", args, "more elements than plimsoll works out");
  let rows: Value[][] = [[]];
  for (const set of sets) rows = rows.flatMap((row) => set.map((each) => [...row, each]));
  const isSet = args.every((arg) => arg.kind === "sequence" && arg.of === "set");
  const types = args.map(
    (arg) =>
      elementTypeOf(typeOf(convert(arg, arg.kind === "sequence" && arg.of === "set" ? "dynamic" : anyList)))[0] ??
      "dynamic",
  );
  const tuples = rows.map((row) => tuple(row.map((each, at) => convert(each, types[at] ?? "dynamic"))));
  return isSet ? setOf(tuples, { kind: "tuple", elements: types }) : list(tuples);
}

function compact([of]: readonly Value[]): Value {
  const whole = of ?? nothing;
  if (!isCounted(whole)) return holeOf(strings, [whole]);
  const all = elements(whole);
  // Whether what is not known is there may be decided by it.
  if (all.some((each) => each.kind === "hole" && !isNotEmpty(each))) return holeOf(strings, [whole]);
  return marked(list(all.filter(isNotEmpty), "string"), whole.sensitive);
}

/** `alltrue` and `anytrue`; null counts as false in the first, and not at all in the second. */
function truth([of]: readonly Value[], decisive: boolean): Value {
  const whole = of ?? nothing;
  if (whole.kind === "hole") return holeOf("bool", [whole]);
  const all = elements(whole);
  const isDecisive = (each: Value) =>
    each.kind === "bool" ? each.value === decisive : each.kind === "null" && !decisive;
  if (all.some(isDecisive)) return markedBy(bool(decisive), [whole]);
  return all.some(({ kind }) => kind === "hole") ? holeOf("bool", [whole]) : markedBy(bool(!decisive), [whole]);
}

const bools: Type = { kind: "list", element: "bool" };
const nullable = { takesNull: true, takesHoles: true } as const;

export const collectionFunctions: Readonly<Record<string, FunctionDefinition>> = {
  alltrue: define([bools], "bool", (args) => truth(args, false), partial),
  anytrue: define([bools], "bool", (args) => truth(args, true), partial),
  chunklist: define([anyList, "number"], "dynamic", chunklist, partial),
  coalesce: define([], "dynamic", coalesce, { ...nullable, rest: "dynamic", least: 1 }),
  coalescelist: define([], "dynamic", coalescelist, { ...nullable, rest: "dynamic", least: 1 }),
  compact: define([strings], strings, compact, partial),
  concat: define([], "dynamic", concat, { ...partial, rest: "dynamic", least: 1 }),
  contains: define(["dynamic", "dynamic"], "bool", contains, nullable),
  distinct: define([anyList], "dynamic", distinct),
  element: define(["dynamic", "number"], "dynamic", element, partial),
  flatten: define(["dynamic"], "dynamic", flatten, partial),
  index: define(["dynamic", "dynamic"], "number", index, partial),
  length: define(["dynamic"], "number", length, partial),
  matchkeys: define([anyList, anyList, anyList], "dynamic", matchkeys),
  one: define(["dynamic"], "dynamic", one, partial),
  range: define(["number"], { kind: "list", element: "number" }, range, { rest: "number" }),
  reverse: define(["dynamic"], "dynamic", reverse, partial),
  setproduct: define([], "dynamic", setproduct, { rest: "dynamic" }),
  slice: define(["dynamic", "number", "number"], "dynamic", slice, partial),
};
