import { Unknown } from "../plan/unknown.ts";
import { holdsSecretForm } from "../secrets/forms.ts";
import { partFinder } from "../secrets/part-finder.ts";
import type { ShownValue } from "./report.ts";

/** Shorter sensitive values ("prod", "true") stand in too many texts by chance: they are compared as a whole. */
const shortestPart = 6;

/** Replaces whatever may be a secret. */
export interface Redactor {
  text(text: string): string;
  value(value: unknown, sensitive: boolean): ShownValue;
}

/** @param sensitive all strings that the plan marks as sensitive */
export function createRedactor(sensitive: ReadonlySet<string>): Redactor {
  const holdsSensitive = partFinder(sensitive, shortestPart);
  const redact = (candidate: string) => {
    if (sensitive.has(candidate) || holdsSensitive(candidate)) return "(sensitive)";
    return holdsSecretForm(candidate) ? "(looks like a secret)" : candidate;
  };
  // The same few texts come again and again.
  const known = new Map<string, string>();
  const text = (candidate: string) => {
    const redacted = known.get(candidate) ?? redact(candidate);
    known.set(candidate, redacted);
    return redacted;
  };
  const value = (candidate: unknown, isSensitive: boolean): ShownValue => {
    if (candidate instanceof Unknown) return "(unknown)";
    if (Array.isArray(candidate)) return candidate.map((element: unknown) => value(element, isSensitive));
    if (typeof candidate === "string" || typeof candidate === "number") {
      if (isSensitive) return "(sensitive)";
      return typeof candidate === "string" ? text(candidate) : candidate;
    }
    return typeof candidate === "boolean" ? candidate : null;
  };
  return { text, value };
}
