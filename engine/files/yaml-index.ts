import type { Document, Node, Pair, YAMLMap } from "yaml";
import type { Path } from "./mistake.ts";

/** What is wrong, and where: characters from the start of the text. */
export interface Placed {
  readonly offset: number;
  readonly message: string;
}

/** The places of what stands in a YAML document, and what is wrong in it that its parser lets pass. */
export interface YamlIndex {
  /**
   * Of what stands at a path, or of its key; of its nearest parent where it is missing.
   * @returns characters from the start of the text
   */
  offsetOf(path: Path, ofKey: boolean): number;
  readonly mistakes: readonly Placed[];
}

/** With more mistakes in one list than this, the schema that looks for them ends in an error of its own. */
export const mostParts = 50_000;

/** Looks at each node once, so that a large file with many mistakes takes no longer than its size. */
export async function indexOf(document: Document): Promise<YamlIndex> {
  const { isAlias, isCollection, isMap, isNode, isScalar, isSeq, visit } = await import("yaml");
  const members = new Map<YAMLMap, Map<string, Pair>>();
  const anchors = new Map<string, Node>();
  const mistakes: Placed[] = [];
  const startOf = (node: unknown) => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

  const membersOf = (map: YAMLMap): Map<string, Pair> => {
    const own = new Map<string, Pair>();
    for (const pair of map.items) {
      if (!isScalar(pair.key)) continue;
      const name = String(pair.key.value);
      const offset = startOf(pair.key);
      // At the top it is one of many unknown keys.
      if (name === "__proto__" && map !== document.contents)
        mistakes.push({ offset, message: `"${name}" cannot be a name; choose another` });
      else if (own.has(name)) mistakes.push({ offset, message: "Map keys must be unique" });
      else own.set(name, pair);
    }
    return own;
  };
  visit(document, {
    Node: (_key, node, path) => {
      if (isCollection(node) && node.items.length > mostParts)
        mistakes.push({ offset: startOf(node), message: `has more than ${mostParts} parts` });
      if (isMap(node)) members.set(node, membersOf(node));
      if (!isAlias(node)) {
        if (node.anchor) anchors.set(node.anchor, node);
        return;
      }
      const named = anchors.get(node.source);
      if (named !== undefined && path.includes(named))
        mistakes.push({
          offset: startOf(node),
          message: `*${node.source} stands within what it names, so that it never ends`,
        });
    },
  });

  const pairAt = (node: unknown, step: Path[number]) =>
    isMap(node) ? members.get(node)?.get(String(step)) : undefined;
  return {
    mistakes,
    offsetOf: (path, ofKey) => {
      let node: unknown = document.contents;
      for (const [at, step] of path.entries()) {
        const pair = pairAt(node, step);
        if (ofKey && at === path.length - 1 && isScalar(pair?.key)) return startOf(pair.key);
        const child = isSeq(node) ? node.items[Number(step)] : pair?.value;
        if (!isNode(child)) return startOf(node);
        node = child;
      }
      return startOf(node);
    },
  };
}
