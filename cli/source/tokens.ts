type TokenKind = "identifier" | "number" | "string" | "heredoc" | "punctuation" | "newline" | "comment";

/** A token of HCL's native syntax; a string or heredoc is one token, whatever its templates hold. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Of its first character, from 1. */
  readonly line: number;
  /** Whether a string has an interpolation or a directive. */
  readonly isTemplate: boolean;
  /** Of an opening bracket the index of the token that closes it. */
  readonly close: number | null;
  /** The index of the innermost opening bracket around it. */
  readonly within: number | null;
}

type Frame =
  | { readonly kind: "bracket"; readonly closer: string; readonly token: number }
  | { readonly kind: "interpolation" }
  | { readonly kind: "string"; readonly token: number }
  | { readonly kind: "heredoc"; readonly token: number; readonly marker: string };

interface Scanner {
  readonly text: string;
  readonly tokens: { -readonly [K in keyof Token]: Token[K] }[];
  readonly frames: Frame[];
  /** How many of the frames are strings and heredocs: what stands in their templates makes no tokens. */
  templates: number;
  at: number;
  line: number;
  /** Whether only the line's text before, and no template sequence, decides if a heredoc ends here. */
  isStartOfLine: boolean;
}

const blanks = /[ \t]+/y;
const newline = /\r?\n/y;
const lineComment = /(?:#|\/\/)[^\n]*/y;
const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d+(?:\.\d+)*(?:[eE][+-]?\d+)?/y;
const heredocStart = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const stringText = /[^"\\$%\n]+|\\./y;
const heredocText = /[^$%\n]+/y;
const noSequence = /\$\$\{|%%\{|\$(?!\{)|%(?!\{)/y;
const heredocLine = /[^\n]*(?=\n)/y;
const sequenceStart = /[$%]\{/y;
const closers: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/**
 * The tokens of a file in HCL's native syntax; null where it is none.
 * Source: the HCL native syntax specification, "Lexical Elements", "Templates"; and the scanner of hashicorp/hcl for where a
 * heredoc ends.
 */
export function tokensOf(text: string): readonly Token[] | null {
  const scanner: Scanner = { text, tokens: [], frames: [], templates: 0, at: 0, line: 1, isStartOfLine: false };
  while (scanner.at < text.length) {
    const frame = scanner.frames.at(-1);
    const isRead =
      frame?.kind === "string"
        ? readString(scanner, frame)
        : frame?.kind === "heredoc"
          ? readHeredoc(scanner, frame)
          : readCode(scanner, frame);
    if (!isRead) return null;
  }
  return scanner.frames.length === 0 ? scanner.tokens : null;
}

/** The text that matches at the scanner's place; the scanner moves behind it. */
function take(scanner: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text)?.[0];
  if (found === undefined || found === "") return null;
  scanner.at += found.length;
  return found;
}

function push(scanner: Scanner, kind: TokenKind, start: number, line = scanner.line): void {
  if (scanner.templates > 0) return;
  const frame = scanner.frames.at(-1);
  const within = frame?.kind === "bracket" ? frame.token : null;
  scanner.tokens.push({ kind, start, end: scanner.at, line, isTemplate: false, close: null, within });
}

function readCode(scanner: Scanner, frame: Frame | undefined): boolean {
  const start = scanner.at;
  if (take(scanner, blanks) !== null) return true;
  if (take(scanner, newline) !== null) {
    push(scanner, "newline", start);
    scanner.line += 1;
    return true;
  }
  if (take(scanner, lineComment) !== null) {
    push(scanner, "comment", start);
    return true;
  }
  if (scanner.text.startsWith("/*", start)) return readBlockComment(scanner, start);
  for (const [kind, pattern] of [
    ["identifier", identifier],
    ["number", number],
  ] as const) {
    if (take(scanner, pattern) === null) continue;
    push(scanner, kind, start);
    return true;
  }
  return readStart(scanner, start) || readPunctuation(scanner, frame, start);
}

function readBlockComment(scanner: Scanner, start: number): boolean {
  const end = scanner.text.indexOf("*/", start + 2);
  if (end === -1) return false;
  scanner.at = end + 2;
  push(scanner, "comment", start);
  scanner.line += scanner.text.slice(start, end).split("\n").length - 1;
  return true;
}

/** The start of a string or heredoc. */
function readStart(scanner: Scanner, start: number): boolean {
  if (scanner.text[start] === '"') {
    scanner.at += 1;
    push(scanner, "string", start);
    scanner.frames.push({ kind: "string", token: scanner.tokens.length - 1 });
    scanner.templates += 1;
    return true;
  }
  heredocStart.lastIndex = start;
  const [whole, marker] = heredocStart.exec(scanner.text) ?? [];
  if (whole === undefined || marker === undefined) return false;
  scanner.at += whole.length;
  push(scanner, "heredoc", start);
  scanner.line += 1;
  scanner.frames.push({ kind: "heredoc", token: scanner.tokens.length - 1, marker });
  scanner.templates += 1;
  scanner.isStartOfLine = true;
  return true;
}

function readPunctuation(scanner: Scanner, frame: Frame | undefined, start: number): boolean {
  const character = scanner.text.charAt(start);
  if (!/[[\](){}.,*/%+\-=<>!?:&|~]/.test(character)) return false;
  scanner.at += 1;
  const closer = closers[character];
  if (closer !== undefined) {
    push(scanner, "punctuation", start);
    scanner.frames.push({ kind: "bracket", closer, token: scanner.tokens.length - 1 });
    return true;
  }
  if (!"]})".includes(character)) {
    push(scanner, "punctuation", start);
    return true;
  }
  if (frame?.kind === "interpolation" && character === "}") {
    scanner.frames.pop();
    return true;
  }
  if (frame?.kind !== "bracket" || frame.closer !== character) return false;
  scanner.frames.pop();
  push(scanner, "punctuation", start);
  const opener = scanner.templates > 0 ? undefined : scanner.tokens[frame.token];
  if (opener !== undefined) opener.close = scanner.tokens.length - 1;
  return true;
}

function readString(scanner: Scanner, frame: Frame & { kind: "string" }): boolean {
  if (take(scanner, stringText) !== null || take(scanner, noSequence) !== null) return true;
  if (readSequence(scanner, frame.token)) return true;
  if (scanner.text[scanner.at] !== '"') return false;
  scanner.at += 1;
  endTemplate(scanner, frame.token);
  return true;
}

/** `${` or `%{`: what follows is code up to its brace. */
function readSequence(scanner: Scanner, token: number): boolean {
  if (take(scanner, sequenceStart) === null) return false;
  scanner.frames.push({ kind: "interpolation" });
  scanner.isStartOfLine = false;
  const opened = scanner.templates === 1 ? scanner.tokens[token] : undefined;
  if (opened !== undefined) opened.isTemplate = true;
  return true;
}

function endTemplate(scanner: Scanner, token: number): void {
  scanner.frames.pop();
  scanner.templates -= 1;
  scanner.isStartOfLine = false;
  const opened = scanner.templates > 0 ? undefined : scanner.tokens[token];
  if (opened !== undefined) opened.end = scanner.at;
}

function readHeredoc(scanner: Scanner, frame: Frame & { kind: "heredoc" }): boolean {
  if (scanner.isStartOfLine) {
    heredocLine.lastIndex = scanner.at;
    const line = heredocLine.exec(scanner.text)?.[0];
    // The marker counts only on a line that ends: the line break is a token of its own.
    if (line !== undefined && line.trim() === frame.marker) {
      scanner.at += line.endsWith("\r") ? line.length - 1 : line.length;
      endTemplate(scanner, frame.token);
      return true;
    }
    scanner.isStartOfLine = false;
  }
  if (take(scanner, heredocText) !== null || take(scanner, noSequence) !== null) return true;
  if (readSequence(scanner, frame.token)) return true;
  if (scanner.text[scanner.at] !== "\n") return false;
  scanner.at += 1;
  scanner.line += 1;
  scanner.isStartOfLine = true;
  return true;
}
