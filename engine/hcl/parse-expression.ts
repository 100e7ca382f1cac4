import type { BinaryOperator, Expression, ObjectEntry } from "../expressions/syntax.ts";
import { Cursor, NoExpression } from "./cursor.ts";
import { parseTemplate } from "./parse-template.ts";
import { type Token, type Tokenised, templateTokensOf, textOf } from "./tokens.ts";

/** The expression in a range of tokens, `end` not included. */
export function parseExpression(source: Tokenised, start: number, end: number): Expression {
  const line = source.tokens[start]?.line ?? 1;
  try {
    const cursor = new Cursor(source, start, end);
    const expression = expressionAt(cursor);
    return cursor.peek() === undefined ? expression : { kind: "unreadable", line };
  } catch (error) {
    if (error instanceof NoExpression) return { kind: "unreadable", line };
    throw error;
  }
}

/** A text that is a template, as a file for `templatefile` or a string in JSON syntax. */
export function parseTemplateText(text: string, line: number): Expression {
  const source = templateTokensOf(text, line);
  if (source === null) return { kind: "unreadable", line };
  try {
    const cursor = new Cursor(source, 0, source.tokens.length);
    return parseTemplate(cursor, { end: source.tokens.length, line, isQuoted: false, isFlush: false }, expressionAt);
  } catch (error) {
    if (error instanceof NoExpression) return { kind: "unreadable", line };
    throw error;
  }
}

function expressionAt(cursor: Cursor): Expression {
  const line = cursor.peek()?.line ?? 1;
  const condition = binaryAt(cursor, 0);
  if (!cursor.takes("?")) return condition;
  const then = nestedAt(cursor);
  cursor.expect(":");
  const otherwise = nestedAt(cursor);
  return { kind: "conditional", line, condition, then, otherwise };
}

/** One that lies deeper by one, so that no chain of them is deeper than calls go. */
function nestedAt(cursor: Cursor): Expression {
  return cursor.within(cursor.linesCount(), () => expressionAt(cursor));
}

/** From those that bind least. Source: the HCL native syntax specification, "Operations". */
const precedence: readonly (readonly BinaryOperator[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];

function binaryAt(cursor: Cursor, level: number): Expression {
  const own = precedence[level];
  if (own === undefined) return unaryAt(cursor);
  let left = binaryAt(cursor, level + 1);
  for (;;) {
    const text = cursor.punctuation();
    const operator = own.find((each) => each === text);
    if (operator === undefined) return left;
    cursor.take();
    left = { kind: "binary", line: left.line, operator, left, right: binaryAt(cursor, level + 1) };
  }
}

function unaryAt(cursor: Cursor): Expression {
  const text = cursor.punctuation();
  if (text !== "!" && text !== "-") return traversalAt(cursor);
  const { line } = cursor.take();
  return cursor.within(cursor.linesCount(), () => ({ kind: "unary", line, operator: text, of: unaryAt(cursor) }));
}

function traversalAt(cursor: Cursor): Expression {
  return stepsAt(cursor, termAt(cursor), true);
}

/** What follows a term: `.name`, `.0`, `[key]`, `[*]`, `.*`. */
function stepsAt(cursor: Cursor, term: Expression, withIndexes: boolean): Expression {
  let of = term;
  for (;;) {
    const { line } = of;
    if (withIndexes && cursor.is("[")) of = indexAt(cursor, of);
    else if (cursor.is(".")) {
      cursor.take();
      if (cursor.takes("*")) {
        // An index behind an attribute-only splat counts for its whole result.
        of = { kind: "splat", line, of, each: stepsAt(cursor, { kind: "item", line }, false) };
      } else of = attributeAt(cursor, of);
    } else return of;
  }
}

function attributeAt(cursor: Cursor, of: Expression): Expression {
  const token = cursor.take();
  const text = textOf(cursor.source, token);
  const { line } = of;
  if (token.kind === "identifier") return { kind: "attribute", line, of, name: text };
  // `list.0.1` is the form of indexes that Terraform had before 0.12; the scanner takes `0.1` for a number.
  if (token.kind !== "number" || !/^\d+(?:\.\d+)?$/.test(text)) throw new NoExpression();
  return text
    .split(".")
    .reduce<Expression>(
      (inner, digits) => ({ kind: "index", line, of: inner, key: { kind: "number", line, text: digits } }),
      of,
    );
}

function indexAt(cursor: Cursor, of: Expression): Expression {
  cursor.take();
  const { line } = of;
  const key = cursor.within(false, () => {
    const isSplat = cursor.is("*");
    if (isSplat) cursor.take();
    const read = isSplat ? null : expressionAt(cursor);
    if (!cursor.is("]")) throw new NoExpression();
    return read;
  });
  cursor.take();
  if (key !== null) return { kind: "index", line, of, key };
  return { kind: "splat", line, of, each: stepsAt(cursor, { kind: "item", line }, true) };
}

function termAt(cursor: Cursor): Expression {
  const token = cursor.take();
  const { line, kind } = token;
  switch (kind) {
    case "number":
      return { kind: "number", line, text: textOf(cursor.source, token) };
    case "string":
    case "heredoc":
      return stringAt(cursor, token);
    case "identifier":
      return namedAt(cursor, token);
  }
  switch (textOf(cursor.source, token)) {
    case "(":
      return bracketed(cursor, token, false, () => expressionAt(cursor));
    case "[":
      return bracketed(cursor, token, false, () =>
        isFor(cursor) ? forAt(cursor, line, false) : { kind: "tuple", line, elements: listed(cursor, token) },
      );
    case "{":
      return isFor(cursor)
        ? bracketed(cursor, token, false, () => forAt(cursor, line, true))
        : bracketed(cursor, token, true, () => ({ kind: "object", line, entries: entriesAt(cursor, token) }));
  }
  throw new NoExpression();
}

function stringAt(cursor: Cursor, opening: Token): Expression {
  const isFlush = opening.kind === "heredoc" && cursor.source.text.startsWith("<<-", opening.start);
  const range = { end: opening.close, line: opening.line, isQuoted: opening.kind === "string", isFlush };
  const template = cursor.within(false, () => parseTemplate(cursor, range, expressionAt));
  cursor.at = opening.close + 1;
  return template;
}

function namedAt(cursor: Cursor, token: Token): Expression {
  const { line } = token;
  let name = textOf(cursor.source, token);
  while (cursor.takes("::")) name += `::${cursor.name()}`;
  if (cursor.is("(")) return callAt(cursor, name, line);
  if (name.includes("::")) throw new NoExpression();
  if (name === "true" || name === "false") return { kind: "bool", line, value: name === "true" };
  return name === "null" ? { kind: "null", line } : { kind: "name", line, name };
}

function callAt(cursor: Cursor, name: string, line: number): Expression {
  const opening = cursor.take();
  let isExpanded = false;
  const list = bracketed(cursor, opening, false, () =>
    listed(cursor, opening, () => {
      isExpanded = cursor.takes("...");
      return isExpanded;
    }),
  );
  return { kind: "call", line, name, arguments: list, isExpanded };
}

/** What stands up to the bracket that closes `opening`, which is taken too. */
function bracketed<T>(cursor: Cursor, opening: Token, isLined: boolean, read: () => T): T {
  const result = cursor.within(isLined, () => {
    const inner = read();
    cursor.peek();
    if (cursor.at !== opening.close && (!isLined || cursor.peek()?.kind !== "newline")) throw new NoExpression();
    return inner;
  });
  cursor.at = opening.close + 1;
  return result;
}

/** Expressions with commas between them, and perhaps one behind the last. */
function listed(cursor: Cursor, opening: Token, isLast: () => boolean = () => false): Expression[] {
  const found: Expression[] = [];
  for (;;) {
    cursor.peek();
    if (cursor.at === opening.close) return found;
    found.push(expressionAt(cursor));
    const hasEnded = isLast();
    cursor.peek();
    if (cursor.at === opening.close) return found;
    if (hasEnded || !cursor.takes(",")) throw new NoExpression();
  }
}

/** Members are parted by commas or line breaks. */
function entriesAt(cursor: Cursor, opening: Token): ObjectEntry[] {
  const found: ObjectEntry[] = [];
  for (;;) {
    while (cursor.peek()?.kind === "newline") cursor.take();
    if (cursor.at === opening.close) return found;
    const line = cursor.peek()?.line ?? opening.line;
    const key = entryKey(cursor);
    if (!cursor.takes("=") && !cursor.takes(":")) throw new NoExpression();
    // A line break may stand before a value in brackets only.
    const value = expressionAt(cursor);
    found.push({ key, value, line });
    if (cursor.takes(",")) continue;
    const next = cursor.peek();
    if (cursor.at === opening.close) return found;
    if (next?.kind !== "newline") throw new NoExpression();
  }
}

/** A name alone is the key itself. */
function entryKey(cursor: Cursor): Expression {
  const token = cursor.peek();
  if (token?.kind !== "identifier") return expressionAt(cursor);
  const next = textOf(cursor.source, cursor.second());
  if (next !== "=" && next !== ":") return expressionAt(cursor);
  cursor.take();
  return { kind: "string", line: token.line, text: textOf(cursor.source, token) };
}

function isFor(cursor: Cursor): boolean {
  return cursor.lookAhead(() => cursor.is("for") && cursor.second()?.kind === "identifier");
}

function forAt(cursor: Cursor, line: number, isObject: boolean): Expression {
  cursor.expect("for");
  const first = cursor.name();
  const second = cursor.takes(",") ? cursor.name() : null;
  cursor.expect("in");
  const collection = expressionAt(cursor);
  cursor.expect(":");
  let result = expressionAt(cursor);
  let resultKey: Expression | null = null;
  let isGrouped = false;
  if (isObject) {
    cursor.expect("=>");
    resultKey = result;
    result = expressionAt(cursor);
    isGrouped = cursor.takes("...");
  }
  const condition = cursor.takes("if") ? expressionAt(cursor) : null;
  const names = second === null ? { key: null, value: first } : { key: first, value: second };
  return { kind: "for", line, ...names, collection, resultKey, result, condition, isGrouped };
}
