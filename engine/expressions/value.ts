import type { Reference } from "../plan/references.ts";
import { integer, type Num } from "./number.ts";

/**
 * A value of Terraform's language. A hole is what is not known before apply, at every depth; `sensitive` marks what must
 * not be shown.
 */
export type Value = Known | Hole;

type Known = Scalar | Sequence | Mapping;

interface Marked {
  readonly sensitive?: boolean;
}

type Scalar = Marked &
  (
    | { readonly kind: "null" }
    | { readonly kind: "bool"; readonly value: boolean }
    | { readonly kind: "number"; readonly value: Num }
    | { readonly kind: "string"; readonly value: string }
  );

export interface Sequence extends Marked {
  readonly kind: "sequence";
  /** The elements of a set are sorted, and none is there twice; one with a hole has as many as it has at most. */
  readonly of: "tuple" | "list" | "set";
  readonly elements: readonly Value[];
  /** Of the elements of a list or set, where it has none to tell it. */
  readonly element?: Type;
}

export interface Mapping extends Marked {
  readonly kind: "mapping";
  readonly of: "object" | "map";
  /** In the order of the keys. */
  readonly entries: ReadonlyMap<string, Value>;
  readonly element?: Type;
}

/** Something that is decided at apply, or that cannot be worked out. */
export interface Hole extends Marked {
  readonly kind: "hole";
  readonly type: Type;
  readonly references: readonly Reference[];
  /** Why it cannot be worked out, where no reference says so. */
  readonly reason: string | null;
  /** Of a text what is known of it: literal text, and the holes between. */
  readonly parts: readonly (string | Hole)[] | null;
  /** Of a text that is the JSON of a value with holes, that value. */
  readonly json: Value | null;
  /** Of an object or map of which parts may be missing, all that it can have. */
  readonly entries: ReadonlyMap<string, Entry> | null;
  /** Whether it is known not to be null. */
  readonly isNotNull: boolean;
  /** Whether it is the attribute that its reference names, as it is. */
  readonly isExact: boolean;
}

/** What stands under a key of an object or map. */
export interface Entry {
  /** What it is where it is there. */
  readonly value: Value;
  readonly mayBeMissing: boolean;
}

/** A type of Terraform's language; `dynamic` is any, or one that is not known. */
export type Type =
  | "dynamic"
  | "string"
  | "number"
  | "bool"
  | { readonly kind: "list" | "set" | "map"; readonly element: Type }
  | { readonly kind: "tuple"; readonly elements: readonly Type[] }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, AttributeType> };

export interface AttributeType {
  readonly type: Type;
  readonly isOptional: boolean;
  /** What an optional attribute is where it is not given. */
  readonly default: Value | null;
}

/** An error as Terraform has it, which `try` and `can` catch. It quotes no value. */
export class EvaluationError extends Error {}

export const nothing: Value = { kind: "null" };

export function text(value: string): Value {
  return { kind: "string", value: value.normalize("NFC") };
}

export function bool(value: boolean): Value {
  return { kind: "bool", value };
}

export function num(value: Num | number): Value {
  return { kind: "number", value: typeof value === "number" ? integer(value) : value };
}

export function tuple(elements: readonly Value[]): Sequence {
  return { kind: "sequence", of: "tuple", elements };
}

export function list(elements: readonly Value[], element?: Type): Sequence {
  return { kind: "sequence", of: "list", elements, ...(element === undefined ? {} : { element }) };
}

export function mapping(of: "object" | "map", entries: Iterable<readonly [string, Value]>, element?: Type): Mapping {
  const sorted = [...new Map(entries)].sort(([one], [other]) => compareBytes(one, other));
  return { kind: "mapping", of, entries: new Map(sorted), ...(element === undefined ? {} : { element }) };
}

/** By code points, as the bytes of UTF-8 are ordered. */
export function compareBytes(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a === b) continue;
    const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;
    // The halves of a surrogate pair stand for what lies beyond all other code units.
    if (isSurrogate(a) !== isSurrogate(b)) return isSurrogate(a) ? 1 : -1;
    return a - b;
  }
  return one.length - other.length;
}

export function hole(type: Type, from: Partial<Omit<Hole, "kind" | "type">> = {}): Hole {
  return {
    kind: "hole",
    type,
    references: from.references ?? [],
    reason: from.reason ?? null,
    parts: from.parts ?? null,
    json: from.json ?? null,
    entries: from.entries ?? null,
    isNotNull: from.isNotNull ?? false,
    isExact: from.isExact ?? false,
    ...(from.sensitive === true ? { sensitive: true } : {}),
  };
}

/** A hole that stands for whatever these values make together. */
export function holeOf(type: Type, values: readonly Value[], reason: string | null = null): Hole {
  const holes = values.flatMap(holesIn);
  const references = uniqueReferences(holes.flatMap((each) => each.references));
  const own = reason ?? holes.find((each) => each.reason !== null)?.reason ?? null;
  const sensitive = values.some(isSensitive);
  return hole(type, { references, reason: own, sensitive });
}

const mostReferences = 200;

function uniqueReferences(references: readonly Reference[]): Reference[] {
  return references.length < 2 ? [...references] : [...new Set(references)].slice(0, mostReferences);
}

/** All holes in a value, at every depth. */
function holesIn(value: Value): Hole[] {
  switch (value.kind) {
    case "hole":
      return [value];
    case "sequence":
      return value.elements.flatMap(holesIn);
    case "mapping":
      return [...value.entries.values()].flatMap(holesIn);
    default:
      return [];
  }
}

/** Whether nothing in a value is a hole. */
export function isKnown(value: Value): boolean {
  switch (value.kind) {
    case "hole":
      return false;
    case "sequence":
      return value.elements.every(isKnown);
    case "mapping":
      return [...value.entries.values()].every(isKnown);
    default:
      return true;
  }
}

/** Whether anything in a value is sensitive. */
export function isSensitive(value: Value): boolean {
  if (value.sensitive === true) return true;
  switch (value.kind) {
    case "sequence":
      return value.elements.some(isSensitive);
    case "mapping":
      return [...value.entries.values()].some(isSensitive);
    case "hole":
      return (
        (value.json !== null && isSensitive(value.json)) ||
        (value.parts?.some(isSensitivePart) ?? false) ||
        [...(value.entries?.values() ?? [])].some((entry) => isSensitive(entry.value))
      );
    default:
      return false;
  }
}

function isSensitivePart(part: string | Hole): boolean {
  return typeof part !== "string" && isSensitive(part);
}

/** The value, marked sensitive where any of `from` is. */
export function markedBy(value: Value, from: readonly Value[]): Value {
  return value.sensitive !== true && from.some(isSensitive) ? { ...value, sensitive: true } : value;
}

export function marked(value: Value, sensitive: boolean | undefined): Value {
  return sensitive === true && value.sensitive !== true ? { ...value, sensitive: true } : value;
}
