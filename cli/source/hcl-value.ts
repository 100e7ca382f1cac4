import type { Element, Entry, Value } from "./configuration.ts";
import type { Token } from "./tokens.ts";

/** The tokens of a file, and its text. */
export interface Tokenised {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** A range of tokens, `end` not included. */
interface Range {
  readonly start: number;
  readonly end: number;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

export function textOf({ text }: Tokenised, token: Token | undefined): string {
  return token === undefined ? "" : text.slice(token.start, token.end);
}

/** What a string without templates says. Source: the HCL native syntax specification, "Template Literals". */
export function stringText(source: Tokenised, token: Token): string | null {
  if (token.kind !== "string" || token.isTemplate) return null;
  return textOf(source, token)
    .slice(1, -1)
    .replace(
      /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{/gu,
      (_whole, short: string, long: string, letter: string, mark: string) => {
        if (mark !== undefined) return `${mark}{`;
        if (letter !== undefined) return escapes[letter] ?? letter;
        const code = Number.parseInt(short ?? long, 16);
        return code > 0x10ffff ? "" : String.fromCodePoint(code);
      },
    );
}

/** The form of the expression in a range of tokens. */
export function readValue(source: Tokenised, range: Range): Value {
  const { start, end } = unwrapped(source, range);
  const first = source.tokens[start];
  if (first === undefined || start >= end) return { kind: "other" };
  const inner = { start: start + 1, end: end - 1 };
  const isWhole = first.close === end - 1;
  const isSingle = end - start === 1;
  switch (textOf(source, first)) {
    case "{":
      return isWhole && !isFor(source, inner)
        ? { kind: "object", entries: () => entriesOf(source, inner) }
        : { kind: "other" };
    case "[":
      return isWhole && !isFor(source, inner)
        ? { kind: "list", elements: () => elementsOf(source, inner) }
        : { kind: "other" };
  }
  if (isSingle && first.kind === "number") return { kind: "text", text: textOf(source, first) };
  if (isSingle && first.kind === "string") {
    const text = stringText(source, first);
    return text === null ? { kind: "other" } : { kind: "text", text };
  }
  return first.kind === "identifier" ? named(source, start, end) : { kind: "other" };
}

/** A call where its parentheses are the rest of the expression; else what begins with a name is taken for a traversal. */
function named(source: Tokenised, start: number, end: number): Value {
  const name = textOf(source, source.tokens[start]);
  const next = source.tokens[start + 1];
  if (textOf(source, next) !== "(") return { kind: "reference", root: name };
  if (next?.close !== end - 1) return { kind: "other" };
  return { kind: "call", name, arguments: () => elementsOf(source, { start: start + 2, end: end - 1 }) };
}

function isSpace(token: Token | undefined): boolean {
  return token?.kind === "newline" || token?.kind === "comment";
}

/** Without comments and line breaks around it, and without parentheses. */
function unwrapped(source: Tokenised, range: Range): Range {
  let { start, end } = range;
  while (start < end) {
    if (isSpace(source.tokens[start])) start += 1;
    else if (isSpace(source.tokens[end - 1])) end -= 1;
    else if (textOf(source, source.tokens[start]) === "(" && source.tokens[start]?.close === end - 1) {
      start += 1;
      end -= 1;
    } else break;
  }
  return { start, end };
}

function isFor(source: Tokenised, range: Range): boolean {
  const { start } = unwrapped(source, range);
  return textOf(source, source.tokens[start]) === "for" && source.tokens[start + 1]?.kind === "identifier";
}

/** Cuts a range at the tokens for which `isCut` holds; what stands within brackets is not looked at. */
function cut(source: Tokenised, { start, end }: Range, isCut: (token: Token) => boolean): Range[] {
  const parts: Range[] = [];
  let from = start;
  for (let at = start; at < end; at += 1) {
    const token = source.tokens[at];
    if (token === undefined) break;
    if (token.close !== null) at = token.close;
    else if (isCut(token)) {
      parts.push({ start: from, end: at });
      from = at + 1;
    }
  }
  return [...parts, { start: from, end }];
}

function elementsOf(source: Tokenised, range: Range): Element[] {
  return cut(source, range, (token) => textOf(source, token) === ",").flatMap((part) => {
    const first = firstToken(source, part);
    return first === null ? [] : [{ line: first.line, value: readValue(source, part) }];
  });
}

function firstToken(source: Tokenised, { start, end }: Range): Token | null {
  return source.tokens.slice(start, end).find((token) => !isSpace(token)) ?? null;
}

/** Members are parted by commas or line breaks. */
function entriesOf(source: Tokenised, range: Range): Entry[] {
  const isEnd = (token: Token) => token.kind === "newline" || textOf(source, token) === ",";
  return cut(source, range, isEnd).flatMap((part) => {
    const first = firstToken(source, part);
    if (first === null) return [];
    const [key] = cut(source, part, (token) => ["=", ":"].includes(textOf(source, token)));
    if (key === undefined || key.end === part.end) return [{ key: null, line: first.line, value: { kind: "other" } }];
    const value = readValue(source, { start: key.end + 1, end: part.end });
    return [{ key: keyOf(source, key), line: first.line, value }];
  });
}

function keyOf(source: Tokenised, range: Range): string | null {
  const tokens = source.tokens.slice(range.start, range.end).filter((token) => !isSpace(token));
  const [token] = tokens;
  if (token === undefined || tokens.length > 1) return null;
  return token.kind === "string" ? stringText(source, token) : token.close === null ? textOf(source, token) : null;
}
