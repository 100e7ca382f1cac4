import { isJsonObject, ownMember } from "../plan/json.ts";
import { holdsTrue } from "../plan/node.ts";
import type { Block, Body } from "../plan/source.ts";
import { nestedName } from "./body.ts";
import type { Expression } from "./syntax.ts";

/**
 * Of what is written in a body the names that the plan does not know all of and of which the source may tell more: of the
 * ARN of a resource the plan tells as much.
 */
export function hiddenNames(unknown: unknown, { attributes, blocks }: Body): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, { expression }] of attributes)
    if (holdsTrue(ownMember(unknown, name)) && !isReference(expression())) names.add(name);
  for (const block of blocks) {
    const name = nestedName(block);
    if (!names.has(name) && hidesPart(ownMember(unknown, name), block)) names.add(name);
  }
  return names;
}

/** Whether the plan hides a part of what is written in a nested block. */
function hidesPart(unknown: unknown, { type, body }: Block): boolean {
  if (unknown === true) return type === "dynamic" || holdsMore(body);
  if (!holdsTrue(unknown)) return false;
  const content = type === "dynamic" ? body.blocks.find((each) => each.type === "content")?.body : body;
  // In JSON syntax the content is an argument.
  if (content === undefined) return true;
  const elements: readonly unknown[] = Array.isArray(unknown) ? unknown : isJsonObject(unknown) ? [unknown] : [];
  return elements.some((each) => (each === true ? holdsMore(content) : hiddenNames(each, content).size > 0));
}

/** Whether a body holds more than references. */
function holdsMore({ attributes, blocks }: Body): boolean {
  return (
    [...attributes.values()].some(({ expression }) => !isReference(expression())) ||
    blocks.some(({ type, body }) => type === "dynamic" || holdsMore(body))
  );
}

/** Names that stand for what only the source tells; all others begin with the type of a resource. */
const toldBySource = new Set(["data", "local", "module", "var", "each", "count", "self", "path", "terraform"]);

/** An attribute of a resource that names it, as it is: the plan tells as much. */
function isReference(expression: Expression): boolean {
  if (expression.kind !== "attribute") return false;
  if (isDocument(expression)) return true;
  if (!["arn", "id", "name"].includes(expression.name)) return false;
  let { of } = expression;
  while (of.kind === "attribute" || of.kind === "index") {
    if (of.kind === "index" && of.key.kind !== "number" && of.key.kind !== "string") return false;
    of = of.of;
  }
  return of.kind === "name" && !toldBySource.has(of.name);
}

/** The JSON of a policy document, which is worked out where it stands. */
function isDocument({ of, name }: Expression & { readonly kind: "attribute" }): boolean {
  return (
    name === "json" &&
    of.kind === "attribute" &&
    of.of.kind === "attribute" &&
    of.of.name === "aws_iam_policy_document" &&
    of.of.of.kind === "name" &&
    of.of.of.name === "data"
  );
}
