/**
 * A name in braces in a problem text: a fact of the subject, a parameter of the policy (`{parameter max_images}`), or the
 * `{subject}` itself.
 */
interface Placeholder {
  readonly of: "fact" | "parameter" | "subject";
  readonly name: string;
  /** Whether it stands in backticks: then each element of a list gets its own. */
  readonly isCode: boolean;
}

/** A problem text taken apart: words as they are, and placeholders. */
export type ProblemPart = string | Placeholder;

export function problemParts(text: string): ProblemPart[] {
  const parts: ProblemPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/(`?)\{([^{}]*)\}\1/g)) {
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

/** The facts that a problem text names. */
export function factsInText(text: string): string[] {
  return problemParts(text).flatMap((part) => (typeof part === "object" && part.of === "fact" ? [part.name] : []));
}
