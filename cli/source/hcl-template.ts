import type { Expression } from "../../engine/expressions/syntax.ts";
import { unescaped } from "./escapes.ts";
import { type ParsedText, type SyntaxNode, Unreadable } from "./hcl-nodes.ts";

/** Where the text of a template stands. */
export interface TemplateRange {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Whether backslashes escape. */
  readonly isQuoted: boolean;
  /** Whether the indentation that all lines have is taken off: `<<-`. */
  readonly isFlush: boolean;
}

/** From the line below the marker to the start of the line with the marker that ends it. */
export function heredocRange({ text }: ParsedText, node: SyntaxNode): Omit<TemplateRange, "line"> {
  const [opening] = node.parts;
  const [marker, end] = node.parts.filter(({ type }) => type === "heredoc_identifier");
  const start = text.indexOf("\n", marker?.end) + 1;
  if (marker === undefined || end === undefined || start === 0 || start > end.start) throw new Unreadable();
  if (text.slice(marker.end, start).trim() !== "") throw new Unreadable();
  const last = text.lastIndexOf("\n", end.start) + 1;
  return { start, end: last, isQuoted: false, isFlush: opening?.text === "<<-" };
}

/** A template in a row, before its directives are put into each other. */
type Piece =
  | { readonly kind: "text"; text: string }
  | { readonly kind: "interpolation"; readonly of: Expression }
  | { readonly kind: "if"; readonly line: number; readonly condition: Expression }
  | { readonly kind: "for"; readonly line: number; readonly names: readonly string[]; readonly collection: Expression }
  | { readonly kind: "else" | "endif" | "endfor" };

type ReadExpression = (node: SyntaxNode) => Expression;

/** How deep directives may stand in each other. */
const deepest = 100;

/**
 * The template that the parts of a node make. Literal text is what stands between its sequences, as the grammar leaves out
 * blanks of it.
 * Source: the HCL native syntax specification, "Templates"; `parser_template.go` of hashicorp/hcl.
 */
export function readTemplate(
  source: ParsedText,
  node: SyntaxNode,
  range: TemplateRange,
  read: ReadExpression,
): Expression {
  const row: Row = { source, range, read, pieces: [], at: range.start, trimsNext: false };
  for (const part of node.parts) takeSequences(row, part, 0);
  takeText(row, range.end);
  const { pieces } = row;
  if (range.isFlush) flush(pieces);
  const nesting = { pieces, at: 0, line: range.line };
  const parts = partsUntil(nesting, []);
  const [only, ...others] = parts;
  if (only === undefined) return { kind: "string", line: range.line, text: "" };
  if (others.length > 0) return { kind: "template", line: range.line, parts };
  if (typeof only === "string") return { kind: "string", line: range.line, text: only };
  return pieces.length === 1 ? only : { kind: "template", line: range.line, parts };
}

interface Row {
  readonly source: ParsedText;
  readonly range: TemplateRange;
  readonly read: ReadExpression;
  readonly pieces: Piece[];
  /** Up to where the text is taken. */
  at: number;
  trimsNext: boolean;
}

const heads = new Set([
  "template_for_start",
  "template_for_end",
  "template_if_intro",
  "template_else_intro",
  "template_if_end",
]);

function takeSequences(row: Row, node: SyntaxNode, depth: number): void {
  if (depth > deepest) throw new Unreadable();
  if (node.type === "template_interpolation" || heads.has(node.type)) takeSequence(row, node);
  else if (node.type.startsWith("template_") && node.type !== "template_literal")
    for (const part of node.parts) takeSequences(row, part, depth + 1);
}

function takeSequence(row: Row, node: SyntaxNode): void {
  const { text } = row.source;
  // Of `$$${` HCL takes the last two signs for an escape.
  if (/([$%])\1$/.test(text.slice(Math.max(row.at, node.start - 2), node.start))) throw new Unreadable();
  takeText(row, node.start);
  const last = row.pieces.at(-1);
  if (text[node.start + 2] === "~" && last?.kind === "text") last.text = last.text.trimEnd();
  row.pieces.push(sequenceOf(row, node));
  row.trimsNext = text[node.end - 2] === "~";
  row.at = node.end;
}

/** The text up to a place; in heredocs and files each line is one of its own. */
function takeText(row: Row, end: number): void {
  const text = row.source.text.slice(row.at, end);
  if (text === "") return;
  if (row.range.isQuoted && /[\r\n]/.test(text)) throw new Unreadable();
  for (const line of row.range.isQuoted ? [text] : (text.match(/[^\n]*\n|[^\n]+/g) ?? [])) {
    const said = literal(line, row.range.isQuoted);
    row.pieces.push({ kind: "text", text: row.trimsNext ? said.trimStart() : said });
    row.trimsNext = false;
  }
}

function literal(text: string, isQuoted: boolean): string {
  // The grammar does not always see a sequence, as behind the marker of a heredoc at the start of a line.
  const bare = (isQuoted ? text.replace(/\\./g, "") : text).replace(/([$%])\1\{/g, "");
  if (/[$%]\{/.test(bare)) throw new Unreadable();
  return isQuoted ? unescaped(text) : text.replace(/([$%])\1\{/g, "$1{");
}

function sequenceOf({ read }: Row, node: SyntaxNode): Piece {
  const parts = node.parts;
  const expression = parts.find(({ type }) => type === "expression");
  const of = (): Expression => {
    if (expression === undefined) throw new Unreadable();
    return read(expression);
  };
  const line = node.line;
  switch (node.type) {
    case "template_interpolation":
      return { kind: "interpolation", of: of() };
    case "template_if_intro":
      return { kind: "if", line, condition: of() };
    case "template_for_start": {
      const names = parts.filter(({ type }) => type === "identifier").map(({ text }) => text);
      return { kind: "for", line, names, collection: of() };
    }
    case "template_else_intro":
      return { kind: "else" };
    default:
      return { kind: node.type === "template_for_end" ? "endfor" : "endif" };
  }
}

interface Nesting {
  readonly pieces: readonly Piece[];
  at: number;
  readonly line: number;
}

/** The parts up to one of the words, which is not taken, or up to the end where there are none. */
function partsUntil(nesting: Nesting, words: readonly string[], depth = 0): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  if (depth > deepest) throw new Unreadable();
  for (;;) {
    const piece = nesting.pieces[nesting.at];
    if (piece === undefined) {
      if (words.length > 0) throw new Unreadable();
      return parts;
    }
    if (words.includes(piece.kind)) return parts;
    nesting.at += 1;
    if (piece.kind === "text") appendText(parts, piece.text);
    else if (piece.kind === "interpolation") parts.push(piece.of);
    else if (piece.kind === "if") parts.push(conditional(nesting, piece.condition, piece.line, depth));
    else if (piece.kind === "for") parts.push(join(nesting, piece.names, piece.collection, depth));
    else throw new Unreadable();
  }
}

function appendText(parts: (string | Expression)[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === "string") parts[parts.length - 1] = last + text;
  else if (text !== "") parts.push(text);
}

function conditional(nesting: Nesting, condition: Expression, line: number, depth: number): Expression {
  const whenTrue = templateOf(partsUntil(nesting, ["else", "endif"], depth + 1), line);
  const hasElse = nesting.pieces[nesting.at]?.kind === "else";
  nesting.at += 1;
  const otherwise = hasElse ? templateOf(partsUntil(nesting, ["endif"], depth + 1), line) : templateOf([], line);
  if (hasElse) nesting.at += 1;
  return { kind: "conditional", line, condition, whenTrue, otherwise };
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
