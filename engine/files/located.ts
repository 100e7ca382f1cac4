import type { Mistake, Path } from "./mistake.ts";
import { indexOf, type Placed } from "./yaml-index.ts";

/** A file that a team wrote. */
export interface SourceFile {
  /** Its name in messages. */
  readonly file: string;
  readonly text: string;
  /** Whether it may be no file of plimsoll at all, so that messages quote nothing of it. */
  readonly isForeign?: boolean;
}

/** What a YAML or JSON file holds, with the places of it. */
export interface Located {
  readonly data: unknown;
  /** `file:line` of what stands at a path. */
  at(path: Path): string;
  /** One line for each mistake, in the order of the file: `file:line:column: path: what is wrong`. */
  lines(mistakes: readonly Mistake[]): string[];
}

/** Longer files are no policies and no configurations. */
export const longestFile = 1_000_000;
export const mostAliases = 20;

/**
 * Reads YAML, of which JSON is a part. Nothing in it is obeyed: tags are refused, and so are aliases that multiply.
 * @returns the mistakes, each with its place, where it is not read
 */
export async function parseLocated({
  file,
  text,
  isForeign = false,
}: SourceFile): Promise<Located | { readonly lines: string[] }> {
  if (text.length > longestFile) return { lines: [`${file}: longer than ${longestFile} characters`] };
  // Loaded on demand: a run with the shipped policies alone parses no YAML.
  const { LineCounter, parseDocument } = await import("yaml");
  const counter = new LineCounter();
  const place = (offset: number) => counter.linePos(offset);
  const lines = (found: readonly Placed[]): string[] => {
    const sorted = found.toSorted((one, other) => one.offset - other.offset);
    // Where a file is none of ours, how much of it is not says nothing.
    const told = isForeign ? sorted.slice(0, 1).map(({ offset }) => ({ offset, message: notOurs })) : sorted;
    return told.map(({ offset, message }) => `${file}:${place(offset).line}:${place(offset).col}: ${message}`);
  };
  try {
    // That names are unique is checked by the index: the parser compares each with all others.
    const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
    const problems = [...document.errors, ...document.warnings];
    // The parser reports its own exhaustion as a mistake at each level.
    if (problems.some(({ message }) => message.startsWith("Maximum call stack"))) return { lines: [tooDeep(file)] };
    const index = await indexOf(document);
    const mistakes = problems.map(({ code, pos, message }) => ({ offset: pos[0], message: wordsFor(code, message) }));
    if (mistakes.length + index.mistakes.length > 0) return { lines: lines([...mistakes, ...index.mistakes]) };
    if (document.contents === null) return { lines: [`${file}: the file is empty`] };
    return {
      data: document.toJS({ maxAliasCount: mostAliases }),
      at: (path) => `${file}:${place(index.offsetOf(path, false)).line}`,
      lines: (found) =>
        lines(
          found.map(({ path, message, ofKey }) => ({
            offset: index.offsetOf(path, ofKey ?? false),
            message: path.length === 0 ? message : `${path.join(".")}: ${message}`,
          })),
        ),
    };
  } catch (error) {
    if (error instanceof ReferenceError) return { lines: [`${file}: ${isForeign ? notOurs : error.message}`] };
    if (error instanceof RangeError) return { lines: [tooDeep(file)] };
    throw error;
  }
}

const notOurs = "not what plimsoll reads here; is it meant to be read at all?";

function tooDeep(file: string): string {
  return `${file}: nests too deep to be read`;
}

/** The parser's words, where they do not speak to programmers. */
function wordsFor(code: string, message: string): string {
  if (code === "MULTIPLE_DOCS") return "holds several documents (---); one file is one policy or one configuration";
  return code === "TAG_RESOLVE_FAILED" ? `${message}; only plain data is read` : message;
}
