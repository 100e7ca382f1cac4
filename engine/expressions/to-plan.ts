import { Unknown } from "../plan/unknown.ts";
import { formatNumber } from "./number.ts";
import { type Hole, isSensitive, type Value } from "./value.ts";

/** A value as the planned values of a resource hold it, with `Unknown` for its holes. */
export function toPlan(value: Value): unknown {
  switch (value.kind) {
    case "null":
      return null;
    case "number":
      return Number(formatNumber(value.value));
    case "sequence":
      return value.elements.map(toPlan);
    case "mapping": {
      // No prototype, so that a key named __proto__ is a key.
      const object: Record<string, unknown> = Object.create(null);
      for (const [key, each] of value.entries) object[key] = toPlan(each);
      return object;
    }
    case "hole":
      return value.entries === null ? unknownOf(value) : partsOf(value, value.entries);
    default:
      return value.value;
  }
}

/** An object in which what may be missing is not known. */
function partsOf(hole: Hole, entries: NonNullable<Hole["entries"]>): unknown {
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, { value, mayBeMissing }] of entries)
    object[key] = mayBeMissing ? unknownOf({ ...hole, parts: null, json: null, isExact: false }) : toPlan(value);
  return object;
}

/** What is not known before apply, with what is known of it. */
function unknownOf(hole: Hole): Unknown {
  const { references, reason, parts, json, isExact } = hole;
  const known = {
    parts: parts?.map((part) => (typeof part === "string" ? part : unknownOf(part))) ?? null,
    json: json === null ? undefined : toPlan(json),
    isExact,
    template: null,
  };
  if (references.length === 0 && reason !== null) return new Unknown("source", [], reason, known);
  const own = references.map((reference) => ({ ...reference, isBare: isExact }));
  return new Unknown("after-apply", own, null, known);
}

/** The mask of what is sensitive in a value, in the form that plans have. */
export function sensitiveMask(value: Value): unknown {
  if (value.sensitive === true) return true;
  switch (value.kind) {
    case "sequence":
      return value.elements.some(isSensitive) ? value.elements.map(sensitiveMask) : false;
    case "mapping": {
      if (!isSensitive(value)) return false;
      return Object.fromEntries([...value.entries].map(([key, each]) => [key, sensitiveMask(each)]));
    }
    default:
      return isSensitive(value);
  }
}

/** All known texts under a mark, which nothing may show. */
export function sensitiveTexts(value: Value, isWithin = false): string[] {
  const isMarked = isWithin || value.sensitive === true;
  switch (value.kind) {
    case "string":
      return isMarked && value.value !== "" ? [value.value] : [];
    case "sequence":
      return value.elements.flatMap((each) => sensitiveTexts(each, isMarked));
    case "mapping":
      return [...value.entries.values()].flatMap((each) => sensitiveTexts(each, isMarked));
    case "hole": {
      // A text is marked as a whole for any part of it: what is secret in it has a mark of its own, here or in the plan.
      const parts = (value.parts ?? []).filter((part) => typeof part !== "string");
      const entries = [...(value.entries?.values() ?? [])].map((entry) => entry.value);
      return [...parts, ...(value.json === null ? [] : [value.json]), ...entries].flatMap((part) =>
        sensitiveTexts(part, isWithin),
      );
    }
    default:
      return [];
  }
}
