import { parseJsonText } from "../model/json-text.ts";
import { once } from "../once.ts";
import { isJsonObject } from "../plan/json.ts";
import type { PlanResource } from "../plan/read.ts";
import { type Masked, maskedParts } from "../plan/sensitive.ts";
import { Unknown } from "../plan/unknown.ts";
import { partFinder } from "../secrets/part-finder.ts";

/** Shorter ones stand in our sentences by chance. */
const shortest = 4;

/** Every statement of every policy has one of them: they tell nothing. */
const effects = new Set(["Allow", "Deny"]);

/** Finds whether a sentence quotes a name or a value of what the plan marks as sensitive in a resource, in a JSON text too. */
export const markedQuotes = once(
  ({ node: { value, sensitiveMask } }: PlanResource): ((sentence: string) => boolean) => {
    const words = new Set<string>();
    // A list that grows while it is walked: JSON may nest deeper than calls can.
    const left: Masked[] = [{ value, mask: sensitiveMask }];
    for (const part of left) {
      const opened = { value: openJson(part.value), mask: part.mask };
      if (part.mask === true) for (const word of wordsOf(opened.value)) if (!effects.has(word)) words.add(word);
      for (const inner of maskedParts(opened)) left.push(inner);
    }
    return partFinder(words, shortest);
  },
);

function openJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  const json = parseJsonText(value);
  return json instanceof Unknown ? value : json;
}

/** The keys of a map, or the value itself. */
function wordsOf(value: unknown): string[] {
  if (isJsonObject(value)) return Object.keys(value);
  return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
}
