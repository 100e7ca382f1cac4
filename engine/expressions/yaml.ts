import { parseDocument, visit } from "yaml";
import { fromJson } from "./json.ts";
import { formatNumber } from "./number.ts";
import { EvaluationError, holeOf, type Value } from "./value.ts";

/**
 * The YAML of a value as Terraform writes it: strings in quotes, texts of several lines as literal blocks.
 * Source: zclconf/go-cty-yaml.
 */
export function yamlOf(value: Value): string {
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

/** The value that a YAML text holds; what has a form of its own, as other times and tags have, is a hole. */
export function parseYaml(source: string): Value {
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
  const plain: unknown = document.toJS({ maxAliasCount: mostAliases });
  return fromJson(plain);
}
