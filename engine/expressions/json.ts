import { staysWithinString } from "../plan/assigned.ts";
import { markedJson } from "../plan/marked-text.ts";
import { atMarks, textWithHoles, withMarks } from "./marked.ts";
import { formatNumber, parseNumber } from "./number.ts";
import {
  bool,
  EvaluationError,
  type Hole,
  hole,
  holeOf,
  isKnown,
  isSensitive,
  mapping,
  marked,
  nothing,
  num,
  text,
  tuple,
  type Value,
} from "./value.ts";

/** The JSON of a value as Terraform writes it; with holes in it, a hole that keeps the value. */
export function jsonOf(value: Value): Value {
  const sensitive = isSensitive(value);
  if (isKnown(value)) return marked(text(encode(value)), sensitive);
  const inner = hasUnknownOrder(value) ? null : value;
  return { ...holeOf("string", [value]), json: inner, isNotNull: true, ...(sensitive ? { sensitive } : {}) };
}

/** Where elements of a set are not known, nobody knows in which order they come. */
function hasUnknownOrder(value: Value): boolean {
  if (value.kind === "sequence") return (value.of === "set" && !isKnown(value)) || value.elements.some(hasUnknownOrder);
  return value.kind === "mapping" && [...value.entries.values()].some(hasUnknownOrder);
}

/** Source: `json.Marshal` of Go, which escapes for HTML. */
export function quote(value: string): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]|\\[bf]/g, (character) =>
    character === "\\b" || character === "\\f"
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function encode(value: Value): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
      return value.value ? "true" : "false";
    case "number":
      return formatNumber(value.value);
    case "string":
      return quote(value.value);
    case "sequence":
      return `[${value.elements.map(encode).join(",")}]`;
    case "mapping":
      return `{${[...value.entries].map(([key, each]) => `${quote(key)}:${encode(each)}`).join(",")}}`;
    case "hole":
      throw new TypeError("a hole has no JSON");
  }
}

/** The JSON of a value with holes in its parts; null where a hole is not known to be a text that stands in quotes as it is. */
export function jsonParts(value: Value): readonly (string | Hole)[] | null {
  const found = withMarks(value);
  return found === null ? null : textWithHoles(encode(found.value), value, found.holes).parts;
}

/** The value that a JSON text holds. */
export function parseJson(source: Value): Value {
  if (source.kind === "hole") {
    const decoded = source.json === null ? decodeParts(source) : asDecoded(source.json);
    return decoded === null ? holeOf("dynamic", [source]) : marked(decoded, source.sensitive);
  }
  if (source.kind !== "string") throw new EvaluationError("JSON text required");
  return marked(decode(source.value), source.sensitive);
}

/** The value of JSON text with holes; null where they may be more than parts of its strings and values. */
function decodeParts({ parts }: Hole): Value | null {
  const leafOf = (part: Hole, isInString: boolean): Value | null => {
    if (isInString) return staysWithinString(part) ? hole("string", part) : null;
    return part.json === null ? null : asDecoded(part.json);
  };
  const written = parts === null ? null : markedJson(parts, leafOf);
  if (written === null) return null;
  try {
    return atMarks(decode(written.text), written.leaves);
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

export function decode(json: string): Value {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new EvaluationError("the text is no JSON");
  }
  return fromJson(parsed);
}

/** JSON has tuples and objects alone. */
function asDecoded(value: Value): Value {
  if (value.kind === "sequence") return marked(tuple(value.elements.map(asDecoded)), value.sensitive);
  if (value.kind === "hole" && value.entries !== null) {
    const parts = [...value.entries].map(([key, entry]) => [key, { ...entry, value: asDecoded(entry.value) }] as const);
    return { ...value, type: "dynamic", entries: new Map(parts) };
  }
  if (value.kind !== "mapping") return value;
  const entries = [...value.entries].map(([key, each]): [string, Value] => [key, asDecoded(each)]);
  return marked(mapping("object", entries), value.sensitive);
}

const deepest = 200;

/** A value of JSON as Terraform reads it. */
export function fromJson(json: unknown, depth = 0): Value {
  if (depth > deepest) return holeOf("dynamic", [], "the value nests deeper than plimsoll works out");
  switch (typeof json) {
    case "string":
      return text(json);
    case "boolean":
      return bool(json);
    case "number": {
      const found = parseNumber(String(json));
      return found === null ? holeOf("number", [], "the number is too large") : num(found);
    }
    case "object":
      if (json === null) return nothing;
      if (Array.isArray(json)) return tuple(json.map((each: unknown) => fromJson(each, depth + 1)));
      return mapping(
        "object",
        Object.entries(json).map(([key, each]): [string, Value] => [key.normalize("NFC"), fromJson(each, depth + 1)]),
      );
  }
  return nothing;
}
