import { convert } from "../convert.ts";
import { eitherOf, entriesOf, partial as partialObject } from "../partial.ts";
import { typeOf, unify } from "../type.ts";
import {
  type Entry,
  EvaluationError,
  holeOf,
  isKnown,
  list,
  mapping,
  marked,
  nothing,
  type Type,
  text,
  tuple,
  type Value,
} from "../value.ts";
import {
  argument,
  define,
  elements,
  elementTypeOf,
  type FunctionDefinition,
  isCounted,
  members,
  str,
  strings,
  texts,
} from "./define.ts";

function merge(args: readonly Value[]): Value {
  if (args.length === 0) return mapping("object", []);
  const given = args.filter(({ kind }) => kind !== "null");
  if (given.some(({ kind }) => kind !== "hole" && kind !== "mapping")) throw new EvaluationError("a map required");
  if (given.some(({ kind }) => kind === "hole")) return mergedParts(given) ?? holeOf("dynamic", args);
  const entries = given.flatMap((arg) => [...members(arg)]);
  const sensitive = given.some((arg) => arg.sensitive === true);
  const areMaps = given.length > 0 && given.every((arg) => arg.kind === "mapping" && arg.of === "map");
  const element = areMaps ? unify(given.map(typeOf).flatMap(elementTypeOf)) : null;
  if (element === null) return marked(mapping("object", entries), sensitive);
  const converted = entries.map(([key, each]): [string, Value] => [key, convert(each, element)]);
  return marked(mapping("map", converted, element), sensitive);
}

/** Of objects of which parts may be missing: a later part that may be missing leaves open which one counts. */
function mergedParts(given: readonly Value[]): Value | null {
  const types = given.map(typeOf);
  const areMaps = types.every((type) => typeof type !== "string" && type.kind === "map");
  const element = areMaps ? unify(types.flatMap(elementTypeOf)) : null;
  const entries = new Map<string, Entry>();
  for (const each of given) {
    const own = entriesOf(each);
    if (own === null) return null;
    for (const [key, entry] of own) {
      const value = element === null ? entry.value : convert(entry.value, element);
      const before = entries.get(key);
      if (before === undefined || !entry.mayBeMissing) entries.set(key, { ...entry, value });
      else entries.set(key, { ...before, value: eitherOf(before.value, value, [each]) });
    }
  }
  const type: Type = element === null ? "dynamic" : { kind: "map", element };
  return partialObject(entries, type, given);
}

function lookup(args: readonly Value[]): Value {
  const [of, key] = [argument(args, 0), argument(args, 1)];
  const entry = of.kind === "hole" && key.kind === "string" ? of.entries?.get(key.value) : undefined;
  if (entry?.mayBeMissing === false) return marked(entry.value, of.sensitive === true || key.sensitive === true);
  if (of.kind === "hole" || key.kind === "hole") return holeOf("dynamic", args);
  const found = members(of).get(str(key));
  const sensitive = of.sensitive === true || key.sensitive === true;
  if (found !== undefined) return marked(found, sensitive);
  const other = args[2];
  if (other === undefined) throw new EvaluationError("a map has no such key");
  const element = of.kind === "mapping" && of.of === "map" ? elementTypeOf(typeOf(of))[0] : undefined;
  return marked(element === undefined ? other : convert(other, element), sensitive);
}

function keys([of]: readonly Value[]): Value {
  const whole = of ?? nothing;
  if (whole.kind === "hole") return holeOf("dynamic", [whole]);
  const names = [...members(whole).keys()].map(text);
  const isMap = whole.kind === "mapping" && whole.of === "map";
  return marked(isMap ? list(names, "string") : tuple(names), whole.sensitive);
}

function values([of]: readonly Value[]): Value {
  const whole = of ?? nothing;
  if (whole.kind === "hole") return holeOf("dynamic", [whole]);
  const all = [...members(whole).values()];
  const isMap = whole.kind === "mapping" && whole.of === "map";
  return marked(isMap ? list(all, whole.element) : tuple(all), whole.sensitive);
}

function zipmap([names, given]: readonly Value[]): Value {
  const [all, parts] = [names ?? nothing, given ?? nothing];
  if (!isKnown(all) || !isCounted(parts)) return holeOf("dynamic", [all, parts]);
  const [labels, found] = [texts(all), elements(parts)];
  if (labels.length !== found.length) throw new EvaluationError("as many keys as values required");
  const entries = labels.map((key, at): [string, Value] => [key, found[at] ?? nothing]);
  const isTuple = parts.kind === "sequence" && parts.of === "tuple";
  const made = isTuple ? mapping("object", entries) : mapping("map", entries, elementTypeOf(typeOf(parts))[0]);
  return marked(made, all.sensitive === true || parts.sensitive === true);
}

function transpose([of]: readonly Value[]): Value {
  const found = new Map<string, string[]>();
  for (const [key, each] of members(of)) {
    for (const value of texts(convert(each, strings))) found.set(value, [...(found.get(value) ?? []), key]);
  }
  const entries = [...found].map(([key, all]): [string, Value] => [key, list(all.sort().map(text), "string")]);
  return mapping("map", entries, strings);
}

const partial = { takesHoles: true } as const;
const nullable = { takesNull: true, takesHoles: true } as const;

export const mapFunctions: Readonly<Record<string, FunctionDefinition>> = {
  keys: define(["dynamic"], "dynamic", keys, partial),
  lookup: define(["dynamic", "string", "dynamic"], "dynamic", lookup, { ...nullable, least: 2 }),
  merge: define([], "dynamic", merge, { ...nullable, rest: "dynamic" }),
  transpose: define([{ kind: "map", element: strings }], "dynamic", transpose),
  values: define(["dynamic"], "dynamic", values, partial),
  zipmap: define([strings, "dynamic"], "dynamic", zipmap, partial),
};
