import { staysWithinString } from "../plan/assigned.ts";
import { holdsMark, markedJson, partsAtMarks } from "../plan/marked-text.ts";
import type { Reference } from "../plan/references.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { parseJsonText } from "./json-text.ts";
import { jsonOfTemplate } from "./template.ts";

/**
 * The JSON that a text which is not known will hold, with unknown leaves; null where it is not known to be JSON, or where
 * what is not known might change the structure.
 */
export function jsonOfText({ known: { json, parts, template } }: Unknown): Maybe<unknown> | null {
  if (json !== undefined) return json;
  if (parts === null) return template === null ? null : jsonOfTemplate(template);
  const marked = markedJson(parts, leafOf);
  if (marked === null) return null;
  const parsed = parseJsonText(marked.text);
  return parsed instanceof Unknown ? null : withLeaves(parsed, marked.leaves, 0);
}

/** Any other text may end the string. */
function leafOf(part: Unknown, isInString: boolean): unknown {
  if (!isInString) return part.known.json ?? null;
  return staysWithinString({ references: part.references, isExact: part.known.isExact }) ? part : null;
}

const deepest = 100;

/** What was parsed, with the leaves at their marks. */
export function withLeaves(json: unknown, leaves: readonly unknown[], depth: number): unknown {
  if (depth > deepest) return new Unknown("unexpected-shape");
  if (typeof json === "string") return withHoles(json, leaves);
  if (Array.isArray(json)) return json.map((element: unknown) => withLeaves(element, leaves, depth + 1));
  if (typeof json !== "object" || json === null) return json;
  // No prototype, so that a key named __proto__ is a key.
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(json)) {
    // A key that is decided at apply could be any key.
    if (holdsMark(key)) return new Unknown("after-apply", referencesIn(leaves));
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
  if (!holdsMark(text)) return text;
  const parts = partsAtMarks(text, leaves);
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
