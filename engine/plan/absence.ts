import { fits, hasOneEach, type Made, timesOfTexts } from "./bare.ts";
import { constantOf, expressionsIn, isBare, isExpression, type Scope } from "./configuration.ts";
import { isJsonObject, ownMember } from "./json.ts";
import { countLeaves, deepestValue, type PlanNode } from "./node.ts";
import { namedEnds, openReferences, type Reference } from "./references.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { type ExpressionContext, nothingKnown, type Template, Unknown } from "./unknown.ts";

/** How a node that is not known came to be so: `unset` is "the author never wrote it", so its default applies. */
export type Absence = Unknown | "unset";

/**
 * What the provider's schema says of an attribute: `computed` is filled in at apply when it is not written (an ARN, a
 * generated name), `optional-computed` has a documented default then although the plan shows it as unknown, and a `block`
 * may be made by a `dynamic` block without a trace. Of a `computed-block` there is one only where something hidden is used.
 */
export type AttributeKind = "attribute" | "optional-computed" | "computed" | "block" | "computed-block";

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
  const mayBeDynamic = kind === "block" || (kind === "computed-block" && mayHide(node.context));
  return mayBeDynamic || node.maybeDynamic ? new Unknown("dynamic-block") : "unset";
}

/** Whether a resource may have a dynamic block of which nothing is seen. */
export function mayHide({ scope, resource, isComplete }: ExpressionContext): boolean {
  return isComplete !== true && scope.planned.hidesUse(scope.path, resource);
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
