import { matchesGlob } from "../../glob.ts";
import { Unknown } from "../../plan/unknown.ts";
import { anyOf, type Truth } from "../../three-valued.ts";

/** A test of a text; what is not set is no text, for which it does not hold. */
export function testText(fact: unknown, holds: (text: string) => Truth): Truth {
  if (fact instanceof Unknown) return null;
  // Terraform takes numbers and booleans for texts.
  if (typeof fact === "number" || typeof fact === "boolean") return holds(String(fact));
  return typeof fact === "string" ? holds(fact) : false;
}

/** Whether one of the patterns fits; an empty list decides even for an unknown fact. */
export function anyPattern(patterns: unknown, fits: (pattern: string) => Truth): Truth {
  if (patterns instanceof Unknown) return null;
  if (!Array.isArray(patterns)) return false;
  return anyOf(
    patterns.map((pattern: unknown): Truth => {
      if (pattern instanceof Unknown) return null;
      return typeof pattern === "string" && fits(pattern);
    }),
  );
}

export function matchesAny(fact: unknown, patterns: unknown): Truth {
  return anyPattern(patterns, (pattern) => testText(fact, (text) => matchesGlob(text, pattern)));
}

/** A comparison of two texts. */
export function compareTexts(fact: unknown, value: unknown, holds: (text: string, value: string) => boolean): Truth {
  if (value instanceof Unknown) return null;
  return typeof value === "string" && testText(fact, (text) => holds(text, value));
}
