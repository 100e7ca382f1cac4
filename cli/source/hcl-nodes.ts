import type { Node } from "web-tree-sitter";

/** The text that a syntax tree was made of. */
export interface ParsedText {
  readonly text: string;
  /** Of the first line of the tree: one more than 0, or less where other lines were put before the text. */
  readonly firstLine: number;
}

/** Thrown where a tree has no meaning that is certain. */
export class Unreadable extends Error {}

/** A node with all that is read of it: each question to the tree itself goes through WebAssembly. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** As it is written, which may be other than the grammar was given. */
  readonly text: string;
  /** Without the comments between them. */
  readonly parts: readonly SyntaxNode[];
}

/** The parts of a node without the comments between them. */
export function partsOf(node: Node): Node[] {
  return node.children.filter(({ type }) => type !== "comment");
}

export function lineOf({ firstLine }: ParsedText, node: Node): number {
  return node.startPosition.row + firstLine;
}

/** A node of a tree with all below it. @throws Unreadable where it nests deeper than anybody writes */
export function syntaxOf(source: ParsedText, node: Node, depth = 0): SyntaxNode {
  if (depth > deepestNode) throw new Unreadable();
  const { type, startIndex: start, endIndex: end } = node;
  const text = source.text.slice(start, end);
  const parts: SyntaxNode[] = [];
  // The type of punctuation and of a word is what is written.
  if (type !== text && !leaves.has(type))
    for (const part of node.children) {
      const read = syntaxOf(source, part, depth + 1);
      if (read.type !== "comment") parts.push(read);
    }
  return { type, start, end, line: lineOf(source, node), text, parts };
}

/** A level of an expression takes a handful of nodes. */
const deepestNode = 1_000;

const leaves = new Set(["identifier", "numeric_lit", "template_literal", "heredoc_identifier", "comment"]);

/** Longer conditions are none that people write. */
const longestChain = 200;

/** Conditions and values in the order in which they are written. */
export function chainOf(node: SyntaxNode): SyntaxNode[] {
  const chain: SyntaxNode[] = [];
  for (let inner: SyntaxNode | undefined = node; inner !== undefined; ) {
    const [condition, ...values]: SyntaxNode[] = inner.parts.filter(({ type }) => type === "expression");
    if (condition === undefined || values.length !== 2 || chain.length > longestChain) throw new Unreadable();
    chain.unshift(...values);
    const first: SyntaxNode | undefined = condition.parts[0];
    if (first?.type !== "conditional") chain.unshift(condition);
    inner = first?.type === "conditional" ? first : undefined;
  }
  return chain;
}

export function lastOf(nodes: readonly SyntaxNode[]): SyntaxNode {
  const last = nodes.at(-1);
  if (last === undefined) throw new Unreadable();
  return last;
}

const behindSplat = new Set(["get_attr", "index"]);

/** What stands behind a term, one step after the other. */
export function stepsOf(parts: readonly SyntaxNode[]): SyntaxNode[] {
  return parts.flatMap((part) => {
    if (part.type === "index") return part.parts;
    if (part.type !== "splat") return [part];
    const [splat] = part.parts;
    return splat === undefined ? [] : [splat, ...stepsOf(splat.parts.filter(({ type }) => behindSplat.has(type)))];
  });
}
