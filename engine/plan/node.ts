import { sameText } from "../same-text.ts";
import type { Made } from "./bare.ts";
import { isBare, isExpression } from "./configuration.ts";
import { isJsonObject, ownMember } from "./json.ts";
import type { ExpressionContext } from "./unknown.ts";

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
export function countLeaves({ value, unknown }: PlanNode): { readonly unknown: number; readonly all: number } {
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
