import type { Node } from "web-tree-sitter";

/** The text that a syntax tree was made of. */
export interface ParsedText {
  readonly text: string;
  /** Of the first line of the tree: one more than 0, or less where other lines were put before the text. */
  readonly firstLine: number;
}

/** Thrown where a tree has no meaning that is certain. */
export class Unreadable extends Error {}

/** The parts of a node without the comments between them. */
export function partsOf(node: Node): Node[] {
  return node.children.filter(({ type }) => type !== "comment");
}

export function lineOf({ firstLine }: ParsedText, node: Node): number {
  return node.startPosition.row + firstLine;
}
