import { partial } from "./partial.ts";
import {
  type Entry,
  EvaluationError,
  holeOf,
  isKnown,
  isSensitive,
  mapping,
  marked,
  nothing,
  num,
  text,
  tuple,
  type Value,
} from "./value.ts";

// What a `for` goes through, and what it makes of that. Source: the HCL native syntax specification, "For Expressions".

/** What an iteration makes. */
export interface Made {
  readonly key: Value | null;
  readonly value: Value;
  readonly mayBeMissing: boolean;
}

/** The entries of an object of which parts may be missing; null where nothing tells what it can have. */
export function partialPairsOf(collection: Value): Pair[] | null {
  const entries = collection.kind === "hole" ? collection.entries : null;
  if (entries === null) return null;
  return [...entries].map(([key, entry]) => ({ key: text(key), ...entry }));
}

/** An object of which entries may be missing; of two under one key one at least is. */
export function someOf(made: readonly Made[], deciding: readonly Value[]): Value {
  const entries = new Map<string, Entry>();
  const all = [...deciding, ...made.flatMap(({ key, value }) => (key === null ? [value] : [key, value]))];
  for (const { key, value, mayBeMissing } of made) {
    if (key?.kind !== "string" || entries.has(key.value)) return holeOf("dynamic", all);
    entries.set(key.value, { value, mayBeMissing });
  }
  const sensitive = all.some(isSensitive);
  return marked(partial(entries, "dynamic", deciding), sensitive);
}

export interface Pair {
  readonly key: Value;
  readonly value: Value;
  readonly mayBeMissing?: boolean;
}

/** The keys and values of a collection; null where they are not known. */
export function pairsOf(collection: Value): Pair[] | null {
  if (collection.kind === "hole") return null;
  if (collection.kind === "sequence") {
    const isSet = collection.of === "set";
    // How many elements a set has, and in which order, its holes decide.
    if (isSet && !isKnown(collection)) return null;
    return collection.elements.map((value, at) => ({ key: isSet ? value : num(at), value }));
  }
  if (collection.kind === "mapping") return [...collection.entries].map(([key, value]) => ({ key: text(key), value }));
  throw new EvaluationError("a for needs a collection");
}

export function grouped(
  made: readonly { key: Value | null; value: Value }[],
  { isGrouped }: { readonly isGrouped: boolean },
): Value {
  const groups = new Map<string, Value[]>();
  let sensitive = false;
  for (const { key, value } of made) {
    if (key?.kind === "hole") return holeOf("dynamic", [key, ...made.map((each) => each.value)]);
    if (key?.kind !== "string") throw new EvaluationError("a key is null");
    sensitive ||= key.sensitive === true;
    const group = groups.get(key.value);
    if (group === undefined) groups.set(key.value, [value]);
    else if (isGrouped) group.push(value);
    else throw new EvaluationError("a for makes a key twice");
  }
  const entries = [...groups].map(([key, values]): [string, Value] => [
    key,
    isGrouped ? tuple(values) : (values[0] ?? nothing),
  ]);
  return marked(mapping("object", entries), sensitive);
}
