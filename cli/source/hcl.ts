import type { Node } from "web-tree-sitter";
import type { Expression } from "../../engine/expressions/syntax.ts";
import type { Attribute } from "../../engine/plan/source.ts";
import type { ConfigurationFile } from "./configuration.ts";
import { unescaped } from "./escapes.ts";
import type { Grammar } from "./grammar.ts";
import { directivesOf, type FoundBlock } from "./hcl-directives.ts";
import { readable, readExpression } from "./hcl-expression.ts";
import { lineOf, type ParsedText, partsOf } from "./hcl-nodes.ts";
import { readTemplate } from "./hcl-template.ts";
import { once } from "./once.ts";

/** Blocks of Terraform's configuration nest a handful deep. */
export const deepestBlock = 64;

interface Reader extends ParsedText {
  readonly file: string;
}

interface FoundBody {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly FoundBlock[];
}

/** The blocks and attributes of a file in HCL's native syntax, with their lines; null where it is none. */
export function readHcl({ treeOf }: Grammar, file: string, text: string): ConfigurationFile | null {
  const tree = treeOf(text);
  if (tree === null) return null;
  const source = { file, text, firstLine: 1 };
  const [body] = partsOf(tree.rootNode);
  if (body !== undefined && body.type !== "body") return null;
  const found = bodyOf(source, body, 0);
  if (found === null) return null;
  return {
    blocks: found.blocks.map(({ block }) => block),
    directives: directivesOf(source, tree.rootNode, found.blocks),
  };
}

/** A text that is a template, as a file for `templatefile` or a string in JSON syntax; `line` is that on which it begins. */
export function readTemplateText({ treeOf }: Grammar, text: string, line: number): Expression {
  if (!/[$%]\{/.test(text)) return { kind: "string", line, text };
  const marker = freeMarker(text);
  const head = `x = <<${marker}\n`;
  const tree = treeOf(`${head}${text}\n${marker}\n`);
  const [template] = tree?.rootNode.descendantsOfType("heredoc_template") ?? [];
  if (template?.endIndex !== head.length + text.length + 1 + marker.length) return { kind: "unreadable", line };
  const source = { text: head + text, firstLine: line - 1 };
  const range = { start: head.length, end: source.text.length, line, isQuoted: false, isFlush: false };
  return readable(line, () => readTemplate(source, template, range, (node) => readExpression(source, node)));
}

/** A marker that is nowhere in the text. */
function freeMarker(text: string): string {
  let count = 0;
  while (text.includes(`END${count}`)) count += 1;
  return `END${count}`;
}

/** What stands in a body; null where that is more than the grammar sees. */
function bodyOf(source: Reader, node: Node | undefined, depth: number): FoundBody | null {
  if (depth > deepestBlock) return null;
  const attributes = new Map<string, Attribute>();
  const blocks: FoundBlock[] = [];
  let last: Node | null = null;
  for (const part of node === undefined ? [] : partsOf(node)) {
    // The grammar does not know that a line ends an attribute, and takes what it cannot read of a number for the next.
    if (last !== null && last.endPosition.row === part.startPosition.row) return null;
    last = part;
    if (part.type === "block") {
      const found = blockOf(source, part, depth);
      if (found === null) return null;
      blocks.push(found);
      continue;
    }
    const [name, , value] = partsOf(part);
    // A name that is written twice, or what is no attribute.
    if (name === undefined || value?.type !== "expression" || attributes.has(name.text)) return null;
    const expression = once(() => readExpression(source, value));
    attributes.set(name.text, { file: source.file, line: lineOf(source, name), expression });
  }
  return { attributes, blocks };
}

/** A block from its type to its closing brace. */
function blockOf(source: Reader, node: Node, depth: number): FoundBlock | null {
  const [type, ...parts] = partsOf(node);
  const brace = parts.findIndex((part) => part.type === "block_start");
  const opening = parts[brace];
  if (type === undefined || opening === undefined) return null;
  // A line ends a block's head, too.
  if (opening.startPosition.row !== type.startPosition.row) return null;
  const labels = parts.slice(0, brace).map(labelOf);
  if (labels.some((label) => label === null)) return null;
  const body = bodyOf(
    source,
    parts.find((part) => part.type === "body"),
    depth + 1,
  );
  if (body === null) return null;
  const block = {
    file: source.file,
    line: lineOf(source, type),
    type: type.text,
    labels: labels.filter((label) => label !== null),
    body: { attributes: body.attributes, blocks: body.blocks.map((each) => each.block) },
    construct: null,
  };
  return { block, start: opening.startIndex, end: node.endIndex };
}

/** A name, or a string without templates; null where it has one. */
function labelOf({ type, text }: Node): string | null {
  if (type !== "string_lit") return text;
  return /[$%]\{/.test(text.replace(/([$%])\1\{/g, "")) ? null : unescaped(text.slice(1, -1));
}
