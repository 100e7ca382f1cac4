import { formatKey, type InstanceKey } from "../plan/address.ts";
import type { Reference } from "../plan/references.ts";
import { convert } from "./convert.ts";
import { toInteger } from "./number.ts";
import { typeOf } from "./type.ts";
import { EvaluationError, type Hole, hole, holeOf, marked, type Value } from "./value.ts";

/** The member of a value under a name. */
export function attributeOf(value: Value, name: string): Value {
  const entry = entryOf(value, name);
  if (entry !== null) return entry;
  if (value.kind === "hole") return partOfHole(value, `.${name}`);
  if (value.kind !== "mapping") throw new EvaluationError("only an object has attributes");
  const found = value.entries.get(name);
  if (found === undefined) throw new EvaluationError("an object has no such attribute");
  return marked(found, value.sensitive);
}

/** The element of a value under a key. */
export function elementOf(value: Value, key: Value): Value {
  if (key.kind === "null") throw new EvaluationError("an index is null");
  if (value.kind === "hole") {
    const own = instanceKeyOf(key);
    const entry = typeof own === "string" ? entryOf(value, own) : null;
    if (entry !== null) return entry;
    return partOfHole(value, own === null ? null : formatKey(own), own);
  }
  if (value.kind !== "mapping" && value.kind !== "sequence")
    throw new EvaluationError("only a collection has an index");
  if (value.kind === "sequence" && value.of === "set") throw new EvaluationError("a set has no index");
  if (key.kind === "hole") return holeOf("dynamic", [key, value]);
  const found = value.kind === "mapping" ? memberUnder(value, key) : value.elements[indexOf(key) ?? -1];
  if (found === undefined) throw new EvaluationError("there is nothing under that index");
  return marked(found, value.sensitive === true || key.sensitive === true);
}

/** What stands under a key of an object of which parts may be missing; null where all of it may be missing. */
function entryOf(value: Value, name: string): Value | null {
  if (value.kind !== "hole" || value.entries === null) return null;
  const entry = value.entries.get(name);
  if (entry === undefined) throw new EvaluationError("an object has no such attribute");
  const found = entry.mayBeMissing ? holeOf(typeOf(entry.value), [value]) : entry.value;
  return marked(found, value.sensitive);
}

function memberUnder(value: Value & { kind: "mapping" }, key: Value): Value | undefined {
  const name = convert(key, "string");
  return name.kind === "string" ? value.entries.get(name.value) : undefined;
}

function indexOf(key: Value): number | null {
  const at = convert(key, "number");
  return at.kind === "number" ? toInteger(at.value) : null;
}

function instanceKeyOf(key: Value): InstanceKey | null {
  if (key.kind === "string") return key.value;
  return key.kind === "number" ? toInteger(key.value) : null;
}

/** A part of what is not known; where that is an attribute of a resource, the part is one too. */
function partOfHole(whole: Hole, step: string | null, key: InstanceKey | null = null): Value {
  const references = whole.references.map((reference): Reference => {
    if (step === null || whole.references.length > 1 || !("target" in reference.end)) return reference;
    const { target } = reference.end;
    const text = `${reference.text}${step}`;
    // Behind a resource as a whole stands the key of an instance.
    if (target.attribute === "" && key !== null) return { ...reference, text, end: { target: { ...target, key } } };
    const attribute = target.attribute === "" ? step.replace(/^\./, "") : `${target.attribute}${step}`;
    return { ...reference, text, end: { target: { ...target, attribute } } };
  });
  const { reason, sensitive, isExact } = whole;
  return hole("dynamic", {
    references,
    reason,
    isExact: isExact && step !== null,
    ...(sensitive === true ? { sensitive } : {}),
  });
}
