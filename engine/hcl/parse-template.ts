import type { Expression } from "../expressions/syntax.ts";
import { type Cursor, NoExpression } from "./cursor.ts";
import { unescaped } from "./escapes.ts";
import { type Token, textOf } from "./tokens.ts";

/** Where a template stands: from the cursor to the token `end`. */
interface TemplateRange {
  readonly end: number;
  readonly line: number;
  /** Whether backslashes escape. */
  readonly isQuoted: boolean;
  /** Whether the indentation that all lines have is taken off: `<<-`. */
  readonly isFlush: boolean;
}

/** A template in a row, before its directives are put into each other. */
type Piece =
  | { readonly kind: "text"; text: string }
  | { readonly kind: "interpolation"; readonly of: Expression }
  | { readonly kind: "if"; readonly line: number; readonly condition: Expression }
  | { readonly kind: "for"; readonly line: number; readonly names: readonly string[]; readonly collection: Expression }
  | { readonly kind: "else" | "endif" | "endfor" };

type ReadExpression = (cursor: Cursor) => Expression;

/** Source: the HCL native syntax specification, "Templates"; `parser_template.go` of hashicorp/hcl. */
export function parseTemplate(cursor: Cursor, range: TemplateRange, read: ReadExpression): Expression {
  const pieces = piecesOf(cursor, range, read);
  if (range.isFlush) flush(pieces);
  const nesting = { pieces, at: 0, line: range.line };
  const parts = partsUntil(nesting, []);
  const [only, ...others] = parts;
  if (only === undefined) return { kind: "string", line: range.line, text: "" };
  if (others.length > 0) return { kind: "template", line: range.line, parts };
  if (typeof only === "string") return { kind: "string", line: range.line, text: only };
  return pieces.length === 1 ? only : { kind: "template", line: range.line, parts };
}

function piecesOf(cursor: Cursor, range: TemplateRange, read: ReadExpression): Piece[] {
  const pieces: Piece[] = [];
  let trimsNext = false;
  while (cursor.at < range.end) {
    const token = cursor.source.tokens[cursor.at];
    if (token === undefined) throw new NoExpression();
    cursor.at += 1;
    if (token.kind === "text") {
      const text = literal(textOf(cursor.source, token), range.isQuoted);
      pieces.push({ kind: "text", text: trimsNext ? text.trimStart() : text });
      trimsNext = false;
      continue;
    }
    const last = pieces.at(-1);
    if (isTrimming(cursor, token) && last?.kind === "text") last.text = last.text.trimEnd();
    pieces.push(sequence(cursor, token, read));
    trimsNext = isTrimming(cursor, cursor.source.tokens[token.close]);
    cursor.at = token.close + 1;
  }
  return pieces;
}

function isTrimming(cursor: Cursor, token: Token | undefined): boolean {
  return textOf(cursor.source, token).includes("~");
}

function literal(text: string, isQuoted: boolean): string {
  return isQuoted ? unescaped(text) : text.replace(/([$%])\1\{/g, "$1{");
}

function sequence(cursor: Cursor, token: Token, read: ReadExpression): Piece {
  return cursor.within(false, () => {
    const piece = token.kind === "interpolation" ? interpolation(cursor, read) : directive(cursor, token.line, read);
    cursor.peek();
    if (cursor.at !== token.close) throw new NoExpression();
    return piece;
  });
}

function interpolation(cursor: Cursor, read: ReadExpression): Piece {
  return { kind: "interpolation", of: read(cursor) };
}

function directive(cursor: Cursor, line: number, read: ReadExpression): Piece {
  const word = cursor.name();
  switch (word) {
    case "if":
      return { kind: "if", line, condition: read(cursor) };
    case "for": {
      const names = [cursor.name()];
      if (cursor.takes(",")) names.push(cursor.name());
      cursor.expect("in");
      return { kind: "for", line, names, collection: read(cursor) };
    }
    case "else":
    case "endif":
    case "endfor":
      return { kind: word };
  }
  throw new NoExpression();
}

interface Nesting {
  readonly pieces: readonly Piece[];
  at: number;
  readonly line: number;
}

/** The parts up to one of the words, which is not taken, or up to the end where there are none. */
function partsUntil(nesting: Nesting, words: readonly string[], depth = 0): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  if (depth > 100) throw new NoExpression();
  for (;;) {
    const piece = nesting.pieces[nesting.at];
    if (piece === undefined) {
      if (words.length > 0) throw new NoExpression();
      return parts;
    }
    if (words.includes(piece.kind)) return parts;
    nesting.at += 1;
    if (piece.kind === "text") appendText(parts, piece.text);
    else if (piece.kind === "interpolation") parts.push(piece.of);
    else if (piece.kind === "if") parts.push(conditional(nesting, piece.condition, piece.line, depth));
    else if (piece.kind === "for") parts.push(join(nesting, piece.names, piece.collection, depth));
    else throw new NoExpression();
  }
}

function appendText(parts: (string | Expression)[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === "string") parts[parts.length - 1] = last + text;
  else if (text !== "") parts.push(text);
}

function conditional(nesting: Nesting, condition: Expression, line: number, depth: number): Expression {
  const then = templateOf(partsUntil(nesting, ["else", "endif"], depth + 1), line);
  const hasElse = nesting.pieces[nesting.at]?.kind === "else";
  nesting.at += 1;
  const otherwise = hasElse ? templateOf(partsUntil(nesting, ["endif"], depth + 1), line) : templateOf([], line);
  if (hasElse) nesting.at += 1;
  return { kind: "conditional", line, condition, then, otherwise };
}

function join(nesting: Nesting, names: readonly string[], collection: Expression, depth: number): Expression {
  const { line } = collection;
  const result = templateOf(partsUntil(nesting, ["endfor"], depth + 1), line);
  nesting.at += 1;
  const [first = "", second] = names;
  const named = second === undefined ? { key: null, value: first } : { key: first, value: second };
  const each = { kind: "for", line, ...named, collection, resultKey: null, result, condition: null } as const;
  return { kind: "join", line, each: { ...each, isGrouped: false } };
}

function templateOf(parts: readonly (string | Expression)[], line: number): Expression {
  return { kind: "template", line, parts };
}

/** Takes off the indentation that all lines have; one of blanks alone does not count. */
function flush(pieces: readonly Piece[]): void {
  const lines: (Piece & { kind: "text" })[] = [];
  let least = Number.POSITIVE_INFINITY;
  let isStart = true;
  for (const piece of pieces) {
    if (isStart) {
      if (piece.kind !== "text") least = 0;
      else if (piece.text.trim() !== "" || !piece.text.endsWith("\n")) {
        lines.push(piece);
        least = Math.min(least, piece.text.length - piece.text.trimStart().length);
      }
    }
    isStart = piece.kind === "text" && piece.text.endsWith("\n");
  }
  for (const piece of lines) piece.text = piece.text.slice(least);
}
