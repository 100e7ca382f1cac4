import type { Node } from "web-tree-sitter";
import type { Block } from "../../engine/plan/source.ts";
import { type Directive, directiveStart } from "./configuration.ts";
import { lineOf, type ParsedText } from "./hcl-nodes.ts";

/** A block at the top of a file, and where its brace opens and closes. */
export interface FoundBlock {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

/**
 * The lines of a file's comments that speak to plimsoll, each with the block at the top of the file that it stands at.
 * @param end behind it comments do not count
 */
export function directivesOf(
  source: ParsedText & { readonly file: string },
  root: Node,
  blocks: readonly FoundBlock[],
  end = Number.POSITIVE_INFINITY,
): readonly Directive[] {
  if (!source.text.toLowerCase().includes(directiveStart)) return [];
  const comments = commentsIn(root).filter(({ node }) => node.startIndex < end);
  const speaking = comments.flatMap(({ node, within }) =>
    speakingLines(source, node).map((line) => ({ node, within, ...line })),
  );
  if (speaking.length === 0) return [];
  const byBrace = new Map(blocks.map(({ start, block }) => [start, block]));
  const below = blocksBelow(
    source,
    comments.map(({ node }) => node),
    blocks,
  );
  return speaking.map(({ node, within, line, text }) => {
    // A comment stands in a block (but not in a part of it), on its first line, or above it.
    const block = within === null ? below.get(lineOf(source, node)) : byBrace.get(within);
    return { file: source.file, line, text, block: block ?? null };
  });
}

/**
 * What a comment says to plimsoll, without the marks of the comment. In a comment of several lines a sentence goes on up to
 * an empty line or the next one that speaks to plimsoll.
 */
function speakingLines(source: ParsedText, comment: Node): { line: number; text: string }[] {
  const said: { line: number; text: string }[] = [];
  let isOpen = false;
  const text = source.text.slice(comment.startIndex, comment.endIndex).replace(/\*\/$/, "");
  for (const [at, written] of text.split("\n").entries()) {
    const words = written.replace(/^\s*(?:#+|\/\/+|\/?\*+)?/, "").trim();
    const last = said.at(-1);
    if (words.toLowerCase().startsWith(directiveStart)) {
      said.push({ line: lineOf(source, comment) + at, text: words });
      isOpen = true;
    } else if (words === "") isOpen = false;
    else if (isOpen && last !== undefined) said[said.length - 1] = { ...last, text: `${last.text} ${words}` };
  }
  return said;
}

interface Comment {
  readonly node: Node;
  /** Where the innermost bracket around it opens; null where there is none. */
  readonly within: number | null;
}

const opening = /^(?:[([]|(?:block|object|tuple)_start|template_(?:interpolation|directive)_start)$/;
const closing = /^(?:[)\]]|(?:block|object|tuple)_end|template_(?:interpolation|directive)_end)$/;

/** The comments of a file, in its order; every node is looked at once. */
function commentsIn(root: Node): Comment[] {
  const comments: Comment[] = [];
  const open: { node: Node; around: number | null }[] = [{ node: root, around: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { around } = next;
    let within = around;
    for (const node of next.node.children) {
      if (node.type === "comment") comments.push({ node, within });
      else if (opening.test(node.type)) within = node.startIndex;
      else if (closing.test(node.type)) within = around;
      else if (node.childCount > 0) open.push({ node, around: within });
    }
  }
  return comments.sort((one, other) => one.node.startIndex - other.node.startIndex);
}

/** For each line that holds a comment or the start of a block: that block, or the one that the comments lead down to. */
function blocksBelow(
  source: ParsedText,
  comments: readonly Node[],
  blocks: readonly FoundBlock[],
): ReadonlyMap<number, Block> {
  const commented = comments.flatMap(({ startPosition, endPosition }) =>
    Array.from(
      { length: endPosition.row - startPosition.row + 1 },
      (_, at) => source.firstLine + startPosition.row + at,
    ),
  );
  const code = linesOfCode(source, comments);
  const below = new Map<number, Block>();
  // The first of several blocks on a line counts.
  for (const { block } of blocks) if (!below.has(block.line)) below.set(block.line, block);
  for (const line of [...new Set(commented)].sort((one, other) => other - one)) {
    const next = below.get(line + 1);
    if (!below.has(line) && !code.has(line) && next !== undefined) below.set(line, next);
  }
  return below;
}

/** The lines that hold more than comments. */
function linesOfCode({ text, firstLine }: ParsedText, comments: readonly Node[]): ReadonlySet<number> {
  const rest: string[] = [];
  let at = 0;
  for (const { startIndex, endIndex } of comments) {
    rest.push(text.slice(at, startIndex), text.slice(startIndex, endIndex).replace(/[^\n]+/g, ""));
    at = endIndex;
  }
  const lines = [...rest, text.slice(at)].join("").split("\n");
  return new Set(lines.flatMap((line, row) => (line.trim() === "" ? [] : [firstLine + row])));
}
