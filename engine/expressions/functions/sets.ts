import { commonType, convert, setOf } from "../convert.ts";
import { isEqual } from "../operators.ts";
import { EvaluationError, type Value } from "../value.ts";
import { anySet, define, elements, type FunctionDefinition } from "./define.ts";

/** The sets with elements of one type. */
function alike(args: readonly Value[]): { sets: (readonly Value[])[]; make: (all: readonly Value[]) => Value } {
  const type = commonType(args.flatMap(elements));
  if (type === null) throw new EvaluationError("sets of different types");
  const sets = args.map((arg) => elements(convert(arg, { kind: "set", element: type })));
  return { sets, make: (all) => setOf(all, type) };
}

function holds(set: readonly Value[], value: Value): boolean {
  return set.some((each) => isEqual(each, value) === true);
}

function setunion(args: readonly Value[]): Value {
  const { sets, make } = alike(args);
  return make(sets.flat());
}

function setintersection(args: readonly Value[]): Value {
  const { sets, make } = alike(args);
  return make((sets[0] ?? []).filter((value) => sets.every((set) => holds(set, value))));
}

function setsubtract(args: readonly Value[]): Value {
  const { sets, make } = alike(args);
  const [from = [], away = []] = sets;
  return make(from.filter((value) => !holds(away, value)));
}

export const setFunctions: Readonly<Record<string, FunctionDefinition>> = {
  setintersection: define([anySet], anySet, setintersection, { rest: anySet }),
  setsubtract: define([anySet, anySet], anySet, setsubtract),
  setunion: define([anySet], anySet, setunion, { rest: anySet }),
};
