import type { Reference } from "../plan/references.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { isAssigned } from "./assigned.ts";
import { parseJsonText } from "./json-text.ts";
import { jsonOfTemplate } from "./template.ts";

/** Marks the place of what is not known; private-use characters stand in no configuration. */
const open = "\uE000";
const close = "\uE001";

/**
 * The JSON that a text which is not known will hold, with unknown leaves; null where it is not known to be JSON, or where
 * what is not known might change the structure.
 */
export function jsonOfText({ known: { json, parts, template } }: Unknown): Maybe<unknown> | null {
  if (json !== undefined) return json;
  if (parts === null) return template === null ? null : jsonOfTemplate(template);
  if (parts.some((part) => typeof part === "string" && (part.includes(open) || part.includes(close)))) return null;
  const marked = markHoles(parts);
  if (marked === null) return null;
  const parsed = parseJsonText(marked.text);
  return parsed instanceof Unknown ? null : withLeaves(parsed, marked.leaves, 0);
}

/** The text with a mark for each hole; null where one may be more than a part of a string or a whole value. */
function markHoles(parts: readonly (string | Unknown)[]): { text: string; leaves: unknown[] } | null {
  const leaves: unknown[] = [];
  let text = "";
  let isString = false;
  for (const part of parts) {
    if (typeof part === "string") {
      isString = endsWithinString(part, isString);
      text += part;
      continue;
    }
    // Any other text than what AWS assigns may end the string.
    const leaf = isString ? (isAssigned(part) ? part : null) : part.known.json;
    if (leaf === undefined || leaf === null) return null;
    const mark = `${open}${leaves.length}${close}`;
    text += isString ? mark : JSON.stringify(mark);
    leaves.push(leaf);
  }
  return { text, leaves };
}

/** Whether a JSON text ends within a string. */
function endsWithinString(text: string, start: boolean): boolean {
  let isString = start;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isString = !isString;
    else if (isString && text[at] === "\\") at += 1;
  }
  return isString;
}

const deepest = 100;

function withLeaves(json: unknown, leaves: readonly unknown[], depth: number): unknown {
  if (depth > deepest) return new Unknown("unexpected-shape");
  if (typeof json === "string") return withHoles(json, leaves);
  if (Array.isArray(json)) return json.map((element: unknown) => withLeaves(element, leaves, depth + 1));
  if (typeof json !== "object" || json === null) return json;
  // No prototype, so that a key named __proto__ is a key.
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(json)) {
    // A key that is decided at apply could be any key.
    if (key.includes(open)) return new Unknown("after-apply", referencesIn(leaves));
    result[key] = withLeaves(value, leaves, depth + 1);
  }
  return result;
}

/** What a text refers to that holds more than one of the leaves. */
function referencesIn(leaves: readonly unknown[]): Reference[] {
  const all = leaves.flatMap((leaf) => (leaf instanceof Unknown ? leaf.references : []));
  return all.map((reference) => ({ ...reference, isBare: false }));
}

/** A string with the holes in their places; one that is a mark alone is what stood there. */
function withHoles(text: string, leaves: readonly unknown[]): unknown {
  const pieces = text.split(/\uE000(\d+)\uE001/);
  if (pieces.length === 1) return text;
  const parts = pieces.flatMap((piece, at): unknown[] =>
    at % 2 === 1 ? [leaves[Number(piece)]] : piece === "" ? [] : [piece],
  );
  const [only, ...others] = parts;
  if (others.length === 0) return only;
  const known = parts.filter((part) => typeof part === "string" || part instanceof Unknown);
  return new Unknown("after-apply", referencesIn(leaves.filter((leaf) => parts.includes(leaf))), null, {
    parts: known,
    json: undefined,
    isExact: false,
    template: null,
  });
}
