import { Unknown } from "../plan/unknown.ts";
import { holdsSecretForm } from "../secrets/forms.ts";
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
  const holdsSensitive = partFinder([...sensitive].filter((part) => part.length >= shortestPart));
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
    if (candidate instanceof Unknown) return "(not told by the plan)";
    if (Array.isArray(candidate)) return candidate.map((element: unknown) => value(element, isSensitive));
    if (typeof candidate === "string" || typeof candidate === "number") {
      if (isSensitive) return "(sensitive)";
      return typeof candidate === "string" ? text(candidate) : candidate;
    }
    return typeof candidate === "boolean" ? candidate : null;
  };
  return { text, value };
}

/** Finds whether a text holds any of the parts; the time depends on the text and on how many lengths they have. */
function partFinder(parts: readonly string[]): (text: string) => boolean {
  /** The parts by their first characters and their length. */
  const byStart = new Map<string, Map<number, Set<string>>>();
  for (const part of parts) {
    const start = part.slice(0, shortestPart);
    const byLength = byStart.get(start) ?? new Map<number, Set<string>>();
    byStart.set(start, byLength);
    byLength.set(part.length, (byLength.get(part.length) ?? new Set()).add(part));
  }
  return (text) => {
    if (byStart.size === 0) return false;
    for (let at = 0; at + shortestPart <= text.length; at += 1) {
      const byLength = byStart.get(text.slice(at, at + shortestPart));
      if (byLength === undefined) continue;
      for (const [length, same] of byLength) if (same.has(text.slice(at, at + length))) return true;
    }
    return false;
  };
}
