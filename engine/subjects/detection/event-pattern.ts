import { matchesGlob } from "../../glob.ts";
import { isJsonObject, ownMember } from "../../plan/json.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf } from "../../three-valued.ts";

/** What an event says of itself. */
export interface EventKind {
  readonly source: string;
  readonly detailType: string;
}

/**
 * Whether an EventBridge pattern lets events of a kind through. What it asks of their content (severity, repository)
 * narrows which of them, and does not count.
 * Source: EventBridge User Guide, "Amazon EventBridge event patterns".
 */
export function matchesEvents(pattern: unknown, { source, detailType }: EventKind): Maybe<boolean> {
  if (pattern instanceof Unknown) return pattern;
  if (!isJsonObject(pattern)) return new Unknown("unexpected-shape");
  if (ownMember(pattern, "$or") !== undefined) return new Unknown("no-join", [], "the event pattern has alternatives");
  return allOf([
    matchesField(ownMember(pattern, "source"), source),
    matchesField(ownMember(pattern, "detail-type"), detailType),
  ]);
}

/** A field that the pattern does not name may have any value. */
function matchesField(alternatives: unknown, value: string): Maybe<boolean> {
  if (alternatives === undefined) return true;
  if (alternatives instanceof Unknown) return alternatives;
  if (!Array.isArray(alternatives)) return new Unknown("unexpected-shape");
  return anyOf(alternatives.map((alternative: unknown) => matchesValue(alternative, value)));
}

function matchesValue(alternative: unknown, value: string): Maybe<boolean> {
  if (alternative instanceof Unknown) return alternative;
  if (typeof alternative === "string") return alternative === value;
  const test = isJsonObject(alternative) ? Object.entries(alternative)[0] : undefined;
  if (test === undefined) return false;
  const [operator, operand] = test;
  if (typeof operand !== "string") return new Unknown("no-join", [], `the event pattern matches by ${operator}`);
  switch (operator) {
    case "prefix":
      return value.startsWith(operand);
    case "suffix":
      return value.endsWith(operand);
    case "equals-ignore-case":
      return value.toLowerCase() === operand.toLowerCase();
    case "wildcard":
      // Here only * is a wildcard, and no source or detail type of AWS holds a question mark.
      return !operand.includes("?") && matchesGlob(value, operand);
    case "anything-but":
      return value !== operand;
    default:
      return new Unknown("no-join", [], `the event pattern matches by ${operator}`);
  }
}
