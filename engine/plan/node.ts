import { sameText } from "../same-text.ts";
import { fits, hasOneEach, type Made, timesOfTexts } from "./bare.ts";
import { constantOf, expressionsIn, isBare, isExpression, type Scope } from "./configuration.ts";
import { isJsonObject, ownMember } from "./json.ts";
import { namedEnds, openReferences, type Reference, resolveExpression } from "./references.ts";
import { type ExpressionContext, nothingKnown, type Template, Unknown } from "./unknown.ts";

/**
 * One place in the planned values of a resource: the value, its masks, and the expressions that may have made it, read
 * side by side. `expressions` is null where the resource stands in no configuration.
 */
export interface PlanNode {
  /** The attribute's path as people write it: `network_configuration[0].subnets`; empty for the whole. */
  readonly path: string;
  readonly value: unknown;
  readonly unknown: unknown;
  readonly sensitive: boolean;
  readonly sensitiveMask: unknown;
  readonly expressions: readonly unknown[] | null;
  /** Whether a `dynamic` block may have made this place: then no expression does not mean "not written". */
  readonly maybeDynamic: boolean;
  /** Of blocks that stand in one expression, how many values it makes; null for all else. */
  readonly among: Made | null;
  readonly context: ExpressionContext | null;
  /** Whether names are compared without case, as the AWS provider does in the JSON that it opens. */
  readonly ignoreCase: boolean;
  /** Whether values may stand as the source writes them, not yet converted to the types of the provider's schema. */
  readonly isWritten: boolean;
}

/** A tree of plain JSON within an attribute (`container_definitions`), whose unknown leaves are `Unknown` already. */
export function jsonNode(value: unknown, path: string, sensitive: boolean): PlanNode {
  return {
    path,
    value,
    unknown: undefined,
    sensitive,
    sensitiveMask: undefined,
    expressions: [],
    maybeDynamic: false,
    among: null,
    context: null,
    ignoreCase: true,
    isWritten: false,
  };
}

/** The member of an object under `key`. */
export function memberNode(node: PlanNode, key: string): PlanNode {
  const value = ownMember(node.value, key);
  const sensitiveMask = ownMember(node.sensitiveMask, key);
  // Written out rather than spread: a plan has more nodes than anything else.
  return {
    path: node.path === "" ? key : sameText(`${node.path}.${key}`),
    value: node.ignoreCase ? memberInAnyCase(node.value, key) : value,
    unknown: node.unknown === true ? true : ownMember(node.unknown, key),
    sensitive: node.sensitive || sensitiveMask === true,
    sensitiveMask,
    expressions: node.expressions === null ? null : memberExpressions(node.expressions, key),
    maybeDynamic: node.maybeDynamic,
    among: node.among,
    context: node.context,
    ignoreCase: node.ignoreCase,
    isWritten: node.isWritten,
  };
}

/** Go, which reads such JSON, takes the last of the keys that differ in case only. Source: Go's encoding/json, Unmarshal. */
function memberInAnyCase(value: unknown, key: string): unknown {
  if (!isJsonObject(value)) return undefined;
  const lower = key.toLowerCase();
  const name = Object.keys(value).findLast(
    (candidate) => candidate.length === key.length && candidate.toLowerCase() === lower,
  );
  return name === undefined ? undefined : value[name];
}

const none: readonly unknown[] = [];

function memberExpressions(parts: readonly unknown[], key: string): readonly unknown[] {
  if (parts.length === 0) return none;
  return parts.flatMap((part) => {
    if (isExpression(part) && !isBare(part)) return [part];
    const member = ownMember(part, key);
    return member === undefined ? none : [member];
  });
}

/**
 * The elements of a list of blocks; null where the node is none or is unknown as a whole. The plan sorts the blocks of a
 * `set`, so that its order is not that of the configuration.
 */
export function elementNodes(node: PlanNode, nesting: "list" | "set"): PlanNode[] | null {
  const { value } = node;
  if (!Array.isArray(value) || node.unknown === true) return null;
  const expressionsAt = elementExpressions(node, value.length, nesting);
  return value.map((element: unknown, at) => {
    const { expressions, maybeDynamic, among } = expressionsAt(at);
    const sensitiveMask: unknown = Array.isArray(node.sensitiveMask) ? node.sensitiveMask[at] : undefined;
    return {
      path: sameText(`${node.path}[${at}]`),
      value: element,
      unknown: Array.isArray(node.unknown) ? node.unknown[at] : undefined,
      sensitive: node.sensitive || sensitiveMask === true,
      sensitiveMask,
      expressions,
      maybeDynamic,
      among,
      context: node.context,
      ignoreCase: node.ignoreCase,
      isWritten: node.isWritten,
    };
  });
}

/**
 * `dynamic` blocks leave no trace in the configuration, so only where both sides hold as many blocks are they the same
 * ones; else any of the written blocks may be the one.
 */
function elementExpressions(
  node: PlanNode,
  length: number,
  nesting: "list" | "set",
): (at: number) => Pick<PlanNode, "expressions" | "maybeDynamic" | "among"> {
  const { among, maybeDynamic } = node;
  if (node.expressions === null) return () => ({ expressions: null, maybeDynamic, among });
  const blocks = node.expressions.flatMap((part) => (Array.isArray(part) ? part : []));
  if (blocks.length === 0) {
    const whole = node.expressions.filter((part) => isExpression(part));
    const every = {
      expressions: whole,
      maybeDynamic: maybeDynamic || (whole.length === 0 && node.context !== null),
      among: among ?? ({ kind: "blocks", unknown: countLeaves(node).unknown } as const),
    };
    return () => every;
  }
  if (blocks.length === length && (nesting === "list" || length === 1))
    return (at) => ({ expressions: [blocks[at]], maybeDynamic, among });
  const every = { expressions: blocks, maybeDynamic: maybeDynamic || blocks.length < length, among };
  return () => every;
}

/** How many values stand in a node, and how many of them are unknown. */
function countLeaves({ value, unknown }: PlanNode): { readonly unknown: number; readonly all: number } {
  const count = { unknown: 0, all: 0 };
  const left: [value: unknown, mask: unknown][] = [[value, unknown]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [part, mask] = next;
    if (mask !== true) {
      for (const key of keysOf(part)) left.push([ownPart(part, key), ownPart(mask, key)]);
      for (const key of keysOf(mask)) if (!hasPart(part, key)) left.push([undefined, ownPart(mask, key)]);
    }
    if (mask === true) count.unknown += 1;
    if (mask === true || (part !== null && typeof part !== "object")) count.all += 1;
  }
  return count;
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function hasPart(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

function ownPart(value: unknown, key: string): unknown {
  return Array.isArray(value) ? value[Number(key)] : ownMember(value, key);
}

/** Whether anything below the node is marked sensitive; a JSON string with one sensitive part is marked as a whole. */
export function isSensitive(node: PlanNode): boolean {
  return node.sensitive || holdsTrue(node.sensitiveMask);
}

export const deepestValue = 100;

/** Whether anything in a mask is marked. */
export function holdsTrue(mask: unknown, depth = 0): boolean {
  if (mask === true) return true;
  if (typeof mask !== "object" || mask === null) return false;
  // Deeper than any provider nests: rather hidden than shown.
  if (depth > deepestValue) return true;
  return Object.values(mask).some((part) => holdsTrue(part, depth + 1));
}

/** How a node that is not known came to be so: `unset` is "the author never wrote it", so its default applies. */
export type Absence = Unknown | "unset";

/**
 * What the provider's schema says of an attribute: `computed` is filled in at apply when it is not written (an ARN, a
 * generated name), `optional-computed` has a documented default then although the plan shows it as unknown, and a `block`
 * may be made by a `dynamic` block without a trace.
 */
export type AttributeKind = "attribute" | "optional-computed" | "computed" | "block";

/**
 * Tells an unknown value from one that was never written: both are `true` in `after_unknown`. `made` says what the
 * expressions of the node make.
 */
export function absenceOf(node: PlanNode, kind: AttributeKind, made: Made = { kind: "one" }): Absence {
  if (node.expressions === null || node.context === null) return new Unknown("not-in-configuration");
  // A literal null is not written.
  const expressions = node.expressions.filter((expression) => !isLiteralNull(expression));
  if (expressions.length > 0) {
    const references = resolveAll(expressions, node.context, node.among ?? made);
    // Variables are known when the plan is made: an expression of nothing else that still left the attribute unknown was
    // null, and the provider fills the attribute in. One that it does not fill in is unknown by a function (uuid), and one
    // of literals alone cannot be told from that.
    const isNull =
      kind === "optional-computed" &&
      references.length > 0 &&
      references.every(({ end }) => "deadEnd" in end && end.deadEnd === "variable" && !end.isLiteral);
    if (isNull && !node.maybeDynamic) return "unset";
    const all = node.maybeDynamic ? [...references, dynamicBlock] : references;
    const template = templateOf(expressions, node.context);
    return new Unknown("after-apply", all, null, { ...nothingKnown, template });
  }
  if (kind === "computed") return new Unknown("computed");
  return kind === "block" || node.maybeDynamic ? new Unknown("dynamic-block") : "unset";
}

function isLiteralNull(expression: unknown): boolean {
  return isExpression(expression) && !isBare(expression) && constantOf(expression) === null;
}

const notBare = (reference: Reference): Reference => ({ ...reference, isBare: false });

/** Where the content of a `dynamic` block may have made a value, the references of the written blocks are not all. */
const dynamicBlock: Reference = {
  text: "a dynamic block",
  sensitive: false,
  isBare: false,
  end: { deadEnd: "dynamic-block" },
};

/** All that the expressions of a node refer to; null where the resource stands in no configuration. */
export function referencesOf({ expressions, context }: PlanNode): Reference[] | null {
  if (expressions === null || context === null) return null;
  return resolveAll(expressions, context, { kind: "list" });
}

/** Where the one expression of an attribute stands beside its references as text, that text is a template. */
function templateOf(expressions: readonly unknown[], context: ExpressionContext): Template | null {
  const [expression, ...others] = expressions;
  const text = ownMember(expression, "constant_value");
  if (others.length > 0 || typeof text !== "string" || ownMember(expression, "references") === undefined) return null;
  return { text, context };
}

function resolveAll(
  expressions: readonly unknown[],
  { scope, repetition }: ExpressionContext,
  made: Made,
): Reference[] {
  return expressionsIn(expressions).flatMap((part) => {
    const references = resolveExpression(part, scope, repetition);
    const open = openReferences(references);
    if (made.kind === "blocks") return madeInBlocks(part, references, scope, made.unknown);
    if (!fits(part, namedEnds(open).length, made)) return references.map(notBare);
    return hasOneEach(part, made) && open.length > 0 ? open : references;
  });
}

/**
 * Blocks that stand in one expression make several values of it. Only where it makes as many references to what is unknown
 * as there are unknown values, no `dynamic` block made one of them; each is then one of these.
 */
function madeInBlocks(
  expression: unknown,
  references: readonly Reference[],
  { planned }: Scope,
  unknown: number,
): readonly Reference[] {
  const open = openReferences(references).filter(({ end }) => !("target" in end && planned.isKnown(end.target)));
  const times = timesOfTexts(expression, new Set(open.map(({ text }) => text)));
  return times >= unknown ? open : references.map(notBare);
}

/** The value below a node with `Unknown` at every place that the mask calls unknown. */
export function valueWithUnknowns(node: PlanNode): unknown {
  let made: Made | null = null;
  const unknown = () => {
    made ??= { kind: "elements", ...countLeaves(node) };
    const absence = absenceOf(node, "computed", made);
    return absence === "unset" ? new Unknown("computed") : absence;
  };
  return merge(node.value, node.unknown, unknown, 0);
}

function merge(value: unknown, mask: unknown, unknown: () => Unknown, depth: number): unknown {
  if (mask === true) return unknown();
  if (typeof mask !== "object" || mask === null) return value;
  if (depth > deepestValue) return new Unknown("unexpected-shape");
  if (value instanceof Unknown) return value;
  if (Array.isArray(value)) {
    return value.map((element: unknown, at) =>
      merge(element, Array.isArray(mask) ? mask[at] : undefined, unknown, depth + 1),
    );
  }
  // No prototype, so that a key named __proto__ is a key.
  const merged: Record<string, unknown> = Object.create(null);
  for (const key of new Set([...Object.keys(isJsonObject(value) ? value : {}), ...Object.keys(mask)])) {
    merged[key] = merge(ownMember(value, key), ownMember(mask, key), unknown, depth + 1);
  }
  return merged;
}
