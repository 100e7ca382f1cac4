import { type Block, type Directive, directiveStart } from "./configuration.ts";
import { type Tokenised, textOf } from "./hcl-value.ts";
import type { Token } from "./tokens.ts";

/** A block, the index of the brace that opens it, and that of the first token behind it. */
export interface FoundBlock {
  readonly block: Block;
  readonly brace: number;
  readonly end: number;
}

/** Which lines of a file hold code, and which hold comments. */
interface Lines {
  readonly code: ReadonlySet<number>;
  readonly comments: ReadonlySet<number>;
}

/** The lines of a file's comments that speak to plimsoll, each with the block at the top of the file that it stands at. */
export function directivesOf(
  source: Tokenised & { readonly file: string },
  blocks: readonly FoundBlock[],
): readonly Directive[] {
  const comments = source.tokens.filter((token) => token.kind === "comment");
  const speaking = comments.flatMap((comment) => speakingLines(source, comment).map((line) => ({ comment, ...line })));
  if (speaking.length === 0) return [];
  const lines = linesOfFile(source);
  return speaking.map(({ comment, line, text }) => ({
    file: source.file,
    line,
    text,
    block: blockOf(comment, blocks, lines),
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

function linesOfFile(source: Tokenised): Lines {
  const comments = new Set<number>();
  const code = new Set<number>();
  for (const token of source.tokens) {
    if (token.kind === "newline") continue;
    const last = token.line + textOf(source, token).split("\n").length - 1;
    const lines = token.kind === "comment" ? comments : code;
    for (let line = token.line; line <= last; line += 1) lines.add(line);
  }
  return { code, comments };
}

/** The block that a comment stands in (but not in a part of it), on the first line of, or above. */
function blockOf(comment: Token, blocks: readonly FoundBlock[], { code, comments }: Lines): Block | null {
  if (comment.within !== null) return blocks.find(({ brace }) => brace === comment.within)?.block ?? null;
  for (let line = comment.line; ; line += 1) {
    const found = blocks.find(({ block }) => block.line === line);
    if (found !== undefined) return found.block;
    if (code.has(line) || !comments.has(line)) return null;
  }
}
