import { type Maybe, Unknown } from "./plan/unknown.ts";

/** Kleene's "or": true where one is true, else unknown where one is unknown. */
export function anyOf(values: Iterable<Maybe<boolean>>): Maybe<boolean> {
  let unknown: Unknown | null = null;
  for (const value of values) {
    if (value === true) return true;
    if (value instanceof Unknown) unknown ??= value;
  }
  return unknown ?? false;
}

/** Kleene's "and": false where one is false, else unknown where one is unknown. */
export function allOf(values: Iterable<Maybe<boolean>>): Maybe<boolean> {
  let unknown: Unknown | null = null;
  for (const value of values) {
    if (value === false) return false;
    if (value instanceof Unknown) unknown ??= value;
  }
  return unknown ?? true;
}

export function not(value: Maybe<boolean>): Maybe<boolean> {
  return value instanceof Unknown ? value : !value;
}

/** Applies a test to a value that may be unknown. */
export function test<T>(value: Maybe<T>, holds: (known: T) => boolean): Maybe<boolean> {
  return value instanceof Unknown ? value : holds(value);
}
