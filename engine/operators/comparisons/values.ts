import { Unknown } from "../../plan/unknown.ts";
import { anyOf, not, type Truth } from "../../three-valued.ts";

/** Comparing a text with a number yields unknown, neither equal nor different. */
export function equal(fact: unknown, value: unknown): Truth {
  if (fact instanceof Unknown || value instanceof Unknown) return null;
  if (fact === value) return true;
  return fact === null || value === null || typeof fact === typeof value ? false : null;
}

/** Whether one of the list is the fact; an empty list decides even for an unknown fact. */
export function isIn(fact: unknown, list: unknown): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list) ? anyOf(list.map((element: unknown) => equal(fact, element))) : false;
}

export function contains(list: unknown, value: unknown): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list) ? anyOf(list.map((element: unknown) => equal(element, value))) : false;
}

/**
 * Whether a test holds for every element; of an empty list it does. An unknown element may turn out not to be there, so
 * it decides nothing.
 */
export function every(list: unknown, holds: (element: unknown) => Truth): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list)
    ? not(anyOf(list.map((element: unknown) => (element instanceof Unknown ? null : not(holds(element))))))
    : false;
}

/** Whether a test holds for any element. */
export function some(list: unknown, holds: (element: unknown) => Truth): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list) && anyOf(list.map((element: unknown) => holds(element)));
}

/** The test of one value, or of every element of a list. */
export function each(fact: unknown, holds: (element: unknown) => Truth): Truth {
  return Array.isArray(fact) ? every(fact, holds) : holds(fact);
}

/** The test of one value, or of any element of a list. */
export function any(fact: unknown, holds: (element: unknown) => Truth): Truth {
  return Array.isArray(fact) ? some(fact, holds) : holds(fact);
}

/** Only a known element proves that a list is not empty. */
export function isEmpty(fact: unknown): Truth {
  if (fact instanceof Unknown) return null;
  if (!Array.isArray(fact)) return fact === null || fact === "";
  if (fact.length === 0) return true;
  return fact.every((element: unknown) => element instanceof Unknown) ? null : false;
}

export function compare(fact: unknown, value: unknown, holds: (fact: number, value: number) => boolean): Truth {
  if (fact instanceof Unknown || value instanceof Unknown) return null;
  return typeof fact === "number" && typeof value === "number" && holds(fact, value);
}
