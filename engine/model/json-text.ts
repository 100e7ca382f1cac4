import { type Maybe, Unknown } from "../plan/unknown.ts";

/**
 * Parses the JSON text that an attribute holds. JSON in which an object has a key twice is not read: AWS and other
 * readers differ in which one counts.
 */
export function parseJsonText(text: string): Maybe<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of JSON.parse quotes the text, which may be a secret.
    return new Unknown("invalid-json", [], "the text is not valid JSON");
  }
  const at = duplicateKey(text);
  return at === null ? value : new Unknown("invalid-json", [], `an object has the same key twice, at character ${at}`);
}

/** Strings and structure of a text that is valid JSON. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/gs;

/** The position of the first key that its object has already; without recursion, because nesting may be deeper than calls. */
function duplicateKey(text: string): number | null {
  const objects: (Set<string> | null)[] = [];
  let last: { text: string; at: number } | null = null;
  for (const match of text.matchAll(token)) {
    const [found] = match;
    if (found === "{") objects.push(new Set());
    else if (found === "[") objects.push(null);
    else if (found === "}" || found === "]") objects.pop();
    else if (found === ":") {
      const keys = objects.at(-1);
      if (last === null || keys === null || keys === undefined) continue;
      const key = contentOf(last.text);
      if (keys.has(key)) return last.at;
      keys.add(key);
    } else last = { text: found, at: match.index };
  }
  return null;
}

/** What a JSON string holds. */
function contentOf(string: string): string {
  return string.includes("\\") ? String(JSON.parse(string)) : string.slice(1, -1);
}
