import type { FilledPart, FilledText, FilledValue } from "../evaluate/problem.ts";
import type { Redactor } from "./redact.ts";

const mostNamed = 3;
const longest = 120;

/**
 * The first text of which all values can be shown: known, set, and no secret; parts in brackets may be missing. Null where
 * there is none. Of a list the elements that are known are named, three of them at most.
 */
export function problemSentence(texts: readonly FilledText[], redactor: Redactor): string | null {
  for (const text of texts) {
    const shown = text.map((part) =>
      typeof part === "object" && "optional" in part
        ? (joined(part.optional, redactor) ?? "")
        : shownPart(part, redactor),
    );
    if (shown.every((part) => part !== null)) return shown.join("").replace(/\s+/g, " ").trim();
  }
  return null;
}

/** Null where a value of it cannot be shown. */
function joined(parts: readonly FilledPart[], redactor: Redactor): string | null {
  const shown = parts.map((part) => shownPart(part, redactor));
  return shown.every((part) => part !== null) ? shown.join("") : null;
}

function shownPart(part: FilledPart, redactor: Redactor): string | null {
  return typeof part === "string" ? part : shownValue(part, redactor);
}

function shownValue({ value, sensitive, isCode }: FilledValue, redactor: Redactor): string | null {
  if (sensitive) return null;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const known = [...new Set(values.filter((each) => typeof each === "string" || typeof each === "number"))].map(String);
  const shown = known.map((each) => inWords(each, redactor)).filter((each) => each !== null);
  if (shown.length === 0 || shown.length < known.length) return null;
  return listed(isCode ? shown.map((each) => `\`${each}\``) : shown);
}

/** A value as a part of a sentence: no backtick of it ends the code span around it. */
function inWords(value: string, redactor: Redactor): string | null {
  const whole = value.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  if (redactor.text(value) !== value || whole === "") return null;
  const [, single] = /^(\d+)-\1$/.exec(whole) ?? [];
  // A range of one port.
  if (single !== undefined) return single;
  const characters = [...whole];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : whole;
}

function listed(values: readonly string[]): string {
  const named = values.slice(0, mostNamed);
  const rest = values.length - named.length;
  if (rest > 0) return `${named.join(", ")} and ${rest} more`;
  const last = named.at(-1) ?? "";
  return named.length < 2 ? last : `${named.slice(0, -1).join(", ")} and ${last}`;
}
