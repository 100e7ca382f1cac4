import { loadPolicy } from "./load.ts";
import type { Policy } from "./policy.ts";

/** A policy file that cannot be used: one line for each mistake, `file:line:column: path: what is wrong`. */
export class PolicyFileError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "PolicyFileError";
    this.lines = lines;
  }
}

/**
 * Reads policy files, YAML or JSON.
 * @throws PolicyFileError with all mistakes of all files, duplicate ids among them
 */
export async function parsePolicyFiles(
  files: readonly { readonly file: string; readonly text: string }[],
): Promise<Policy[]> {
  // Loaded on demand: a run with the shipped policies alone parses no YAML.
  const yaml = await import("yaml");
  const lines: string[] = [];
  const seen = new Map<string, string>();
  const policies: Policy[] = [];
  for (const { file, text } of files) {
    const found = parsePolicyFile(file, text, yaml);
    if ("lines" in found) {
      lines.push(...found.lines);
      continue;
    }
    const { id } = found.policy;
    const other = seen.get(id);
    if (other !== undefined) lines.push(`${file}: id: "${id}" is the id of ${other} already`);
    seen.set(id, file);
    policies.push(found.policy);
  }
  if (lines.length > 0) throw new PolicyFileError(lines);
  return policies;
}

type Yaml = typeof import("yaml");

function parsePolicyFile(
  file: string,
  text: string,
  { isNode, LineCounter, parseDocument }: Yaml,
): { policy: Policy } | { lines: string[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0)
    return { lines: document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`) };
  const loaded = loadPolicy(document.toJS({ maxAliasCount: 20 }));
  if ("policy" in loaded) return loaded;
  return {
    lines: loaded.mistakes.map(({ path, message }) => {
      // A key that is missing has no place of its own: its nearest parent has.
      let place = path;
      let node = document.getIn(place, true);
      while (!isNode(node) && place.length > 0) {
        place = place.slice(0, -1);
        node = place.length === 0 ? document.contents : document.getIn(place, true);
      }
      const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
      return `${at(offset)}: ${path.length === 0 ? "" : `${path.join(".")}: `}${message}`;
    }),
  };
}
