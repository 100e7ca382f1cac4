import { type Document, isScalar, parseDocument, visit } from "yaml";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { nestingOf } from "./nesting.ts";

/** What is longer or deeper is nothing that people write, and would take time out of proportion. */
export const yamlLimits = { characters: 100_000, levels: 50 } as const;

/**
 * What a YAML text holds. What is wrong in it is told by its place, never by its text.
 * @param what the text is, for people: `buildspec`
 */
export function yamlData(text: string, what: string): Maybe<unknown> {
  const broken = (detail: string) => new Unknown("not-understood", [], `the ${what} ${detail}`);
  if (text.length > yamlLimits.characters) return broken(`is longer than ${yamlLimits.characters} characters`);
  if (nestingOf(text) > yamlLimits.levels) return broken(`nests deeper than ${yamlLimits.levels} levels`);
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: "silent", uniqueKeys: false });
  const wrongAt = document.errors[0]?.pos[0] ?? repeatedKey(document);
  if (wrongAt !== null) return broken(`is not valid YAML, at character ${wrongAt}`);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return broken("has too many or unresolved aliases");
  }
}

/** The position of the first key that its map has already; the parser would compare each key with each. */
function repeatedKey(document: Document): number | null {
  let found: number | null = null;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === "<<") continue;
        if (keys.has(key.value)) {
          found = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}
