import { matchesGlob } from "../glob.ts";
import { parseCidr } from "../network/cidr.ts";
import { Unknown } from "../plan/unknown.ts";
import type { FactType } from "../subjects/kinds.ts";

/** `null` means that the plan does not tell. */
export type Truth = boolean | null;

/** One operator of the policy language. It answers for every pair of values, unknown ones included. */
export interface Operator {
  readonly facts: readonly FactType[];
  readonly value: "scalar" | "list" | "number" | "boolean";
  readonly description: string;
  /** How the expectation reads behind a fact: "must be", with the value after it. */
  readonly phrase: string;
  /** How its opposite reads, under `not`. */
  readonly oppositePhrase: string;
  readonly evaluate: (fact: unknown, value: unknown) => Truth;
}

function orUnknown(truths: Iterable<Truth>): Truth {
  let found: Truth = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === null) found = null;
  }
  return found;
}

function opposite(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function equal(fact: unknown, value: unknown): Truth {
  if (fact instanceof Unknown || value instanceof Unknown) return null;
  return fact === value;
}

/** Whether one of the list is the fact; an empty list decides even for an unknown fact. */
function isIn(fact: unknown, list: unknown): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list) ? orUnknown(list.map((element: unknown) => equal(fact, element))) : false;
}

function contains(list: unknown, value: unknown): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list) ? orUnknown(list.map((element: unknown) => equal(element, value))) : false;
}

function matchesAny(fact: unknown, patterns: unknown): Truth {
  if (patterns instanceof Unknown) return null;
  if (!Array.isArray(patterns)) return false;
  return orUnknown(
    patterns.map((pattern: unknown): Truth => {
      if (fact instanceof Unknown || pattern instanceof Unknown) return null;
      return typeof fact === "string" && typeof pattern === "string" && matchesGlob(fact, pattern);
    }),
  );
}

/**
 * Whether a test holds for every element; of an empty list it does. An unknown element may turn out not to be there, so
 * it decides nothing.
 */
function every(list: unknown, holds: (element: unknown) => Truth): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list)
    ? opposite(
        orUnknown(list.map((element: unknown) => (element instanceof Unknown ? null : opposite(holds(element))))),
      )
    : false;
}

/** Whether a test holds for any element. */
function some(list: unknown, holds: (element: unknown) => Truth): Truth {
  if (list instanceof Unknown) return null;
  return Array.isArray(list) && orUnknown(list.map((element: unknown) => holds(element)));
}

/** Only a known element proves that a list is not empty. */
function isEmpty(fact: unknown): Truth {
  if (fact instanceof Unknown) return null;
  if (!Array.isArray(fact)) return fact === null || fact === "";
  if (fact.length === 0) return true;
  return fact.every((element: unknown) => element instanceof Unknown) ? null : false;
}

function compare(fact: unknown, value: unknown, holds: (fact: number, value: number) => boolean): Truth {
  if (fact instanceof Unknown || value instanceof Unknown) return null;
  return typeof fact === "number" && typeof value === "number" && holds(fact, value);
}

function isNarrow(range: unknown, bits: unknown): Truth {
  if (range instanceof Unknown || bits instanceof Unknown) return null;
  const cidr = typeof range === "string" ? parseCidr(range) : null;
  return cidr !== null && typeof bits === "number" && cidr.prefix >= (cidr.version === 6 ? 2 * bits : bits);
}

/** First and last number of a text as `443-443`. */
function rangeOf(fact: unknown): readonly [number, number] | null {
  const [, from, to] = typeof fact === "string" ? (/^(\d+)-(\d+)$/.exec(fact) ?? []) : [];
  return from === undefined || to === undefined ? null : [Number(from), Number(to)];
}

function rangeIncludesAny(fact: unknown, numbers: unknown): Truth {
  if (Array.isArray(fact)) return orUnknown(fact.map((range: unknown) => rangeIncludesAny(range, numbers)));
  if (fact instanceof Unknown || numbers instanceof Unknown) return null;
  const range = rangeOf(fact);
  if (range === null || !Array.isArray(numbers)) return false;
  return numbers.some((number: unknown) => Number(number) >= range[0] && Number(number) <= range[1]);
}

function rangeWithin(fact: unknown, numbers: unknown): Truth {
  if (fact instanceof Unknown || numbers instanceof Unknown) return null;
  const range = rangeOf(fact);
  if (range === null || !Array.isArray(numbers)) return false;
  const inside = new Set(numbers.map(Number).filter((number) => number >= range[0] && number <= range[1]));
  return inside.size === range[1] - range[0] + 1;
}

/** The closed set of operators. Nothing outside of it can be called from a policy file. */
export const operators: Readonly<Record<string, Operator>> = {
  equal: {
    facts: ["string", "number", "boolean"],
    value: "scalar",
    description: "The fact is the value; null means that it is not set.",
    phrase: "must be",
    oppositePhrase: "must not be",
    evaluate: equal,
  },
  notEqual: {
    facts: ["string", "number", "boolean"],
    value: "scalar",
    description: "The fact is not the value.",
    phrase: "must not be",
    oppositePhrase: "must be",
    evaluate: (fact, value) => opposite(equal(fact, value)),
  },
  in: {
    facts: ["string", "number"],
    value: "list",
    description: "The fact is one of the list.",
    phrase: "must be one of",
    oppositePhrase: "must not be one of",
    evaluate: isIn,
  },
  notIn: {
    facts: ["string", "number"],
    value: "list",
    description: "The fact is none of the list.",
    phrase: "must not be one of",
    oppositePhrase: "must be one of",
    evaluate: (fact, value) => opposite(isIn(fact, value)),
  },
  contains: {
    facts: ["list"],
    value: "scalar",
    description: "The value is an element of the fact.",
    phrase: "must contain",
    oppositePhrase: "must not contain",
    evaluate: contains,
  },
  doesNotContain: {
    facts: ["list"],
    value: "scalar",
    description: "The value is no element of the fact.",
    phrase: "must not contain",
    oppositePhrase: "must contain",
    evaluate: (fact, value) => opposite(contains(fact, value)),
  },
  everyIn: {
    facts: ["list"],
    value: "list",
    description: "Every element of the fact is one of the list; an empty fact is.",
    phrase: "must hold nothing but",
    oppositePhrase: "must hold more than",
    evaluate: (fact, value) => every(fact, (element) => isIn(element, value)),
  },
  everyMatchesAny: {
    facts: ["list"],
    value: "list",
    description: "Every element of the fact matches one of the patterns (* any run, ? one character).",
    phrase: "must match",
    oppositePhrase: "must not match",
    evaluate: (fact, value) => every(fact, (element) => matchesAny(element, value)),
  },
  someMatchesAny: {
    facts: ["list"],
    value: "list",
    description: "An element of the fact matches one of the patterns (* any run, ? one character).",
    phrase: "must hold one of",
    oppositePhrase: "must hold none of",
    evaluate: (fact, value) => some(fact, (element) => matchesAny(element, value)),
  },
  matchesAny: {
    facts: ["string"],
    value: "list",
    description: "The fact matches one of the patterns (* any run, ? one character).",
    phrase: "must match one of",
    oppositePhrase: "must match none of",
    evaluate: matchesAny,
  },
  matchesNone: {
    facts: ["string"],
    value: "list",
    description: "The fact matches none of the patterns (* any run, ? one character).",
    phrase: "must match none of",
    oppositePhrase: "must match one of",
    evaluate: (fact, value) => opposite(matchesAny(fact, value)),
  },
  containsEvery: {
    facts: ["list"],
    value: "list",
    description: "Every element of the value is an element of the fact.",
    phrase: "must contain all of",
    oppositePhrase: "must not contain all of",
    evaluate: (fact, value) => every(value, (element) => contains(fact, element)),
  },
  everyNarrowerThan: {
    facts: ["list"],
    value: "number",
    description:
      "Every address range of the fact has a prefix of at least so many bits; of IPv6 twice as many, as /48 there is what /24 is.",
    phrase: "must have prefixes of at least",
    oppositePhrase: "must have prefixes of less than",
    evaluate: (fact, value) => every(fact, (range) => isNarrow(range, value)),
  },
  rangeIncludesAny: {
    facts: ["string", "list"],
    value: "list",
    description: "One of the numbers lies in the range, as in 8000-8080, or in one of the ranges.",
    phrase: "must include one of",
    oppositePhrase: "must include none of",
    evaluate: (fact, value) => rangeIncludesAny(fact, value),
  },
  rangeWithin: {
    facts: ["string"],
    value: "list",
    description: "Every number of the range, as in 8000-8080, is one of the list.",
    phrase: "must lie within",
    oppositePhrase: "must not lie within",
    evaluate: (fact, value) => rangeWithin(fact, value),
  },
  noneMatchesAny: {
    facts: ["list"],
    value: "list",
    description: "No element of the fact matches one of the patterns (* any run, ? one character).",
    phrase: "must hold nothing that matches",
    oppositePhrase: "must hold something that matches",
    evaluate: (fact, value) => every(fact, (element) => opposite(matchesAny(element, value))),
  },
  isEmpty: {
    facts: ["list", "string"],
    value: "boolean",
    description: "Whether the list has no element, or the string is empty or not set, is the value.",
    phrase: "must be empty",
    oppositePhrase: "must not be empty",
    evaluate: (fact, value) => (value instanceof Unknown ? null : equal(isEmpty(fact) ?? new Unknown("stated"), value)),
  },
  lessThan: {
    facts: ["number"],
    value: "number",
    description: "The fact is less than the value.",
    phrase: "must be less than",
    oppositePhrase: "must be at least",
    evaluate: (fact, value) => compare(fact, value, (one, other) => one < other),
  },
  lessThanInclusive: {
    facts: ["number"],
    value: "number",
    description: "The fact is the value or less.",
    phrase: "must be at most",
    oppositePhrase: "must be more than",
    evaluate: (fact, value) => compare(fact, value, (one, other) => one <= other),
  },
  greaterThan: {
    facts: ["number"],
    value: "number",
    description: "The fact is more than the value.",
    phrase: "must be more than",
    oppositePhrase: "must be at most",
    evaluate: (fact, value) => compare(fact, value, (one, other) => one > other),
  },
  greaterThanInclusive: {
    facts: ["number"],
    value: "number",
    description: "The fact is the value or more.",
    phrase: "must be at least",
    oppositePhrase: "must be less than",
    evaluate: (fact, value) => compare(fact, value, (one, other) => one >= other),
  },
};

export function operatorNamed(name: string): Operator | null {
  return Object.hasOwn(operators, name) ? (operators[name] ?? null) : null;
}
