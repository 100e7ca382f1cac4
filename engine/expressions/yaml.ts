import { parseDocument, visit } from "yaml";
import { isAssigned, isAssignedAddress } from "../plan/assigned.ts";
import { holdsMark, markAt, partsAtMarks } from "../plan/marked-text.ts";
import { fromJson } from "./json.ts";
import { atMarks, textWithHoles, withMarks } from "./marked.ts";
import { formatNumber } from "./number.ts";
import { concatenated } from "./text.ts";
import { EvaluationError, type Hole, holeOf, marked, text, type Value } from "./value.ts";

/**
 * The YAML of a value as Terraform writes it: strings in quotes, texts of several lines as literal blocks.
 * Source: zclconf/go-cty-yaml.
 */
function yamlOf(value: Value): string {
  const text = `${block(value, "", { indent: "  ", column: 0 }).replace(/^\n/, "")}\n`;
  // Behind a plain scalar alone the end of the document is written.
  return ["null", "bool", "number"].includes(value.kind) ? `${text}...\n` : text;
}

/** Where a scalar begins on its line, and how its further lines are indented. */
interface ScalarPlace {
  readonly indent: string;
  readonly column: number;
}

function block(value: Value, indent: string, place: ScalarPlace): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
      return value.value ? "true" : "false";
    case "number":
      return formatNumber(value.value);
    case "string":
      return value.value.includes("\n") ? literal(value.value, indent) : folded(quoted(value.value), place);
    case "sequence":
      if (value.elements.length === 0) return "[]";
      return value.elements.map((each) => `\n${indent}- ${inItem(each, `${indent}  `)}`).join("");
    case "mapping":
      if (value.entries.size === 0) return "{}";
      return [...value.entries]
        .map(([key, each]) => `\n${indent}${quoted(key)}:${inMember(key, each, indent)}`)
        .join("");
    case "hole":
      throw new TypeError("a hole has no YAML");
  }
}

/** The first member of what stands in a list follows the dash. */
function inItem(value: Value, indent: string): string {
  return block(value, indent, { indent, column: indent.length }).replace(/^\n */, "");
}

/** A list is not indented below its key. */
function inMember(key: string, value: Value, indent: string): string {
  const isList = value.kind === "sequence";
  const inner = `${indent}  `;
  const place = { indent: inner, column: indent.length + quoted(key).length + 2 };
  const text = block(value, isList ? indent : inner, place);
  return text.startsWith("\n") ? text : ` ${text}`;
}

/** Lines are that long before they are broken. */
const width = 80;

/** Breaks a text in quotes at blanks. Source: `yaml_emitter_write_double_quoted` of libyaml. */
function folded(text: string, { indent, column }: ScalarPlace): string {
  let result = "";
  let at = column;
  let isBehindBlank = false;
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    const isInner = index > 1 && index < characters.length - 2;
    if (character === " " && !isBehindBlank && at > width && isInner) {
      result += `\n${indent}${characters[index + 1] === " " ? "\\" : ""}`;
      at = indent.length;
    } else {
      result += character;
      at += 1;
    }
    isBehindBlank = character === " ";
  }
  return result;
}

function literal(value: string, indent: string): string {
  const own = indent === "" ? "  " : indent;
  const chomp = value.endsWith("\n") ? (value.endsWith("\n\n") || value === "\n" ? "+" : "") : "-";
  const hint = /^[ \n]/.test(value) ? "2" : "";
  const lines = value.replace(/\n$/, "").split("\n");
  return `|${hint}${chomp}${lines.map((line) => (line === "" ? "\n" : `\n${own}${line}`)).join("")}`;
}

const named: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\u0085": "N",
  "\u00a0": "_",
  "\u2028": "L",
  "\u2029": "P",
};

function quoted(value: string): string {
  const escaped = value.replace(/[\0-\x1f"\\\x7f-\xa0\u2028\u2029\ufeff]/g, (character) => {
    const name = named[character];
    if (name !== undefined) return `\\${name}`;
    const code = character.charCodeAt(0);
    return code > 0xff
      ? `\\u${code.toString(16).toUpperCase()}`
      : `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
  });
  return `"${escaped}"`;
}

const mostAliases = 100;

/** Words that YAML 1.1 takes for booleans. */
const truths = new Set(["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"]);
const falsehoods = new Set(["n", "N", "no", "No", "NO", "off", "Off", "OFF"]);
const time = /^\d{4}-\d\d?-\d\d?(?:$|[Tt ])/;
const day = /^(\d{4}-\d\d-\d\d)$/;

/** The YAML of a value; with holes in it, a text whose holes stand in their places. How lines break may be otherwise. */
export function encodeYaml(value: Value): Value {
  const found = withMarks(value);
  if (found === null) return holeOf("string", [value]);
  const written = yamlOf(found.value);
  return found.holes.length === 0 ? text(written) : textWithHoles(written, value, found.holes);
}

/** The value of a YAML text, of which some may not be known. */
export function decodeYaml(source: Value): Value {
  if (source.kind === "string") return parseYaml(source.value);
  const written = source.kind === "hole" ? markedYaml(source) : null;
  if (written === null) return holeOf("dynamic", [source]);
  return marked(atMarks(parseYaml(written.text), written.leaves, yamlAtMarks), source.sensitive);
}

/** Only what AWS assigns cannot change what is around it, and JSON that is a value of its own. */
function markedYaml({ parts }: Hole): { text: string; leaves: Value[] } | null {
  const leaves: Value[] = [];
  let text = "";
  for (const part of parts ?? []) {
    const leaf = typeof part === "string" ? null : isAssigned(part) ? part : part.json;
    if (typeof part === "string" ? holdsMark(part) : leaf === null) return null;
    if (typeof part === "string") text += part;
    else if (leaf !== null)
      text += leaf === part ? markAt(leaves.push(leaf) - 1) : `"${markAt(leaves.push(leaf) - 1)}"`;
  }
  return leaves.length === 0 ? null : { text, leaves };
}

/** Of a scalar that may be a number nobody knows whether it is a text. */
function yamlAtMarks(written: string, leaves: readonly Value[]): Value {
  const parts = partsAtMarks(written, leaves);
  const [only, ...others] = parts;
  if (only !== undefined && typeof only !== "string" && others.length === 0)
    return only.kind === "hole" ? { ...only, type: "dynamic" } : only;
  const isOther = (part: string | Value) =>
    typeof part === "string"
      ? /[^\d.eExXa-fA-F_+:-]/.test(part)
      : part.kind === "hole" && part.json === null && isAssignedAddress(part);
  const isText = parts.some(isOther);
  const areTexts = parts.every((part) => typeof part === "string" || part.kind === "hole");
  const values = parts.map((part) => (typeof part === "string" ? text(part) : part));
  return isText && areTexts ? concatenated(values) : holeOf("dynamic", values);
}

/** The value that a YAML text holds; what has a form of its own, as other times and tags have, is a hole. */
function parseYaml(source: string): Value {
  const document = parseDocument(source, { merge: true, version: "1.2", uniqueKeys: false });
  if (document.errors.length > 0 || document.contents === null) throw new EvaluationError("the text is no YAML");
  let isPlain = true;
  visit(document, {
    Scalar: (_key, node) => {
      if (node.tag !== undefined) isPlain = false;
      if (node.type !== "PLAIN" || typeof node.value !== "string") return;
      if (truths.has(node.value)) node.value = true;
      else if (falsehoods.has(node.value)) node.value = false;
      else if (day.test(node.value)) node.value = `${node.value}T00:00:00Z`;
      else if (time.test(node.value)) isPlain = false;
    },
  });
  if (!isPlain) return holeOf("dynamic", [], "YAML with a form that plimsoll does not work out");
  try {
    const plain: unknown = document.toJS({ maxAliasCount: mostAliases });
    return fromJson(plain);
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return holeOf("dynamic", [], "YAML with more aliases than plimsoll works out, or with one that is nowhere");
  }
}
