import type { Expression } from "../../engine/expressions/syntax.ts";
import { unescaped } from "../../engine/hcl/escapes.ts";
import { parseExpression } from "../../engine/hcl/parse-expression.ts";
import { type Token, type Tokenised, textOf, tokensOf } from "../../engine/hcl/tokens.ts";
import type { Attribute } from "../../engine/plan/source.ts";
import type { ConfigurationFile } from "./configuration.ts";
import { directivesOf, type FoundBlock } from "./hcl-directives.ts";

/** Blocks of Terraform's configuration nest a handful deep. */
const deepest = 64;

interface Reader extends Tokenised {
  readonly file: string;
}

interface FoundBody {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly FoundBlock[];
}

/** The blocks and attributes of a file in HCL's native syntax, with their lines; null where it is none. */
export function readHcl(file: string, text: string): ConfigurationFile | null {
  const tokenised = tokensOf(text);
  if (tokenised === null) return null;
  const source = { file, ...tokenised };
  const body = bodyOf(source, 0, source.tokens.length, 0);
  if (body === null) return null;
  return { blocks: body.blocks.map(({ block }) => block), directives: directivesOf(source, body.blocks) };
}

/** What stands between two tokens; null where that is no body. */
function bodyOf(source: Reader, start: number, end: number, depth: number): FoundBody | null {
  if (depth > deepest) return null;
  const attributes = new Map<string, Attribute>();
  const blocks: FoundBlock[] = [];
  let at = start;
  while (at < end) {
    const token = source.tokens[at];
    if (token?.kind === "newline" || token?.kind === "comment") {
      at += 1;
      continue;
    }
    if (token?.kind !== "identifier") return null;
    const name = textOf(source, token);
    if (textOf(source, source.tokens[at + 1]) === "=") {
      const valueEnd = endOfLine(source, at + 2, end);
      // A name that is written twice, or one without a value.
      if (attributes.has(name) || !holdsCode(source, at + 2, valueEnd)) return null;
      const expression = once(source, at + 2, valueEnd);
      attributes.set(name, { file: source.file, line: token.line, expression });
      at = valueEnd;
      continue;
    }
    const found = blockAt(source, at, depth);
    if (found === null || holdsCode(source, found.end, endOfLine(source, found.end, end))) return null;
    blocks.push(found);
    at = found.end;
  }
  return { attributes, blocks };
}

/** Most expressions are never asked for. */
function once(source: Tokenised, start: number, end: number): () => Expression {
  let read: Expression | null = null;
  return () => {
    read ??= parseExpression(source, start, end);
    return read;
  };
}

/** A block from its type to its closing brace. */
function blockAt(source: Reader, start: number, depth: number): FoundBlock | null {
  const labels: string[] = [];
  for (let at = start + 1; at < source.tokens.length; at += 1) {
    const token = source.tokens[at];
    if (token === undefined) return null;
    if (textOf(source, token) === "{") {
      const body = bodyOf(source, at + 1, token.close, depth + 1);
      if (body === null) return null;
      const block = {
        file: source.file,
        line: source.tokens[start]?.line ?? 0,
        type: textOf(source, source.tokens[start]),
        labels,
        body: { attributes: body.attributes, blocks: body.blocks.map((each) => each.block) },
        construct: null,
      };
      return { block, brace: at, end: token.close + 1 };
    }
    const label = labelOf(source, at, token);
    if (label === null) return null;
    labels.push(label);
    if (token.kind === "string") at = token.close;
  }
  return null;
}

/** A name, or a string without templates. */
function labelOf(source: Reader, at: number, token: Token): string | null {
  if (token.kind === "identifier") return textOf(source, token);
  if (token.kind !== "string" || token.close > at + 2) return null;
  const text = source.tokens[at + 1];
  if (token.close === at + 1) return "";
  return text?.kind === "text" ? unescaped(textOf(source, text)) : null;
}

/** The first line break from a token on that is not within brackets. */
function endOfLine(source: Reader, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const token = source.tokens[at];
    if (token === undefined || token.kind === "newline") return at;
    if (token.close > at) at = token.close;
  }
  return end;
}

function holdsCode(source: Reader, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const kind = source.tokens[at]?.kind;
    if (kind !== "comment" && kind !== "newline") return true;
  }
  return false;
}
