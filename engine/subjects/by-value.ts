import { getOrAdd } from "../joins/maps.ts";
import { Unknown } from "../plan/unknown.ts";

/** The items that have a value, or may have it, in their order. */
export type ByValue<T> = (value: unknown) => readonly T[];

/** Looks items up by their values, of which each item may have several, and some that the plan does not tell. */
export function indexByValue<T>(items: Iterable<T>, valuesOf: (item: T) => Iterable<unknown>): ByValue<T> {
  const known = new Map<unknown, { item: T; at: number }[]>();
  const unknown: { item: T; at: number }[] = [];
  let at = 0;
  for (const item of items) {
    const values = new Set(valuesOf(item));
    const isOpen = [...values].some((value) => value instanceof Unknown);
    if (isOpen) unknown.push({ item, at });
    else for (const value of values) getOrAdd(known, value, () => []).push({ item, at });
    at += 1;
  }
  const open = unknown.map(({ item }) => item);
  return (value) => {
    const own = known.get(value) ?? [];
    if (own.length === 0) return open;
    return [...own, ...unknown].sort((one, other) => one.at - other.at).map(({ item }) => item);
  };
}
