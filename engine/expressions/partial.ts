import { isEqual } from "./operators.ts";
import { typeOf, unify } from "./type.ts";
import { type Entry, holeOf, isKnown, isSensitive, mapping, marked, type Type, type Value } from "./value.ts";

/** All that an object or map can have; null where that is not known. */
export function entriesOf(value: Value): ReadonlyMap<string, Entry> | null {
  if (value.kind === "hole") return value.entries;
  if (value.kind !== "mapping") return null;
  return new Map([...value.entries].map(([key, each]) => [key, { value: each, mayBeMissing: false }]));
}

/**
 * An object or map with these entries. Where one may be missing it is a hole that keeps what is known, so that whatever asks
 * which keys there are gets a hole.
 * @param type of the whole; `dynamic` for an object
 * @param from what decides which entries there are
 */
export function partial(entries: ReadonlyMap<string, Entry>, type: Type, from: readonly Value[]): Value {
  const parts = [...entries].map(([key, { value }]): [string, Value] => [key, value]);
  const isWhole = [...entries.values()].every(({ mayBeMissing }) => !mayBeMissing);
  const sensitive = from.some((each) => each.sensitive === true);
  if (isWhole) {
    const isMap = typeof type !== "string" && type.kind === "map";
    return marked(isMap ? mapping("map", parts, type.element) : mapping("object", parts), sensitive);
  }
  const sorted = new Map(mapping("object", parts).entries);
  const kept = [...sorted.keys()].flatMap((key) => {
    const entry = entries.get(key);
    return entry === undefined ? [] : [[key, entry] as const];
  });
  const whole = holeOf(type, [...from, ...parts.map(([, value]) => value)]);
  return { ...whole, entries: new Map(kept), isNotNull: true };
}

/** What is one of two values, of the same type, as something that is not known decides. */
export function eitherOf(one: Value, other: Value, deciding: readonly Value[]): Value {
  const sensitive = [...deciding, one, other].some(isSensitive);
  if (isKnown(one) && isKnown(other) && isSame(one, other)) return marked(one, sensitive);
  if (one.kind === "mapping" && other.kind === "mapping" && one.of === other.of)
    return marked(eitherMapping(one, other, deciding), sensitive);
  return holeOf(unify([one, other].map(typeOf)) ?? "dynamic", [...deciding, one, other]);
}

function isSame(one: Value, other: Value): boolean {
  return one.kind === other.kind && (one.kind === "null" || isEqual(one, other) === true);
}

function eitherMapping(
  one: Value & { kind: "mapping" },
  other: Value & { kind: "mapping" },
  deciding: readonly Value[],
): Value {
  const entries = new Map<string, Entry>();
  for (const key of new Set([...one.entries.keys(), ...other.entries.keys()])) {
    const [first, second] = [one.entries.get(key), other.entries.get(key)];
    const value = first !== undefined && second !== undefined ? eitherOf(first, second, deciding) : (first ?? second);
    if (value !== undefined) entries.set(key, { value, mayBeMissing: first === undefined || second === undefined });
  }
  return partial(entries, one.of === "map" ? typeOf(one) : "dynamic", [...deciding, one, other]);
}
