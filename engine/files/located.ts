import type { Mistake, Path } from "./mistake.ts";

/** A file that a team wrote. */
export interface SourceFile {
  /** Its name in messages. */
  readonly file: string;
  readonly text: string;
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
const longestText = 1_000_000;
const mostAliases = 20;
/** With more mistakes in one list than this the schema itself ends in one. */
const mostParts = 50_000;

/**
 * Reads YAML, of which JSON is a part. Nothing in it is obeyed: tags are refused, and so are aliases that multiply.
 * @returns the mistakes, each with its place, where it is not read
 */
export async function parseLocated({ file, text }: SourceFile): Promise<Located | { readonly lines: string[] }> {
  if (text.length > longestText) return { lines: [`${file}: longer than ${longestText} characters`] };
  // Loaded on demand: a run with the shipped policies alone parses no YAML.
  const { isAlias, isCollection, isNode, isMap, isScalar, LineCounter, parseDocument, visit } = await import("yaml");
  const counter = new LineCounter();
  const place = (offset: number) => counter.linePos(offset);
  const at = (offset: number) => `${file}:${place(offset).line}:${place(offset).col}`;
  try {
    const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
    const problems = [...document.errors, ...document.warnings];
    // The parser reports its own exhaustion as a mistake at each level.
    if (problems.some(({ message }) => message.startsWith("Maximum call stack"))) return { lines: [tooDeep(file)] };
    if (problems.length > 0)
      return { lines: problems.map(({ code, pos, message }) => `${at(pos[0])}: ${wordsFor(code, message)}`) };
    if (document.contents === null) return { lines: [`${file}: the file is empty`] };
    const unusable: string[] = [];
    const anchors = new Map<string, unknown>();
    visit(document, {
      Node(_, node, ancestors) {
        if (isCollection(node) && node.items.length > mostParts)
          unusable.push(`${at(node.range?.[0] ?? 0)}: has more than ${mostParts} parts`);
        if (!isAlias(node)) {
          if (node.anchor !== undefined) anchors.set(node.anchor, node);
        } else if (ancestors.some((each) => each === anchors.get(node.source)))
          unusable.push(
            `${at(node.range?.[0] ?? 0)}: *${node.source} stands within what it names, so that it never ends`,
          );
      },
      Pair(_, { key }, ancestors) {
        // Of those at the top the schema of the file says that they are unknown.
        if (isScalar(key) && key.value === "__proto__" && ancestors.filter(isMap).length > 1)
          unusable.push(`${at(key.range?.[0] ?? 0)}: "__proto__" cannot be a name`);
      },
    });
    if (unusable.length > 0) return { lines: unusable };
    const data: unknown = document.toJS({ maxAliasCount: mostAliases });
    // A key that is missing has no place of its own: its nearest parent has.
    const offsetOf = (path: Path, ofKey: boolean): number => {
      if (path.length === 0) return document.contents?.range?.[0] ?? 0;
      const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
      if (ofKey && isMap(parent)) {
        const key = parent.items.map((item) => item.key).find((each) => isScalar(each) && each.value === path.at(-1));
        if (isScalar(key)) return key.range?.[0] ?? 0;
      }
      const node = document.getIn(path, true);
      return isNode(node) ? (node.range?.[0] ?? 0) : offsetOf(path.slice(0, -1), false);
    };
    return {
      data,
      at: (path) => `${file}:${place(offsetOf(path, false)).line}`,
      lines: (mistakes) =>
        mistakes
          .map(({ path, message, ofKey }) => ({ path, message, offset: offsetOf(path, ofKey ?? false) }))
          .sort((one, other) => one.offset - other.offset)
          .map(
            ({ path, message, offset }) => `${at(offset)}: ${path.length === 0 ? "" : `${path.join(".")}: `}${message}`,
          ),
    };
  } catch (error) {
    if (error instanceof ReferenceError) return { lines: [`${file}: ${error.message}`] };
    if (error instanceof RangeError) return { lines: [tooDeep(file)] };
    throw error;
  }
}

function tooDeep(file: string): string {
  return `${file}: nests too deep to be read`;
}

/** The parser's words, where they do not speak to programmers. */
function wordsFor(code: string, message: string): string {
  if (code === "MULTIPLE_DOCS") return "holds several documents (---); one file is one policy or one configuration";
  return code === "TAG_RESOLVE_FAILED" ? `${message}; only plain data is read` : message;
}
