import { type Block, type Directive, directiveStart } from "./configuration.ts";
import { type Tokenised, textOf } from "./hcl-value.ts";
import type { Token } from "./tokens.ts";

/** A block, the index of the brace that opens it, and that of the first token behind it. */
export interface FoundBlock {
  readonly block: Block;
  readonly brace: number;
  readonly end: number;
}

/** The lines of a file's comments that speak to plimsoll, each with the block at the top of the file that it stands at. */
export function directivesOf(
  source: Tokenised & { readonly file: string },
  blocks: readonly FoundBlock[],
): readonly Directive[] {
  const comments = source.tokens.filter((token) => token.kind === "comment");
  const speaking = comments.flatMap((comment) => speakingLines(source, comment).map((line) => ({ comment, ...line })));
  if (speaking.length === 0) return [];
  const byBrace = new Map(blocks.map(({ brace, block }) => [brace, block]));
  const below = blocksBelow(source, blocks);
  return speaking.map(({ comment, line, text }) => ({
    file: source.file,
    line,
    text,
    // A comment stands in a block (but not in a part of it), on its first line, or above it.
    block: (comment.within === null ? below.get(comment.line) : byBrace.get(comment.within)) ?? null,
  }));
}

/** The lines of a comment that speak to plimsoll, without the marks of the comment. */
function speakingLines(source: Tokenised, comment: Token): { line: number; text: string }[] {
  return textOf(source, comment)
    .replace(/\*\/$/, "")
    .split("\n")
    .map((text, at) => ({ line: comment.line + at, text: text.replace(/^\s*(?:#+|\/\/+|\/?\*+)?/, "").trim() }))
    .filter(({ text }) => text.toLowerCase().startsWith(directiveStart));
}

/** For each line that holds a comment or the start of a block: that block, or the one that the comments lead down to. */
function blocksBelow(source: Tokenised, blocks: readonly FoundBlock[]): ReadonlyMap<number, Block> {
  const comments = new Set<number>();
  const code = new Set<number>();
  for (const token of source.tokens) {
    if (token.kind === "newline") continue;
    const last = token.line + textOf(source, token).split("\n").length - 1;
    const lines = token.kind === "comment" ? comments : code;
    for (let line = token.line; line <= last; line += 1) lines.add(line);
  }
  const below = new Map<number, Block>();
  // The first of several blocks on a line counts.
  for (const { block } of blocks) if (!below.has(block.line)) below.set(block.line, block);
  for (const line of [...comments].sort((one, other) => other - one)) {
    const next = below.get(line + 1);
    if (!below.has(line) && !code.has(line) && next !== undefined) below.set(line, next);
  }
  return below;
}
