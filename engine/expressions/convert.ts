import { compare, formatNumber, parseNumber } from "./number.ts";
import { typeOf, unify } from "./type.ts";
import type { Type } from "./value.ts";
import {
  bool,
  compareBytes,
  EvaluationError,
  type Hole,
  hole,
  holeOf,
  isKnown,
  type Mapping,
  mapping,
  marked,
  num,
  type Sequence,
  text,
  type Value,
} from "./value.ts";

/**
 * A value as one of another type.
 * @throws EvaluationError where it cannot be
 */
export function convert(value: Value, type: Type): Value {
  if (type === "dynamic" || value.kind === "null") return value;
  if (value.kind === "hole") return convertHole(value, type);
  return marked(convertKnown(value, type), value.sensitive);
}

function convertHole(value: Value & { kind: "hole" }, type: Type): Value {
  if (value.type === type) return value;
  const isStillText = type === "string" && (value.parts !== null || value.json !== null);
  if (isStillText) return value;
  if (value.entries !== null && typeof type !== "string") return convertPartial(value, value.entries, type);
  return { ...value, type, parts: null, json: null, entries: null };
}

/** An object of which parts may be missing, as a map or as an object whose optional attributes may be missing. */
function convertPartial(value: Hole, entries: NonNullable<Hole["entries"]>, type: Exclude<Type, string>): Value {
  const plain: Hole = { ...value, type, parts: null, json: null, entries: null };
  if (type.kind === "map") {
    const own = commonType([...entries.values()].map((entry) => entry.value).concat(hole(type.element)));
    if (own === null) return plain;
    const converted = [...entries].map(
      ([key, entry]) => [key, { ...entry, value: convert(entry.value, own) }] as const,
    );
    return { ...plain, type: { kind: "map", element: own }, entries: new Map(converted) };
  }
  if (type.kind !== "object") return plain;
  const attributes = [...type.attributes].map(([name, attribute]): [string, Value] => {
    const entry = entries.get(name);
    if (entry === undefined && !attribute.isOptional) return cannot("an attribute");
    if (entry === undefined) return [name, attribute.default ?? { kind: "null" }];
    const converted = convert(entry.value, attribute.type);
    if (entry.mayBeMissing) return [name, holeOf(attribute.type, [value])];
    return [name, attribute.default === null ? converted : orNotNull(converted, attribute.default)];
  });
  return marked(mapping("object", attributes), value.sensitive);
}

/** The default stands in the place of null. */
function orNotNull(value: Value, other: Value): Value {
  return value.kind === "null" ? other : orDefault(value);
}

function convertKnown(value: Exclude<Value, { kind: "hole" | "null" }>, type: Exclude<Type, "dynamic">): Value {
  if (typeof type === "string") return convertScalar(value, type);
  switch (type.kind) {
    case "list":
      return toSequence(value, "list", type.element);
    case "set":
      return toSequence(value, "set", type.element);
    case "map":
      return toMap(value, type.element);
    case "tuple":
      return toTuple(value, type.elements);
    case "object":
      return toObject(value, type.attributes);
  }
}

function cannot(what: string): never {
  throw new EvaluationError(`${what} required`);
}

function convertScalar(value: Value, type: "string" | "number" | "bool"): Value {
  if (value.kind === type) return value;
  if (type === "string") {
    if (value.kind === "number") return text(formatNumber(value.value));
    if (value.kind === "bool") return text(value.value ? "true" : "false");
    return cannot("a string");
  }
  if (value.kind !== "string") return cannot(`a ${type}`);
  if (type === "number") {
    const found = parseNumber(value.value);
    return found === null ? cannot("a number") : num(found);
  }
  if (value.value === "true" || value.value === "1") return bool(true);
  if (value.value === "false" || value.value === "0") return bool(false);
  return cannot("a bool");
}

/** The type that all parts get; `dynamic` asks for one that fits all of them. */
function common(parts: readonly Value[], element: Type): Type {
  if (element !== "dynamic") return element;
  return commonType(parts) ?? cannot("elements of one type");
}

/** What is not known may be a text, which all scalars can become. Null where there is no such type. */
export function commonType(parts: readonly Value[]): Type | null {
  const types = parts.map(typeOf);
  const known = unify(types);
  return known === null && types.includes("dynamic") && types.every((type) => typeof type === "string")
    ? "string"
    : known;
}

function toSequence(value: Value, of: "list" | "set", element: Type): Value {
  if (value.kind !== "sequence") return cannot(`a ${of}`);
  if (of === "list" && value.of === "set" && !isKnown(value)) {
    // In which order the elements come is decided by the hole.
    const [first] = value.elements.filter((each) => !isKnown(each));
    return first?.kind === "hole" ? hole({ kind: "list", element }, first) : cannot("a list");
  }
  const own = common(value.elements, element);
  const elements = value.elements.map((each) => convert(each, own));
  if (of === "set") return setOf(elements, own);
  return { kind: "sequence", of, elements, element: own };
}

/** The elements sorted, and each once. */
export function setOf(elements: readonly Value[], element: Type): Sequence {
  const sorted = [...elements].sort(compareElements);
  const unique = sorted.filter((each, at) => {
    const before = sorted[at - 1];
    return before === undefined || !isKnown(each) || !isKnown(before) || setKey(each) !== setKey(before);
  });
  return { kind: "sequence", of: "set", elements: unique, element };
}

/** Source: `setRules.Less` of zclconf/go-cty. */
function compareElements(one: Value, other: Value): number {
  if (one.kind === "string" && other.kind === "string") return compareBytes(one.value, other.value);
  if (one.kind === "number" && other.kind === "number") return compare(one.value, other.value);
  if (one.kind === "bool" && other.kind === "bool") return Number(one.value) - Number(other.value);
  const rank = (value: Value) => (value.kind === "hole" ? 2 : value.kind === "null" ? 1 : 0);
  return rank(one) - rank(other) || compareBytes(setKey(one), setKey(other));
}

/** A text that is equal where values are. Source: `appendSetHashBytes` of zclconf/go-cty. */
function setKey(value: Value): string {
  switch (value.kind) {
    case "hole":
      return "?";
    case "null":
      return "~";
    case "bool":
      return value.value ? "T" : "F";
    case "number":
      return formatNumber(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "sequence": {
      const parts = value.elements.map((each) => `${setKey(each)};`).join("");
      return value.of === "tuple" ? `<${parts}>` : `[${parts}]`;
    }
    case "mapping": {
      if (value.of === "object") return `<${[...value.entries.values()].map((each) => `${setKey(each)};`).join("")}>`;
      return `{${[...value.entries].map(([key, each]) => `${JSON.stringify(key)}:${setKey(each)};`).join("")}}`;
    }
  }
}

function toMap(value: Value, element: Type): Value {
  if (value.kind !== "mapping") return cannot("a map");
  const own = common([...value.entries.values()], element);
  return mapping(
    "map",
    mapEntries(value, (each) => convert(each, own)),
    own,
  );
}

function mapEntries({ entries }: Mapping, change: (value: Value) => Value): [string, Value][] {
  return [...entries].map(([key, each]) => [key, change(each)]);
}

function toTuple(value: Value, elements: readonly Type[]): Value {
  if (value.kind !== "sequence" || value.of === "set" || value.elements.length !== elements.length)
    return cannot("a tuple");
  const converted = value.elements.map((each, at) => convert(each, elements[at] ?? "dynamic"));
  return { kind: "sequence", of: "tuple", elements: converted };
}

/** A value in whose place a default stands where it is null: of a hole nobody knows whether it does. */
export function orDefault(value: Value): Value {
  const mayBeNull = value.kind === "hole" && !value.isNotNull;
  return mayBeNull ? { ...value, parts: null, json: null, isExact: false } : value;
}

type ObjectType = Exclude<Type, string> & { kind: "object" };

/** What the type does not name is left out; an optional attribute that is not given, or is null, has its default. */
function toObject(value: Value, attributes: ObjectType["attributes"]): Value {
  if (value.kind !== "mapping") return cannot("an object");
  const entries = [...attributes].map(([name, attribute]): [string, Value] => {
    const given = value.entries.get(name);
    const isGiven = given !== undefined && given.kind !== "null";
    if (!isGiven && attribute.isOptional) return [name, attribute.default ?? { kind: "null" }];
    if (given === undefined) return cannot("an attribute");
    const converted = convert(given, attribute.type);
    return [name, attribute.default === null ? converted : orDefault(converted)];
  });
  return mapping("object", entries);
}
