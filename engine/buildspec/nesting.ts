import { CST, Lexer } from "yaml";

/**
 * How deep a YAML text nests at most; levels that stand on one line (`- - x`) and those in brackets are levels like any
 * other. Parsers nest their calls as deep as the text does: what is too deep must be told before.
 */
export function nestingOf(text: string): number {
  /** The columns at which the open levels begin; in brackets columns mean nothing. */
  const columns: number[] = [];
  let brackets = 0;
  let deepest = 0;
  let column = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === "flow-map-start" || type === "flow-seq-start") brackets += 1;
    else if (type === "flow-map-end" || type === "flow-seq-end") brackets = Math.max(0, brackets - 1);
    else if (brackets === 0 && type !== null && opening.has(type)) {
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
    }
    deepest = Math.max(deepest, columns.length + brackets);
    if (isMark(token)) continue;
    const lineEnd = token.lastIndexOf("\n");
    column = lineEnd === -1 ? column + token.length : token.length - lineEnd - 1;
  }
  return deepest;
}

/** What a level can begin with. */
const opening: ReadonlySet<string> = new Set([
  "seq-item-ind",
  "explicit-key-ind",
  "scalar",
  "single-quoted-scalar",
  "double-quoted-scalar",
  "anchor",
  "tag",
]);

/** The lexer marks places with control characters, which are not of the text. */
function isMark(token: string): boolean {
  return token === CST.DOCUMENT || token === CST.SCALAR || token === CST.FLOW_END;
}
