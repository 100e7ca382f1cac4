import { comparablePrefix, parseRange } from "../../network/address-ranges.ts";
import { Unknown } from "../../plan/unknown.ts";
import { anyOf, type Truth } from "../../three-valued.ts";

export function isNarrow(range: unknown, bits: unknown): Truth {
  if (range instanceof Unknown || bits instanceof Unknown) return null;
  const parsed = typeof range === "string" ? parseRange(range) : null;
  return parsed !== null && typeof bits === "number" && comparablePrefix(parsed) >= bits;
}

/** First and last number of a text as `443-443`. */
function rangeOf(fact: unknown): readonly [number, number] | null {
  const [, from, to] = typeof fact === "string" ? (/^(\d+)-(\d+)$/.exec(fact) ?? []) : [];
  return from === undefined || to === undefined ? null : [Number(from), Number(to)];
}

export function rangeIncludesAny(fact: unknown, numbers: unknown): Truth {
  if (Array.isArray(fact)) return anyOf(fact.map((range: unknown) => rangeIncludesAny(range, numbers)));
  if (fact instanceof Unknown || numbers instanceof Unknown) return null;
  const range = rangeOf(fact);
  if (range === null || !Array.isArray(numbers)) return false;
  return numbers.some((number: unknown) => Number(number) >= range[0] && Number(number) <= range[1]);
}

export function rangeWithin(fact: unknown, numbers: unknown): Truth {
  if (fact instanceof Unknown || numbers instanceof Unknown) return null;
  const range = rangeOf(fact);
  if (range === null || !Array.isArray(numbers)) return false;
  const inside = new Set(numbers.map(Number).filter((number) => number >= range[0] && number <= range[1]));
  return inside.size === range[1] - range[0] + 1;
}
