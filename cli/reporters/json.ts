import type { PlanResult } from "./plan-result.ts";
import { escapeControls } from "./terminal-text.ts";

/** The report itself for one plan; for several a list of them, with what could not be judged. */
export function* json(results: readonly PlanResult[]): Generator<string> {
  const [first] = results;
  const isOne = results.length === 1 && first !== undefined && "report" in first;
  // A finding is a piece: it stands in a list of the report, which for several plans stands in a list of those.
  yield* isOne ? jsonPieces(first.report, 2) : jsonPieces({ version: 1, plans: results }, 5);
}

/** JSON in which also those characters are escaped that JSON allows and somebody obeys; what it says is the same. */
export function jsonText(document: unknown): string {
  return [...jsonPieces(document, 0)].join("");
}

/**
 * The same JSON in pieces: a document of a large plan may be longer than any text can be. What stands `depth` lists and
 * objects deep is one piece. There a list may be anything that can be iterated, and makes its elements as they are written.
 */
export function* jsonPieces(document: unknown, depth: number): Generator<string> {
  for (const piece of pieces(document, depth, "")) yield escapeControls(piece);
  yield "\n";
}

function* pieces(value: unknown, depth: number, indent: string): Generator<string> {
  if (depth === 0 || typeof value !== "object" || value === null) {
    yield JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`);
    return;
  }
  const inner = `${indent}  `;
  const isList = Symbol.iterator in value;
  let before = isList ? "[" : "{";
  for (const { name, member } of isList ? elements(value) : members(value)) {
    yield `${before}\n${inner}${name}`;
    yield* pieces(member, depth - 1, inner);
    before = ",";
  }
  const end = isList ? "]" : "}";
  yield before === "," ? `\n${indent}${end}` : `${before}${end}`;
}

interface Member {
  readonly name: string;
  readonly member: unknown;
}

function* elements(list: object): Generator<Member> {
  if (isIterable(list)) for (const member of list) yield { name: "", member };
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

function* members(value: object): Generator<Member> {
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) yield { name: `${JSON.stringify(name)}: `, member };
}
