import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { Expression } from "../../engine/expressions/syntax.ts";
import { append } from "../../engine/lists.ts";
import type { Attribute, Block } from "../../engine/plan/source.ts";
import { type Directive, directiveStart, type ReadFile } from "./configuration.ts";
import type { Grammar } from "./grammar.ts";
import { readTemplateText } from "./hcl.ts";
import { once } from "./once.ts";

/** How many labels the blocks at the top of a file have. */
const labelCounts = new Map([
  ["resource", 2],
  ["data", 2],
  ["module", 1],
  ["variable", 1],
  ["output", 1],
  ["provider", 1],
  ["locals", 0],
]);

/** What in every body is a block, and how many labels it has; of the rest only the provider knows whether it is one. */
const metaLabelCounts = new Map([
  ["dynamic", 1],
  ["lifecycle", 0],
]);

const commentProperty = "//";

interface Reader {
  readonly grammar: Grammar;
  readonly file: string;
  /** The offsets at which lines begin. */
  readonly starts: readonly number[];
}

/** A property of an object. */
interface Property {
  readonly name: string;
  readonly line: number;
  readonly value: Node;
}

/**
 * The blocks and attributes of a file in JSON syntax, with their lines.
 * Source: Terraform's documentation, "JSON Configuration Syntax".
 */
export function readJson(grammar: Grammar, file: string, text: string): ReadFile {
  const { root, mistake } = rootOf(text);
  const source = { grammar, file, starts: lineStarts(text) };
  const mistakes = [lineOf(source, { offset: mistake })];
  if (root?.type !== "object") return { configuration: null, mistakes };
  const found = propertiesOf(source, root).flatMap(({ name, line, value }) => {
    const labels = labelCounts.get(name);
    return labels === undefined ? [] : blocksOf(source, { type: name, line, labels: [], missing: labels }, value);
  });
  if (found.some((block) => block === null)) return { configuration: null, mistakes };
  const blocks = found.filter((block) => block !== null);
  const own = (node: Node, block: Block | null) => directivesAt(source, node, block);
  return {
    configuration: {
      blocks: blocks.map(({ block }) => block),
      unread: new Set(),
      directives: [...own(root, null), ...blocks.flatMap(({ block, node }) => own(node, block))],
    },
    mistakes: [],
  };
}

/** @returns the tree, null where the text is no JSON, and the offset of the first mistake in it */
function rootOf(text: string): { root: Node | null; mistake: number } {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    return { root: root === undefined || errors.length > 0 ? null : root, mistake: errors[0]?.offset ?? 0 };
  } catch (error) {
    // It nests deeper than the parser can go.
    if (error instanceof RangeError) return { root: null, mistake: 0 };
    throw error;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf({ starts }: Reader, { offset }: Pick<Node, "offset">): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

function propertiesOf(source: Reader, node: Node): Property[] {
  return (node.type === "object" ? (node.children ?? []) : []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) return [];
    return [{ name: String(key.value), line: lineOf(source, key), value }];
  });
}

/** What is known of a block before its body. */
interface Header {
  readonly type: string;
  readonly line: number;
  readonly labels: readonly string[];
  /** How many labels the next levels of properties hold. */
  readonly missing: number;
}

interface FoundBlock {
  readonly block: Block;
  readonly node: Node;
}

/** At every level there may be an array: of objects with labels, or of blocks with the same ones. Null for a body that is none. */
function blocksOf(source: Reader, header: Header, node: Node): (FoundBlock | null)[] {
  if (node.type === "array") {
    const elements = node.children ?? [];
    const line = (element: Node) => (elements.length === 1 ? header.line : lineOf(source, element));
    return elements.flatMap((element) => blocksOf(source, { ...header, line: line(element) }, element));
  }
  if (node.type === "null") return [];
  if (node.type !== "object") return [null];
  if (header.missing === 0) return [blockOf(source, header, node)];
  return propertiesOf(source, node)
    .filter(({ name }) => name !== commentProperty)
    .flatMap(({ name, line, value }) =>
      blocksOf(source, { ...header, line, labels: [...header.labels, name], missing: header.missing - 1 }, value),
    );
}

function blockOf(source: Reader, { type, line, labels }: Header, node: Node): FoundBlock | null {
  const { file } = source;
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const property of propertiesOf(source, node)) {
    const missing = metaLabelCounts.get(property.name);
    if (property.name === commentProperty) continue;
    if (missing !== undefined) {
      const header = { type: property.name, line: property.line, labels: [], missing };
      const nested = blocksOf(source, header, property.value);
      if (nested.some((each) => each === null)) return null;
      append(
        blocks,
        nested.flatMap((each) => (each === null ? [] : [each.block])),
      );
      continue;
    }
    if (attributes.has(property.name)) return null;
    const { line: at, name, value } = property;
    attributes.set(name, { file, line: at, expression: once(() => readValue(source, value, at)) });
  }
  const block = { file, line, type, labels, body: { attributes, blocks }, construct: constructOf(source, node) };
  return { block, node };
}

/** The path that cdktf writes beside what a construct makes. */
function constructOf(source: Reader, node: Node): string | null {
  let at: Node | undefined = node;
  for (const name of [commentProperty, "metadata", "path"]) {
    const own: Property[] = at === undefined ? [] : propertiesOf(source, at);
    at = own.find((property) => property.name === name)?.value;
  }
  return typeof at?.value === "string" ? at.value : null;
}

function directivesAt(source: Reader, node: Node, block: Block | null): Directive[] {
  return propertiesOf(source, node).flatMap(({ name, line, value }) => {
    const text = typeof value.value === "string" ? value.value.trim() : "";
    if (name !== commentProperty || !text.toLowerCase().startsWith(directiveStart)) return [];
    return [{ file: source.file, line, text, block }];
  });
}

/** Every string is a template. Source: Terraform's documentation, "JSON Configuration Syntax", Expression Mapping. */
function readValue(source: Reader, node: Node, line: number): Expression {
  switch (node.type) {
    case "object":
      return {
        kind: "object",
        line,
        entries: propertiesOf(source, node)
          .filter(({ name }) => name !== commentProperty)
          .map(({ name, line: at, value }) => ({
            key: readTemplateText(source.grammar, name, at),
            line: at,
            value: readValue(source, value, at),
          })),
      };
    case "array": {
      const elements = node.children ?? [];
      return {
        kind: "tuple",
        line,
        elements: elements.map((element) => readValue(source, element, lineOf(source, element))),
      };
    }
    case "string":
      return readTemplateText(source.grammar, String(node.value), line);
    case "number":
      return { kind: "number", line, text: String(node.value) };
    case "boolean":
      return { kind: "bool", line, value: node.value === true };
    default:
      return { kind: "null", line };
  }
}
