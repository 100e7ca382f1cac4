import type { Word as SyntaxWord, WordPart } from "unbash";

/** One word of a command. */
export interface Word {
  /** As written, without the quotes. */
  readonly text: string;
  /** What the shell makes of it; null where it depends on what the buildspec does not tell. */
  readonly value: string | null;
  /** Whether it is an expansion that may turn into any number of words. */
  readonly isOpen: boolean;
}

/** Variables with their values; null where a value is not told. */
export type Variables = ReadonlyMap<string, string | null>;

/** The words that the shell makes of one; more than one where an unquoted variable holds several. */
export function expandWord(word: SyntaxWord, variables: Variables): Word[] {
  const value = literalOf(word, variables);
  const isBare = word.parts?.every(({ type }) => expansions.has(type)) === true;
  if (value === null)
    return [{ text: word.value, value, isOpen: isBare || word.text.includes("[@]") || word.text.includes("$@") }];
  if (!isBare) return [{ text: word.value, value, isOpen: false }];
  return value
    .split(/\s+/)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, value: part, isOpen: false }));
}

const expansions = new Set(["SimpleExpansion", "ParameterExpansion", "CommandExpansion"]);

const longestValue = 4000;

/** A value as a variable keeps it: variables that are put together of themselves would grow without end. */
export function keptValue(value: string | null): string | null {
  return value !== null && value.length > longestValue ? null : value;
}

/** What a word stands for, without splitting it; null where that is not told. */
export function literalOf(word: SyntaxWord, variables: Variables): string | null {
  return word.parts === undefined ? word.value : join(word.parts, variables);
}

function join(parts: readonly WordPart[], variables: Variables): string | null {
  let result = "";
  for (const part of parts) {
    const value = partValue(part, variables);
    if (value === null) return null;
    result += value;
  }
  return result;
}

function partValue(part: WordPart, variables: Variables): string | null {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
    case "Glob":
      return part.value;
    case "DoubleQuoted":
    case "LocaleString":
      return join(part.parts, variables);
    case "SimpleExpansion":
      return variables.get(part.text.slice(1)) ?? null;
    case "ParameterExpansion": {
      if (part.prefix !== undefined || part.index !== undefined) return null;
      return part.operation === undefined ? (variables.get(part.parameter) ?? null) : null;
    }
    default:
      return null;
  }
}

/** The scripts of the command substitutions in words. */
export function substitutionsIn(word: SyntaxWord) {
  const scripts = (parts: readonly WordPart[]): NonNullable<Substitution["script"]>[] =>
    parts.flatMap((part) => {
      if (part.type === "DoubleQuoted" || part.type === "LocaleString") return scripts(part.parts);
      if (part.type !== "CommandExpansion" && part.type !== "ProcessSubstitution") return [];
      return part.script === undefined ? [] : [part.script];
    });
  return scripts(word.parts ?? []);
}

type Substitution = Extract<WordPart, { type: "CommandExpansion" }>;
