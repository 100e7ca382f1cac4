import { type Maybe, Unknown } from "./plan/unknown.ts";

/** An answer without a reason: `null` means that the plan does not tell, or that what stands there cannot be compared. */
export type Truth = boolean | null;

/** What stands for an answer that is not known: why it is not, or null. */
type Open = Unknown | null;

/** Kleene's "or": true where one is true, else the first that is not known, else false. */
export function anyOf<U extends Open = never>(values: readonly (boolean | U)[]): boolean | U {
  return fold(values, true);
}

/** Kleene's "and": false where one is false, else the first that is not known, else true. */
export function allOf<U extends Open = never>(values: readonly (boolean | U)[]): boolean | U {
  return fold(values, false);
}

/** Called more often than anything else: an iterator would make an object for each value. */
function fold<U extends Open>(values: readonly (boolean | U)[], decisive: boolean): boolean | U {
  let found: boolean | U = !decisive;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at];
    if (value === decisive) return decisive;
    if (typeof found === "boolean" && value !== undefined && typeof value !== "boolean") found = value;
  }
  return found;
}

export function not<U extends Open = never>(value: boolean | U): boolean | U {
  return typeof value === "boolean" ? !value : value;
}

/** What is made of a value; what is not known stays so. */
export function map<T, U>(value: Maybe<T>, make: (known: T) => Maybe<U>): Maybe<U> {
  return value instanceof Unknown ? value : make(value);
}

/** Applies a test to a value that may be unknown. */
export function test<T>(value: Maybe<T>, holds: (known: T) => boolean): Maybe<boolean> {
  return map(value, holds);
}

/** The value where that holds, none where it does not, and the unknown where the plan does not tell. */
export function listIf<T>(holds: Maybe<boolean>, value: T): (T | Unknown)[] {
  if (holds instanceof Unknown) return [holds];
  return holds ? [value] : [];
}
