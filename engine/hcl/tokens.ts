export type TokenKind =
  | "identifier"
  | "number"
  | "punctuation"
  | "newline"
  | "comment"
  /** The quote that opens a string, or the line that opens a heredoc. */
  | "string"
  | "heredoc"
  /** Literal text of a template, as written; in a heredoc no longer than a line, with the line's end. */
  | "text"
  /** `${` and `%{`, with the `~` behind. */
  | "interpolation"
  | "directive"
  /** What closes a string, a heredoc, an interpolation (with the `~` before) or a directive. */
  | "close";

/** A token of HCL's native syntax. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Of its first character, from 1. */
  readonly line: number;
  /** Of an opening token the index of the one that closes it. */
  readonly close: number;
  /** The index of the innermost opening token around it; -1 at the top. */
  readonly within: number;
}

/** The tokens of a text, and the text. */
export interface Tokenised {
  readonly text: string;
  readonly tokens: readonly Token[];
}

type Frame = {
  readonly kind: "bracket" | "sequence" | "string" | "heredoc" | "template";
  readonly token: number;
  /** The character that closes a bracket, or the marker of a heredoc. */
  readonly closer: string;
};

interface Scanner {
  readonly text: string;
  readonly tokens: { -readonly [K in keyof Token]: Token[K] }[];
  readonly frames: Frame[];
  at: number;
  line: number;
  /** Whether a heredoc is read from the start of a line, where its marker may stand. */
  isStartOfLine: boolean;
}

const closers: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };
/** Operators of several characters, by their first. */
const operators: Readonly<Record<string, readonly string[]>> = {
  ".": ["..."],
  "=": ["==", "=>"],
  "!": ["!="],
  "<": ["<="],
  ">": [">="],
  "&": ["&&"],
  "|": ["||"],
  ":": ["::"],
};
const identifierBeyondAscii = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const heredocStart = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * The tokens of a file in HCL's native syntax; null where it is none.
 * Source: the HCL native syntax specification, "Lexical Elements", "Templates"; and the scanner of hashicorp/hcl for where a
 * heredoc ends.
 */
export function tokensOf(text: string): Tokenised | null {
  return scan({ text, tokens: [], frames: [], at: 0, line: 1, isStartOfLine: false });
}

/** The tokens of a text that is a template from its first character on; `line` is that on which it begins. */
export function templateTokensOf(text: string, line: number): Tokenised | null {
  const frame: Frame = { kind: "template", token: -1, closer: "" };
  return scan({ text, tokens: [], frames: [frame], at: 0, line, isStartOfLine: false });
}

function scan(scanner: Scanner): Tokenised | null {
  while (scanner.at < scanner.text.length) {
    const frame = scanner.frames.at(-1);
    const isRead =
      frame === undefined || frame.kind === "bracket" || frame.kind === "sequence"
        ? readCode(scanner, frame)
        : readText(scanner, frame);
    if (!isRead) return null;
  }
  const last = scanner.frames.at(-1);
  return last === undefined || last.kind === "template" ? { text: scanner.text, tokens: scanner.tokens } : null;
}

export function textOf({ text }: Tokenised, token: Token | undefined): string {
  return token === undefined ? "" : text.slice(token.start, token.end);
}

function push(scanner: Scanner, kind: TokenKind, start: number, line = scanner.line): void {
  const within = scanner.frames.at(-1)?.token ?? -1;
  scanner.tokens.push({ kind, start, end: scanner.at, line, close: -1, within });
}

function pushOpening(scanner: Scanner, kind: TokenKind, start: number, frame: Frame["kind"], closer: string): void {
  push(scanner, kind, start);
  scanner.frames.push({ kind: frame, token: scanner.tokens.length - 1, closer });
}

function pushClosing(scanner: Scanner, kind: TokenKind, start: number): void {
  const frame = scanner.frames.pop();
  push(scanner, kind, start);
  const opener = frame === undefined ? undefined : scanner.tokens[frame.token];
  if (opener !== undefined) opener.close = scanner.tokens.length - 1;
}

function match(scanner: Scanner, pattern: RegExp): number {
  pattern.lastIndex = scanner.at;
  return pattern.exec(scanner.text)?.[0].length ?? 0;
}

function readCode(scanner: Scanner, frame: Frame | undefined): boolean {
  const { text } = scanner;
  const start = scanner.at;
  const character = text.charAt(start);
  switch (character) {
    case " ":
    case "\t":
      while (text[scanner.at] === " " || text[scanner.at] === "\t") scanner.at += 1;
      return true;
    case "\r":
      if (text[start + 1] !== "\n") return false;
      scanner.at += 2;
      return readNewline(scanner, start);
    case "\n":
      scanner.at += 1;
      return readNewline(scanner, start);
    case "#":
      return readLineComment(scanner, start);
    case "/":
      if (text[start + 1] === "/") return readLineComment(scanner, start);
      return text[start + 1] === "*" ? readBlockComment(scanner, start) : readPunctuation(scanner, frame, start);
    case '"':
      scanner.at += 1;
      pushOpening(scanner, "string", start, "string", '"');
      return true;
    case "<":
      return readHeredocStart(scanner, start) || readPunctuation(scanner, frame, start);
  }
  return readWord(scanner, start) || readPunctuation(scanner, frame, start);
}

function readNewline(scanner: Scanner, start: number): boolean {
  push(scanner, "newline", start);
  scanner.line += 1;
  return true;
}

function readWord(scanner: Scanner, start: number): boolean {
  const { text } = scanner;
  const first = text.charCodeAt(start);
  const isNumber = isDigit(first);
  let end = start;
  if (isNumber) end += match(scanner, number);
  else if (isLetter(first)) for (end += 1; isLetter(text.charCodeAt(end)) || isInner(text.charCodeAt(end)); ) end += 1;
  // A name that goes on, or begins, with a letter beyond ASCII.
  if (!isNumber && text.charCodeAt(end) > 0x7f) end = start + match(scanner, identifierBeyondAscii);
  if (end === start) return false;
  scanner.at = end;
  push(scanner, isNumber ? "number" : "identifier", start);
  return true;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** A digit or hyphen, which a name may have but not begin with. */
function isInner(code: number): boolean {
  return isDigit(code) || code === 0x2d;
}

function readLineComment(scanner: Scanner, start: number): boolean {
  const end = scanner.text.indexOf("\n", start);
  scanner.at = end === -1 ? scanner.text.length : end;
  push(scanner, "comment", start);
  return true;
}

function readBlockComment(scanner: Scanner, start: number): boolean {
  const end = scanner.text.indexOf("*/", start + 2);
  if (end === -1) return false;
  scanner.at = end + 2;
  push(scanner, "comment", start);
  scanner.line += scanner.text.slice(start, end).split("\n").length - 1;
  return true;
}

function readHeredocStart(scanner: Scanner, start: number): boolean {
  heredocStart.lastIndex = start;
  const [whole, marker] = heredocStart.exec(scanner.text) ?? [];
  if (whole === undefined || marker === undefined) return false;
  scanner.at += whole.length;
  pushOpening(scanner, "heredoc", start, "heredoc", marker);
  scanner.line += 1;
  scanner.isStartOfLine = true;
  return true;
}

function readPunctuation(scanner: Scanner, frame: Frame | undefined, start: number): boolean {
  const { text } = scanner;
  const character = text.charAt(start);
  if (frame?.kind === "sequence" && (character === "}" || text.startsWith("~}", start))) {
    scanner.at += character === "}" ? 1 : 2;
    pushClosing(scanner, "close", start);
    return true;
  }
  if (!"[](){}.,*/%+-=<>!?:&|~".includes(character)) return false;
  const closer = closers[character];
  if (closer !== undefined) {
    scanner.at += 1;
    pushOpening(scanner, "punctuation", start, "bracket", closer);
    return true;
  }
  if ("]})".includes(character)) {
    if (frame?.kind !== "bracket" || frame.closer !== character) return false;
    scanner.at += 1;
    pushClosing(scanner, "punctuation", start);
    return true;
  }
  scanner.at += operators[character]?.find((operator) => text.startsWith(operator, start))?.length ?? 1;
  push(scanner, "punctuation", start);
  return true;
}

/** Literal text up to the next sequence, the end of the line, or what closes the template. */
function readText(scanner: Scanner, frame: Frame): boolean {
  const { text } = scanner;
  if (frame.kind === "heredoc" && scanner.isStartOfLine && readMarker(scanner, frame)) return true;
  const start = scanner.at;
  const end = endOfText(scanner, frame);
  if (end === null) return false;
  if (end > start) {
    scanner.at = end;
    const endsLine = text[end - 1] === "\n";
    push(scanner, "text", start);
    if (endsLine) scanner.line += 1;
    scanner.isStartOfLine = endsLine;
    return true;
  }
  scanner.isStartOfLine = false;
  if (text[start] === '"' && frame.kind === "string") {
    scanner.at += 1;
    pushClosing(scanner, "close", start);
    return true;
  }
  scanner.at += text[start + 2] === "~" ? 3 : 2;
  pushOpening(scanner, text[start] === "$" ? "interpolation" : "directive", start, "sequence", "}");
  return true;
}

/** The marker counts only on a line that ends: the line break is a token of its own. */
function readMarker(scanner: Scanner, frame: Frame): boolean {
  const end = scanner.text.indexOf("\n", scanner.at);
  if (end === -1) return false;
  const line = scanner.text.slice(scanner.at, end);
  if (line.trim() !== frame.closer) return false;
  const start = scanner.at;
  scanner.at = line.endsWith("\r") ? end - 1 : end;
  scanner.isStartOfLine = false;
  pushClosing(scanner, "close", start);
  return true;
}

/** Null where a string does not end on its line. */
function endOfText({ text, at }: Scanner, { kind }: Frame): number | null {
  const isString = kind === "string";
  let end = at;
  while (end < text.length) {
    const character = text[end];
    if (character === "\n") return isString ? null : end + 1;
    if (isString && character === '"') return end;
    const length = isString && character === "\\" ? 2 : literalLength(text, end);
    if (length === 0) return end;
    // The line break is not passed over: a string ends on its line.
    end += length === 2 && text[end + 1] === "\n" ? 1 : length;
  }
  return isString || kind === "heredoc" ? null : text.length;
}

/** How many characters are text from here on; none where a sequence begins. `$${` is the text `${`. */
function literalLength(text: string, at: number): number {
  const character = text[at];
  if (character !== "$" && character !== "%") return 1;
  if (text[at + 1] === "{") return 0;
  return text[at + 1] === character && text[at + 2] === "{" ? 3 : 1;
}
