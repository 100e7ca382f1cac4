import type { Node } from "web-tree-sitter";
import type { Expression } from "../../engine/expressions/syntax.ts";
import type { Attribute, Block } from "../../engine/plan/source.ts";
import type { Directive, ReadFile } from "./configuration.ts";
import { unescaped } from "./escapes.ts";
import type { Grammar } from "./grammar.ts";
import { grammarForm } from "./grammar-form.ts";
import { directivesOf, type FoundBlock } from "./hcl-directives.ts";
import { readExpression, readTemplateNode } from "./hcl-expression.ts";
import { lineOf, type ParsedText, partsOf } from "./hcl-nodes.ts";
import { once } from "./once.ts";

/** Longer texts are none that people write, and the tree of a text takes many times its memory. */
export const longestHcl = 1024 ** 2;

/** Blocks of Terraform's configuration nest a handful deep. */
export const deepestBlock = 64;

interface Reader extends ParsedText {
  readonly file: string;
}

/** What stands in a body. */
interface FoundBody {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

/**
 * The blocks and attributes of a file in HCL's native syntax, with their lines. A mistake within a block leaves the others
 * as they are; one between blocks leaves nothing, as it may change what any of them is.
 */
export function readHcl(grammar: Grammar, file: string, text: string): ReadFile {
  try {
    const found = topOf(grammar, { file, text, firstLine: 1 }, 0);
    const unread = found.blocks.filter(({ mistake }) => mistake !== null);
    return {
      configuration: {
        blocks: found.blocks.map(({ block }) => block),
        unread: new Set(unread.map(({ block }) => block)),
        directives: found.directives,
      },
      mistakes: unread.flatMap(({ mistake }) => mistake ?? []),
    };
  } catch (error) {
    if (error instanceof NoConfiguration) return { configuration: null, mistakes: [error.line] };
    throw error;
  }
}

/** Thrown where a text is none. */
class NoConfiguration extends Error {
  readonly line: number;
  constructor(line: number) {
    super();
    this.line = line;
  }
}

/** A block at the top of a file. */
interface TopBlock extends FoundBlock {
  /** The line of what cannot be read in it; null where all can. */
  readonly mistake: number | null;
}

interface Top {
  readonly blocks: readonly TopBlock[];
  readonly directives: readonly Directive[];
}

/** So many mistakes after which the grammar loses its way are read on from. */
const mostCuts = 20;

function topOf(grammar: Grammar, source: Reader, cuts: number): Top {
  const root = source.text.length > longestHcl ? undefined : grammar.treeOf(grammarForm(source.text))?.rootNode;
  if (root === undefined) throw new NoConfiguration(source.firstLine);
  const [body, ...others] = partsOf(root);
  const nodes = body?.type === "body" ? [...partsOf(body), ...others] : partsOf(root);
  const blocks: TopBlock[] = [];
  for (const [at, node] of nodes.entries()) {
    const header = headerOf(source, node);
    const before = nodes[at - 1];
    if (header === null || (before !== undefined && !isOnLineOfItsOwn(before, node)))
      throw new NoConfiguration(mistakeIn(source, node) ?? lineOf(source, node));
    const mistake = mistakeIn(source, node);
    const isSwallowing =
      mistake !== null && (!header.isClosed || nodes.slice(at + 1).some(({ type }) => type !== "block"));
    if (isSwallowing) return cutOff(grammar, source, { root, blocks, header, mistake, cuts });
    const read = mistake === null ? bodyOf(source, header.body, 1) : null;
    blocks.push({ ...blockOf(source, header, read), mistake: read === null ? (mistake ?? header.line) : null });
  }
  return { blocks, directives: directivesOf(source, root, blocks) };
}

/**
 * Where the grammar takes what stands behind a mistake for a part of the block, that ends where people write its end: with a
 * brace at the start of a line. What stands behind it has to be blocks again.
 */
function cutOff(
  grammar: Grammar,
  source: Reader,
  {
    root,
    blocks,
    header,
    mistake,
    cuts,
  }: { root: Node; blocks: TopBlock[]; header: Header; mistake: number; cuts: number },
): Top {
  const brace = source.text.indexOf("\n}", header.start);
  const end = source.text.indexOf("\n", brace + 2);
  if (brace === -1 || end === -1 || cuts === mostCuts || !/^\s*$/.test(source.text.slice(brace + 2, end)))
    throw new NoConfiguration(mistake);
  const text = source.text.slice(end);
  const firstLine = source.firstLine + source.text.slice(0, end).split("\n").length - 1;
  const rest = topOf(grammar, { file: source.file, text, firstLine }, cuts + 1);
  const own = [...blocks, { ...blockOf(source, { ...header, end }, null), mistake }];
  return {
    blocks: [...own, ...rest.blocks],
    directives: [...directivesOf(source, root, own, end), ...rest.directives],
  };
}

/** The line of the first mistake that the grammar found; null where it found none. */
function mistakeIn(source: ParsedText, node: Node): number | null {
  if (!node.hasError) return null;
  let at = node;
  for (let next: Node | undefined = node; next !== undefined; next = at.children.find((each) => each.hasError)) {
    at = next;
    if (at.isError || at.isMissing) break;
  }
  return lineOf(source, at);
}

/** A text that is a template, as a file for `templatefile` or a string in JSON syntax; `line` is that on which it begins. */
export function readTemplateText({ treeOf }: Grammar, text: string, line: number): Expression {
  if (!/[$%]\{/.test(text)) return { kind: "string", line, text };
  const marker = freeMarker(text);
  const head = `x = <<${marker}\n`;
  const whole = `${head}${text}\n${marker}\n`;
  const root = whole.length > longestHcl ? undefined : treeOf(grammarForm(whole))?.rootNode;
  const [template] = root === undefined || root.hasError ? [] : root.descendantsOfType("heredoc_template");
  if (template?.endIndex !== head.length + text.length + 1 + marker.length) return { kind: "unreadable", line };
  const source = { text: head + text, firstLine: line - 1 };
  return readTemplateNode(source, template, { start: head.length, end: source.text.length, line });
}

/** A marker that is nowhere in the text. */
function freeMarker(text: string): string {
  let count = 0;
  while (text.includes(`END${count}`)) count += 1;
  return `END${count}`;
}

/** The grammar does not know that a line ends an attribute or a block, and takes what it cannot read of a number for the next. */
function isOnLineOfItsOwn(last: Node, node: Node): boolean {
  return last.endPosition.row !== node.startPosition.row;
}

/** What stands in a body; null where that is more than the grammar sees. */
function bodyOf(source: Reader, node: Node | undefined, depth: number): FoundBody | null {
  if (depth > deepestBlock) return null;
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  let last: Node | null = null;
  for (const part of node === undefined ? [] : partsOf(node)) {
    if (last !== null && !isOnLineOfItsOwn(last, part)) return null;
    last = part;
    if (part.type === "block") {
      const header = headerOf(source, part);
      const body = header === null ? null : bodyOf(source, header.body, depth + 1);
      if (header === null || body === null) return null;
      blocks.push(blockOf(source, header, body).block);
      continue;
    }
    const found = attributeOf(source, part);
    // A name that is written twice.
    if (found === null || attributes.has(found.name)) return null;
    attributes.set(found.name, found.attribute);
  }
  return { attributes, blocks };
}

/** Null where it is none. */
function attributeOf(source: Reader, node: Node): { name: string; attribute: Attribute } | null {
  const [name, , value] = partsOf(node);
  if (name === undefined || value?.type !== "expression") return null;
  const expression = once(() => readExpression(source, value));
  return { name: textOf(source, name), attribute: { file: source.file, line: lineOf(source, name), expression } };
}

/** A block from its type to its closing brace. */
interface Header {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
  readonly body: Node | undefined;
}

/** Null where the grammar may have taken something else for a block. */
function headerOf(source: Reader, node: Node): Header | null {
  if (node.type !== "block") return null;
  const parts = partsOf(node);
  const brace = parts.findIndex((part) => part.type === "block_start");
  const [type, ...names] = parts.slice(0, brace);
  const [opening, closing] = [parts[brace], parts.at(-1)];
  if (type === undefined || opening === undefined) return null;
  if (names.some(({ isError }) => isError)) return null;
  // A line ends a block's head, too.
  if (opening.startPosition.row !== type.startPosition.row) return null;
  const labels = names.flatMap((name) => labelOf(source, name) ?? []);
  if (labels.length < names.length) return null;
  return {
    type: textOf(source, type),
    labels,
    line: lineOf(source, type),
    start: opening.startIndex,
    end: node.endIndex,
    // A brace that the grammar puts in has no length.
    isClosed: closing?.type === "block_end" && closing.startIndex < closing.endIndex,
    body: parts.find((part) => part.type === "body"),
  };
}

function blockOf({ file }: Reader, { type, labels, line, start, end }: Header, body: FoundBody | null): FoundBlock {
  const block = { file, line, type, labels, body: body ?? { attributes: new Map(), blocks: [] }, construct: null };
  return { block, start, end };
}

/** A name, or a string without templates; null where it has one. */
function labelOf(source: Reader, node: Node): string | null {
  const text = textOf(source, node);
  if (node.type !== "string_lit") return text;
  return /[$%]\{/.test(text.replace(/([$%])\1\{/g, "")) ? null : unescaped(text.slice(1, -1));
}

/** As it is written, which may be other than the grammar was given. */
function textOf({ text }: ParsedText, { startIndex, endIndex }: Node): string {
  return text.slice(startIndex, endIndex);
}
