import { append } from "../lists.ts";

/**
 * A name in braces in a problem text: a fact of the subject, a parameter of the policy (`{parameter max_images}`), or the
 * `{subject}` itself.
 */
export interface Placeholder {
  readonly of: "fact" | "parameter" | "subject";
  readonly name: string;
  /** Whether it stands in backticks: then each element of a list gets its own. */
  readonly isCode: boolean;
}

/** A problem text taken apart: words as they are, placeholders, and parts in brackets, which can be left out. */
export type ProblemPart = string | Placeholder | { readonly optional: readonly (string | Placeholder)[] };

const placeholder = /(`?)\{([^{}]*)\}\1/g;
/** Brackets without a placeholder between them are words; those within a placeholder belong to an attribute path. */
const partWithName = /\{[^{}]*\}|\[((?:[^[\]{}]|\{[^{}]*\})*)\]/g;

export function problemParts(text: string): ProblemPart[] {
  const parts: ProblemPart[] = [];
  let end = 0;
  for (const match of text.matchAll(partWithName)) {
    const [whole, optional] = match;
    if (optional === undefined || !optional.includes("{")) continue;
    append(parts, [...wordsAndNames(text.slice(end, match.index)), { optional: wordsAndNames(optional) }]);
    end = match.index + whole.length;
  }
  return [...parts, ...wordsAndNames(text.slice(end))];
}

function wordsAndNames(text: string): (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    const [whole, backtick, inner = ""] = match;
    parts.push(text.slice(end, match.index), { ...named(inner.trim()), isCode: backtick !== "" });
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

function named(inner: string): Pick<Placeholder, "of" | "name"> {
  if (inner === "subject") return { of: "subject", name: inner };
  const parameter = /^parameter +(\S+)$/.exec(inner)?.[1];
  return parameter === undefined ? { of: "fact", name: inner } : { of: "parameter", name: parameter };
}

/** The words and placeholders of a problem text, those in brackets too. */
export function flatParts(text: string): (string | Placeholder)[] {
  return problemParts(text).flatMap((part) =>
    typeof part === "object" && "optional" in part ? part.optional : [part],
  );
}

/** The facts that a problem text names. */
export function factsInText(text: string): string[] {
  return flatParts(text).flatMap((part) => (typeof part === "object" && part.of === "fact" ? [part.name] : []));
}
