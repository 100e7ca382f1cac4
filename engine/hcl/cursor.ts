import { type Token, type Tokenised, textOf } from "./tokens.ts";

/** Thrown and caught within the parser: what is read is no expression, or nests too deep. */
export class NoExpression extends Error {}

/** Expressions nest a handful deep. */
const deepest = 200;

/** A place in a range of tokens; where line breaks mean nothing, they are passed over. */
export class Cursor {
  readonly source: Tokenised;
  readonly end: number;
  at: number;
  private depth = 0;
  private isLined = false;

  constructor(source: Tokenised, start: number, end: number) {
    this.source = source;
    this.at = start;
    this.end = end;
  }

  /** The next token that counts; it is not taken. */
  peek(): Token | undefined {
    while (this.at < this.end) {
      const token = this.source.tokens[this.at];
      if (token?.kind === "comment" || (token?.kind === "newline" && !this.isLined)) this.at += 1;
      else return token;
    }
    return undefined;
  }

  /** Whether the next token is this punctuation, or this name. */
  is(text: string): boolean {
    const token = this.peek();
    if (token === undefined || (token.kind !== "punctuation" && token.kind !== "identifier")) return false;
    return token.end - token.start === text.length && this.source.text.startsWith(text, token.start);
  }

  /** The next token as text, where it is punctuation. */
  punctuation(): string {
    const token = this.peek();
    return token?.kind === "punctuation" ? textOf(this.source, token) : "";
  }

  take(): Token {
    const token = this.peek();
    if (token === undefined) throw new NoExpression();
    this.at += 1;
    return token;
  }

  /** Takes the next token where it is `text`. */
  takes(text: string): boolean {
    const found = this.is(text);
    if (found) this.at += 1;
    return found;
  }

  expect(text: string): void {
    if (!this.takes(text)) throw new NoExpression();
  }

  name(): string {
    const token = this.take();
    if (token.kind !== "identifier") throw new NoExpression();
    return textOf(this.source, token);
  }

  /** The token behind the next one. */
  second(): Token | undefined {
    const from = this.at;
    this.take();
    const token = this.peek();
    this.at = from;
    return token;
  }

  /** Looks at what follows as if line breaks meant nothing, and takes nothing of it. */
  lookAhead<T>(look: () => T): T {
    const from = this.at;
    const result = this.within(false, look);
    this.at = from;
    return result;
  }

  /** Whether line breaks mean anything at this place. */
  linesCount(): boolean {
    return this.isLined;
  }

  /** Reads what stands within brackets; `isLined` says whether line breaks mean anything there. */
  within<T>(isLined: boolean, read: () => T): T {
    const outer = this.isLined;
    if (this.depth > deepest) throw new NoExpression();
    this.isLined = isLined;
    this.depth += 1;
    const result = read();
    this.isLined = outer;
    this.depth -= 1;
    return result;
  }
}
