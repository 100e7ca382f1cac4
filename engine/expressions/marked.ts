import { isAssigned } from "../plan/assigned.ts";
import { holdsMark, markAt, partsAtMarks } from "../plan/marked-text.ts";
import { concatenated } from "./text.ts";
import { type Hole, hole, holeOf, text, type Value } from "./value.ts";

/** A value without holes, in which marks stand for them. */
export interface MarkedValue {
  readonly value: Value;
  readonly holes: readonly Hole[];
}

/** A value with marks for its holes; null where one is not known to be a text that stands in quotes as it is. */
export function withMarks(value: Value): MarkedValue | null {
  const holes: Hole[] = [];
  const mark = (each: Hole) => markAt(holes.push(each) - 1);
  const partOf = (part: string | Hole): string | null => {
    if (typeof part !== "string") return isAssigned(part) ? mark(part) : null;
    return holdsMark(part) ? null : part;
  };
  const walk = (each: Value): Value | null => {
    switch (each.kind) {
      case "hole": {
        const parts = (each.parts ?? [each]).map(partOf);
        return each.json === null && each.entries === null && parts.every((part) => part !== null)
          ? text(parts.join(""))
          : null;
      }
      case "string":
        return holdsMark(each.value) ? null : each;
      case "sequence": {
        const elements = each.elements.map(walk);
        const whole = elements.filter((element) => element !== null);
        return whole.length === elements.length ? { ...each, elements: whole } : null;
      }
      case "mapping": {
        const entries = [...each.entries].map(([key, member]) => [holdsMark(key) ? null : walk(member), key] as const);
        const whole = entries.flatMap(([member, key]) => (member === null ? [] : [[key, member] as const]));
        return whole.length === entries.length ? { ...each, entries: new Map(whole) } : null;
      }
      default:
        return each;
    }
  };
  const made = walk(value);
  return made === null ? null : { value: made, holes };
}

/** A marked text with the holes in their places. */
function textAtMarks(written: string, leaves: readonly Value[]): Value {
  const parts = partsAtMarks(written, leaves);
  const [only, ...others] = parts;
  if (only !== undefined && typeof only !== "string" && others.length === 0) return only;
  return concatenated(parts.map((part) => (typeof part === "string" ? text(part) : part)));
}

/**
 * The value with what stands at the marks in its texts; a key that is not known makes a hole of its object.
 * @param read makes the value of a text with marks
 */
export function atMarks(value: Value, leaves: readonly Value[], read = textAtMarks): Value {
  if (value.kind === "string") return holdsMark(value.value) ? read(value.value, leaves) : value;
  if (value.kind === "sequence")
    return { ...value, elements: value.elements.map((each) => atMarks(each, leaves, read)) };
  if (value.kind !== "mapping") return value;
  if ([...value.entries.keys()].some(holdsMark)) return holeOf("dynamic", leaves);
  return { ...value, entries: new Map([...value.entries].map(([key, each]) => [key, atMarks(each, leaves, read)])) };
}

/** What is known of a text that was written with marks. */
export function textWithHoles(written: string, from: Value, holes: readonly Hole[]): Hole {
  return {
    ...holeOf("string", [from]),
    parts: partsAtMarks<Hole>(
      written,
      holes.map((each) => hole("string", each)),
    ),
    isNotNull: true,
  };
}
