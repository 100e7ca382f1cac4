import { convert } from "./convert.ts";
import { EvaluationError, type Hole, hole, holeOf, marked, text, type Value } from "./value.ts";

/** A text longer than any that a configuration makes. */
const longest = 2 * 1024 ** 2;

/** And one with more holes. */
const mostParts = 10_000;

/** The texts of values one behind the other; where some are not known, a hole that keeps what is. */
export function concatenated(values: readonly Value[]): Value {
  const parts: (string | Hole)[] = [];
  let length = 0;
  let sensitive = false;
  for (const value of values) {
    const part = convert(value, "string");
    sensitive ||= part.sensitive === true;
    if (part.kind === "hole") {
      for (const each of partsOf(part)) append(parts, each);
    } else if (part.kind === "string") {
      length += part.value.length;
      append(parts, part.value);
    } else throw new EvaluationError("a template holds null");
    if (length > longest || parts.length > mostParts)
      return holeOf("string", values, "the text is longer than plimsoll works out");
  }
  if (parts.every((part) => typeof part === "string")) return marked(text(parts.join("")), sensitive);
  const [only, ...others] = parts;
  if (only !== undefined && typeof only !== "string" && others.length === 0) return marked(only, sensitive);
  return { ...holeOf("string", values), parts, isNotNull: true, ...(sensitive ? { sensitive } : {}) };
}

/** What is known of a text and the holes between; a text of which nothing is known is one hole. */
export function partsOf(value: Hole): readonly (string | Hole)[] {
  if (value.json !== null || value.parts === null) return [{ ...value, type: "string" }];
  return value.sensitive === true
    ? value.parts.map((part) =>
        typeof part === "string" ? hole("string", { sensitive: true, reason: null, parts: [part] }) : part,
      )
    : value.parts;
}

function append(parts: (string | Hole)[], part: string | Hole): void {
  const last = parts.at(-1);
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else if (part !== "") parts.push(part);
}

/** Whether a text is known to be neither null nor empty, whatever its holes hold. */
export function isNotEmpty(value: Value): boolean {
  if (value.kind === "string") return value.value !== "";
  if (value.kind !== "hole") return false;
  const { parts, json, isExact, isNotNull } = value;
  return json !== null || (isExact && isNotNull) || (parts?.some((part) => typeof part === "string") ?? false);
}

/** The literal text with which a text begins, whatever its holes hold. */
export function knownStart(value: Value): string {
  if (value.kind === "string") return value.value;
  const first = value.kind === "hole" ? value.parts?.[0] : undefined;
  return typeof first === "string" ? first : "";
}

/** The literal text with which a text ends. */
export function knownEnd(value: Value): string {
  if (value.kind === "string") return value.value;
  const last = value.kind === "hole" ? value.parts?.at(-1) : undefined;
  return typeof last === "string" ? last : "";
}
