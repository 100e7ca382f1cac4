import * as z from "zod/mini";
import { type AttributeKind, absenceOf, valueWithUnknowns } from "../plan/absence.ts";
import { isJsonObject } from "../plan/json.ts";
import { elementNodes, isSensitive, jsonNode, memberNode, type PlanNode } from "../plan/node.ts";
import type { Target } from "../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";

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

/** The one data source that a reference means and that waits for apply; null where there is none, or several may be meant. */
export type DeferredData = (target: Target) => PlanNode | null;

/** How one attribute is read: the zod schema of its known value, and what stands there when it is not known. */
export interface Field<T, A extends Attribute<T> = Attribute<T>> {
  read(node: PlanNode, deferred?: DeferredData): A;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The normalised form of a resource or block with these fields. */
export type Normalised<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]["read"]> };

type ValueKind = Exclude<AttributeKind, "block" | "computed-block">;

interface ValueOptions {
  readonly kind?: ValueKind;
  /** Whether an empty text says something; of all others it is what the provider holds for "not set". */
  readonly mayBeEmpty?: boolean;
}

/**
 * An attribute with a value of `schema`. `default` is what AWS or the provider takes when it is not written.
 */
export function attribute<T>(schema: z.ZodMiniType<T>, options: ValueOptions & { default: T }): Field<T>;
export function attribute<T>(schema: z.ZodMiniType<T>, options?: ValueOptions): Field<T | null>;
export function attribute<T>(schema: z.ZodMiniType<T>, options: ValueOptions & { default?: T } = {}): Field<T | null> {
  const unset = samePath((path) => unsetAt(path, options.default ?? null));
  const made = {
    kind: schema instanceof z.ZodMiniArray || schema instanceof z.ZodMiniRecord ? "list" : "one",
  } as const;
  return {
    read(node) {
      if (node.value instanceof Unknown) return unknownAt(node.path, node.value);
      if (node.unknown === true) {
        const absence = absenceOf(node, options.kind ?? "attribute", made);
        return absence === "unset" ? unset(node.path) : unknownAt(node.path, absence);
      }
      if (node.value === null || node.value === undefined) return unset(node.path);
      if (isEmptyText(node) && options.mayBeEmpty !== true) return unset(node.path);
      const value = valueWithUnknowns(node);
      const parsed = schema.safeParse(value);
      const converted = parsed.success || !node.isWritten ? parsed : asWritten(schema, value);
      if (converted.success)
        return { state: "known", value: converted.data, path: node.path, sensitive: isSensitive(node) };
      return unknownAt(node.path, new Unknown("unexpected-shape"));
    },
  };
}

/**
 * Whether an attribute holds an empty text. Terraform's plugin SDK keeps one in the state for an attribute of type text
 * that is not set, and providers read an empty text that is written as one that is not (`GetOk`). Within the JSON of an
 * attribute no provider does so. Source: Terraform plugin SDK, "Schema Behaviors" and "Data Consistency Errors".
 */
function isEmptyText({ value, ignoreCase: isWithinJson }: PlanNode): boolean {
  return value === "" && !isWithinJson;
}

/** A value as the source writes it, which the provider converts to the types of its schema. */
function asWritten<T>(schema: z.ZodMiniType<T>, value: unknown): z.core.util.SafeParseResult<T> {
  const asText = schema.safeParse(asTexts(value));
  return asText.success ? asText : schema.safeParse(asNumber(value));
}

/** What the provider makes of written numbers and booleans where it has texts: `cpu = 256` is `"256"`. */
function asTexts(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(asTexts);
  if (!isJsonObject(value) || value instanceof Unknown) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asTexts(each)]));
}

/** What it makes of a written text where it has a number or a boolean. */
function asNumber(value: unknown): unknown {
  if (value === "true" || value === "false") return value === "true";
  return typeof value === "string" && value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** An attribute that the plan does not tell. */
export function unknownAt(path: string, unknown: Unknown): Attribute<never> {
  return { state: "unknown", value: unknown, path, sensitive: false };
}

/** An attribute that is not written; `value` is what it then means. */
export function unsetAt<T>(path: string, value: T): Attribute<T> {
  return { state: "unset", value, path, sensitive: false };
}

/**
 * Keeps what was made for a path until another one comes: an attribute stands at the same path in one resource after the
 * other, and most are not written in any.
 */
function samePath<T>(make: (path: string) => T): (path: string) => T {
  let last: { readonly path: string; readonly made: T } | null = null;
  return (path) => {
    if (last?.path !== path) last = { path, made: make(path) };
    return last.made;
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
  const unset = samePath((path) => unsetAt<readonly Maybe<Normalised<F>>[]>(path, []));
  return {
    read(node, deferred) {
      if (node.value instanceof Unknown) return unknownAt(node.path, node.value);
      if (node.unknown === true) {
        const absence = absenceOf(node, options.computed === true ? "computed-block" : "block");
        return absence === "unset" ? unset(node.path) : unknownAt(node.path, absence);
      }
      if (node.value === null || node.value === undefined) return unset(node.path);
      const elements = elementNodes(node, options.nesting ?? "list");
      if (elements === null) return unknownAt(node.path, new Unknown("unexpected-shape"));
      const value = elements.map((element) => readElement(element, fields, deferred));
      return { state: value.length === 0 ? "unset" : "known", value, path: node.path, sensitive: isSensitive(node) };
    },
  };
}

/** A block that may stand once at most. */
export interface OnlyBlock<F extends Fields> extends Attribute<readonly Maybe<Normalised<F>>[]> {
  /** Its members. Where it is not written each is unset, with its own default; where it is unknown each is unknown. */
  readonly only: Normalised<F>;
}

/** A nested block that may stand once at most; the options are those of `block`. */
export function onlyBlock<F extends Fields>(
  fields: F,
  options: { computed?: boolean; nesting?: "list" | "set" } = {},
): Field<readonly Maybe<Normalised<F>>[], OnlyBlock<F>> {
  const list = block(fields, options);
  const unwritten = samePath((path) => withoutBlock(path, undefined, fields));
  return {
    read(node, deferred) {
      const { state, value, path, sensitive } = list.read(node, deferred);
      const [first] = elementsOf(value);
      // Here and below written out rather than spread: V8 gives each object that a spread begins a shape of its own.
      if (first === undefined) return { state, value, path, sensitive, only: unwritten(path) };
      const only = first instanceof Unknown ? withoutBlock(path, first, fields) : first;
      return { state, value, path, sensitive, only };
    },
  };
}

/** The members of a block that is not written, or unknown. */
function withoutBlock<F extends Fields>(path: string, unknown: Unknown | undefined, fields: F): Normalised<F> {
  return mapFields(fields, (field, name) => field.read(jsonNode(unknown, `${path}[0].${name}`, false)));
}

/** An entry of a map, which may be unknown or sensitive by itself; of a map that is sensitive as a whole, the name is too. */
export interface MapEntry<T> {
  readonly name: Attribute<string | null>;
  readonly value: Attribute<T | null>;
}

/** A map with values of `schema`, as the list of its entries; empty where it is not written. */
export function mapEntries<T>(schema: z.ZodMiniType<T>): Field<readonly MapEntry<T>[]> {
  const field = attribute(schema, { mayBeEmpty: true });
  return {
    read(node, deferred) {
      if (node.value instanceof Unknown) return unknownAt(node.path, node.value);
      if (node.unknown === true) {
        const absence = absenceOf(node, "attribute", { kind: "list" });
        if (absence !== "unset") return unknownAt(node.path, absence);
      }
      const names = new Set([...keysOf(node.value), ...keysOf(node.unknown)]);
      const value = [...names].map((key, index) => {
        const entry = memberNode(node, key);
        const path = node.sensitive ? `${node.path}[${index}]` : entry.path;
        const name = { state: "known" as const, value: key, path, sensitive: node.sensitive };
        const { state, value: found, sensitive } = field.read(entry, deferred);
        return { name, value: { state, value: found, path, sensitive } };
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
  const unset = samePath((path) => unsetAt(path, null));
  return {
    read(node, deferred) {
      if (node.value === null || node.value === undefined) return unset(node.path);
      const value = readElement(node, fields, deferred);
      return { state: value instanceof Unknown ? "unknown" : "known", value, path: node.path, sensitive: false };
    },
  };
}

function readElement<F extends Fields>(node: PlanNode, fields: F, deferred?: DeferredData): Maybe<Normalised<F>> {
  if (node.value instanceof Unknown) return node.value;
  if (node.unknown === true) {
    const absence = absenceOf(node, "block");
    return absence === "unset" ? new Unknown("dynamic-block") : absence;
  }
  if (typeof node.value !== "object" || node.value === null) return new Unknown("unexpected-shape");
  return readFields(node, fields, deferred);
}

/** Reads all fields of a resource or block. */
export function readFields<F extends Fields>(node: PlanNode, fields: F, deferred?: DeferredData): Normalised<F> {
  return mapFields(fields, (field, name) => field.read(memberNode(node, name), deferred));
}

function mapFields<F extends Fields>(
  fields: F,
  read: (field: Field<unknown>, name: string) => Attribute<unknown>,
): Normalised<F>;
function mapFields(
  fields: Fields,
  read: (field: Field<unknown>, name: string) => Attribute<unknown>,
): Record<string, Attribute<unknown>> {
  const attributes: Record<string, Attribute<unknown>> = {};
  for (const [name, field] of Object.entries(fields)) attributes[name] = read(field, name);
  return attributes;
}

/** The same attribute with its known or default value mapped; an unknown one stays as it is. */
export function mapAttribute<T, U>(from: Attribute<T>, map: (value: T) => Maybe<U>): Attribute<U> {
  if (from.value instanceof Unknown) return { ...from, state: "unknown", value: from.value };
  const value = map(from.value);
  return { ...from, state: value instanceof Unknown ? "unknown" : from.state, value };
}
