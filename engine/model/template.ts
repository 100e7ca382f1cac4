import { parseTraversal } from "../plan/address.ts";
import { staysWithinString } from "../plan/assigned.ts";
import { resolveExpression } from "../plan/resolve-expression.ts";
import { type Maybe, nothingKnown, type Template, Unknown } from "../plan/unknown.ts";
import { parseJsonText } from "./json-text.ts";

/** Marks the place of an interpolation; private-use characters stand in no configuration. */
const open = "\uE000";
const close = "\uE001";

/**
 * The JSON that an unknown attribute will hold, with unknown leaves, where its configuration is a template of JSON text: in
 * JSON syntax, as CDKTF writes it, the plan keeps the text. Null where there is no such text, or where an interpolated
 * value might change the structure.
 */
export function jsonOfTemplate(template: Template): Maybe<unknown> | null {
  const parts = splitTemplate(template.text);
  if (parts === null) return null;
  const leaves = parts.interpolations.map((expression) => leafOf(expression, template));
  const whole = leaves.filter((leaf) => leaf !== null);
  if (whole.length < leaves.length) return null;
  const json = parseJsonText(parts.text);
  if (json instanceof Unknown) return null;
  return withLeaves(json, whole, 0);
}

/** The literal text with a mark for each interpolation, and the expressions; null where a template has control structures. */
function splitTemplate(text: string): { text: string; interpolations: string[] } | null {
  if (text.includes(open) || text.includes(close) || /(?<!%)%\{/.test(text)) return null;
  const interpolations: string[] = [];
  let result = "";
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("$${", at)) {
      result += "${";
      at += 3;
    } else if (text.startsWith("${", at)) {
      const end = endOfInterpolation(text, at + 2);
      if (end === null) return null;
      result += `${open}${interpolations.length}${close}`;
      interpolations.push(text.slice(at + 2, end).trim());
      at = end + 1;
    } else {
      result += text.charAt(at);
      at += 1;
    }
  }
  return { text: result.replaceAll("%%{", "%{"), interpolations };
}

/** The position of the brace that closes an interpolation; keys in quotes may hold braces. */
function endOfInterpolation(text: string, start: number): number | null {
  let isQuoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isQuoted && character === "\\") at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === "}") return at;
    else if (!isQuoted && character === "{") return null;
  }
  return null;
}

/** Only a plain reference to a harmless attribute; a function could make any text of it. */
function leafOf(expression: string, { context }: Template): Unknown | null {
  if (parseTraversal(expression) === null) return null;
  const references = resolveExpression({ references: [expression] }, context.scope, context.repetition);
  return staysWithinString({ references, isExact: true })
    ? new Unknown("after-apply", references, null, { ...nothingKnown, isExact: true })
    : null;
}

const deepest = 100;

const mark = /\uE000(\d+)\uE001/g;

function withLeaves(json: unknown, leaves: readonly Unknown[], depth: number): unknown {
  if (depth > deepest) return new Unknown("unexpected-shape");
  if (typeof json === "string") return textWithLeaves(json, leaves);
  if (Array.isArray(json)) return json.map((element: unknown) => withLeaves(element, leaves, depth + 1));
  if (typeof json !== "object" || json === null) return json;
  // No prototype, so that a key named __proto__ is a key.
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(json)) {
    // A key that is decided at apply could be any key.
    if (key.includes(open))
      return new Unknown(
        "after-apply",
        leaves.flatMap(({ references }) => references),
      );
    result[key] = withLeaves(value, leaves, depth + 1);
  }
  return result;
}

/** A text that is one interpolation is what that refers to; with anything beside it the literal parts are known. */
function textWithLeaves(text: string, leaves: readonly Unknown[]): unknown {
  const marks = [...text.matchAll(mark)].flatMap(([, number]) => leaves[Number(number)] ?? []);
  if (marks.length === 0) return text;
  const isWhole = marks.length === 1 && text.replace(mark, "") === "";
  const references = marks.flatMap((leaf) => leaf.references);
  if (isWhole) return new Unknown("after-apply", references, null, { ...nothingKnown, isExact: true });
  const parts = text
    .split(/(\uE000\d+\uE001)/)
    .filter((part) => part !== "")
    .map((part) => leaves[Number(/^\uE000(\d+)\uE001$/.exec(part)?.[1] ?? -1)] ?? part);
  return new Unknown(
    "after-apply",
    references.map((reference) => ({ ...reference, isBare: false })),
    null,
    { ...nothingKnown, parts },
  );
}
