import { type Token, type Tokenised, textOf } from "../../engine/hcl/tokens.ts";
import type { Block } from "../../engine/plan/source.ts";
import { type Directive, directiveStart } from "./configuration.ts";

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
    block: (comment.within === -1 ? below.get(comment.line) : byBrace.get(comment.within)) ?? null,
  }));
}

/** The lines of a comment that speak to plimsoll, without the marks of the comment. */
function speakingLines(source: Tokenised, comment: Token): { line: number; text: string }[] {
  const whole = textOf(source, comment);
  if (!whole.toLowerCase().includes(directiveStart)) return [];
  return whole
    .replace(/\*\/$/, "")
    .split("\n")
    .map((text, at) => ({ line: comment.line + at, text: text.replace(/^\s*(?:#+|\/\/+|\/?\*+)?/, "").trim() }))
    .filter(({ text }) => text.toLowerCase().startsWith(directiveStart));
}

/** Of each line the block on it, or that below it with nothing but comments between; from the last line up. */
function blocksBelow(source: Tokenised, blocks: readonly FoundBlock[]): ReadonlyMap<number, Block> {
  const { code, comments, last } = linesOf(source);
  const starts = new Map<number, Block>();
  for (const { block } of blocks) if (!starts.has(block.line)) starts.set(block.line, block);
  const found = new Map<number, Block>();
  for (let line = last; line > 0; line -= 1) {
    const isPassed = comments.has(line) && !code.has(line);
    const block = starts.get(line) ?? (isPassed ? found.get(line + 1) : undefined);
    if (block !== undefined) found.set(line, block);
  }
  return found;
}

/** Which lines of a file hold code, and which hold comments. */
function linesOf(source: Tokenised): { code: ReadonlySet<number>; comments: ReadonlySet<number>; last: number } {
  const comments = new Set<number>();
  const code = new Set<number>();
  let last = 0;
  for (const token of source.tokens) {
    last = token.line;
    if (token.kind === "newline") continue;
    const lines = token.kind === "comment" ? comments : code;
    lines.add(token.line);
    if (token.kind !== "comment") continue;
    const count = textOf(source, token).split("\n").length;
    for (let at = 1; at < count; at += 1) comments.add(token.line + at);
    last = token.line + count - 1;
  }
  return { code, comments, last };
}
