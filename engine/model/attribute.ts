import * as z from "zod";
import {
  type AttributeKind,
  absenceOf,
  elementNodes,
  isSensitive,
  memberNode,
  type PlanNode,
  valueWithUnknowns,
} from "../plan/node.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

/**
 * One attribute of a normalised resource. `unset` means that the author never wrote it: `value` is then the documented
 * default, or null where there is none. `path` is the attribute's path in the plan.
 */
export interface Attribute<T> {
  readonly state: "known" | "unset" | "unknown";
  readonly value: Maybe<T>;
  readonly path: string;
  readonly sensitive: boolean;
}

/** How one attribute is read: the zod schema of its known value, and what stands there when it is not known. */
export interface Field<T> {
  read(node: PlanNode): Attribute<T>;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The normalised form of a resource or block with these fields. */
export type Normalised<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? Attribute<T> : never;
};

const unknownValue = z.instanceof(Unknown);

/** A list whose elements may be unknown one by one. */
export function listOf<T extends z.ZodType>(element: T) {
  return z.array(z.union([unknownValue, element]));
}

/** A map whose values may be unknown one by one. */
export function mapOf<T extends z.ZodType>(element: T) {
  return z.record(z.string(), z.union([unknownValue, element]));
}

type ValueKind = Exclude<AttributeKind, "block">;

/**
 * An attribute with a value of `schema`. `default` is what AWS or the provider takes when it is not written.
 */
export function attribute<T>(schema: z.ZodType<T>, options: { default: T; kind?: ValueKind }): Field<T>;
export function attribute<T>(schema: z.ZodType<T>, options?: { kind?: ValueKind }): Field<T | null>;
export function attribute<T>(schema: z.ZodType<T>, options: { default?: T; kind?: ValueKind } = {}): Field<T | null> {
  return {
    read(node) {
      const unset = { state: "unset", value: options.default ?? null, path: node.path, sensitive: false } as const;
      if (node.value instanceof Unknown)
        return { state: "unknown", value: node.value, path: node.path, sensitive: false };
      if (node.unknown === true) {
        const absence = absenceOf(node, options.kind ?? "attribute");
        return absence === "unset" ? unset : { state: "unknown", value: absence, path: node.path, sensitive: false };
      }
      if (node.value === null || node.value === undefined) return unset;
      const parsed = schema.safeParse(valueWithUnknowns(node));
      if (parsed.success) return { state: "known", value: parsed.data, path: node.path, sensitive: isSensitive(node) };
      return { state: "unknown", value: new Unknown("unexpected-shape"), path: node.path, sensitive: false };
    },
  };
}

/**
 * A nested block, as the list of its occurrences; empty where it is not written. `computed` blocks are those that the
 * provider fills in when they are not written: an unknown one without an expression is then unset.
 */
export function block<F extends Fields>(
  fields: F,
  options: { computed?: boolean; nesting?: "list" | "set" } = {},
): Field<readonly Maybe<Normalised<F>>[]> {
  return {
    read(node) {
      if (node.value instanceof Unknown)
        return { state: "unknown", value: node.value, path: node.path, sensitive: false };
      if (node.unknown === true) {
        const absence = absenceOf(node, options.computed === true ? "attribute" : "block");
        return absence === "unset"
          ? { state: "unset", value: [], path: node.path, sensitive: false }
          : { state: "unknown", value: absence, path: node.path, sensitive: false };
      }
      if (node.value === null || node.value === undefined)
        return { state: "unset", value: [], path: node.path, sensitive: false };
      const elements = elementNodes(node, options.nesting ?? "list");
      if (elements === null)
        return { state: "unknown", value: new Unknown("unexpected-shape"), path: node.path, sensitive: false };
      const value = elements.map((element) => readElement(element, fields));
      return { state: value.length === 0 ? "unset" : "known", value, path: node.path, sensitive: isSensitive(node) };
    },
  };
}

/** An entry of a map, which may be unknown or sensitive by itself; of a map that is sensitive as a whole, the name is too. */
export interface MapEntry<T> {
  readonly name: Attribute<string | null>;
  readonly value: Attribute<T | null>;
}

/** A map with values of `schema`, as the list of its entries; empty where it is not written. */
export function mapEntries<T>(schema: z.ZodType<T>): Field<readonly MapEntry<T>[]> {
  const field = attribute(schema);
  return {
    read(node) {
      const at = { path: node.path, sensitive: false };
      if (node.value instanceof Unknown) return { state: "unknown", value: node.value, ...at };
      if (node.unknown === true) {
        const absence = absenceOf(node, "attribute");
        if (absence !== "unset") return { state: "unknown", value: absence, ...at };
      }
      const names = new Set([...keysOf(node.value), ...keysOf(node.unknown)]);
      const value = [...names].map((key, index) => {
        const entry = memberNode(node, key);
        const path = node.sensitive ? `${node.path}[${index}]` : entry.path;
        const name = { state: "known" as const, value: key, path, sensitive: node.sensitive };
        return { name, value: { ...field.read(entry), path } };
      });
      return { state: value.length === 0 ? "unset" : "known", value, path: node.path, sensitive: isSensitive(node) };
    },
  };
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** A nested object that stands once at most, as JSON within an attribute has them; null where it is not written. */
export function nested<F extends Fields>(fields: F): Field<Normalised<F> | null> {
  return {
    read(node) {
      const at = { path: node.path, sensitive: false };
      if (node.value === null || node.value === undefined) return { state: "unset", value: null, ...at };
      const value = readElement(node, fields);
      return { state: value instanceof Unknown ? "unknown" : "known", value, ...at };
    },
  };
}

function readElement<F extends Fields>(node: PlanNode, fields: F): Maybe<Normalised<F>> {
  if (node.value instanceof Unknown) return node.value;
  if (node.unknown === true) {
    const absence = absenceOf(node, "block");
    return absence === "unset" ? new Unknown("dynamic-block") : absence;
  }
  if (typeof node.value !== "object" || node.value === null) return new Unknown("unexpected-shape");
  return readFields(node, fields);
}

/** Reads all fields of a resource or block. */
export function readFields<F extends Fields>(node: PlanNode, fields: F): Normalised<F> {
  return mapFields(fields, (field, name) => field.read(memberNode(node, name)));
}

function mapFields<F extends Fields>(
  fields: F,
  read: (field: Field<unknown>, name: string) => Attribute<unknown>,
): Normalised<F>;
function mapFields(
  fields: Fields,
  read: (field: Field<unknown>, name: string) => Attribute<unknown>,
): Record<string, Attribute<unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, read(field, name)]));
}

/** The same attribute with its known or default value mapped; an unknown one stays as it is. */
export function mapAttribute<T, U>(from: Attribute<T>, map: (value: T) => Maybe<U>): Attribute<U> {
  if (from.value instanceof Unknown) return { ...from, state: "unknown", value: from.value };
  const value = map(from.value);
  return { ...from, state: value instanceof Unknown ? "unknown" : from.state, value };
}

/** A member of a block that may stand once at most; `unset` is its value where the block is not written. */
export function inBlock<F extends Fields, T, U>(
  from: Attribute<readonly Maybe<Normalised<F>>[]>,
  name: string,
  select: (fields: Normalised<F>) => Attribute<T>,
  unset: U,
): Attribute<T | U> {
  const path = `${from.path}[0].${name}`;
  if (from.value instanceof Unknown) return { state: "unknown", value: from.value, path, sensitive: false };
  const first = from.value[0];
  if (first === undefined) return { state: "unset", value: unset, path, sensitive: false };
  if (first instanceof Unknown) return { state: "unknown", value: first, path, sensitive: false };
  return select(first);
}
