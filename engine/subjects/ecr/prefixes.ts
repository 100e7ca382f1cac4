import { getOrAdd } from "../../joins/maps.ts";
import type { Attribute } from "../../model/attribute.ts";
import { Unknown } from "../../plan/unknown.ts";

/** The prefix of a rule or of an upstream that stands for every repository. */
export const everyPrefix = "ROOT";

/** Rules or templates by the prefix of repository names that they are for. */
export interface Prefixes<R> {
  readonly byPrefix: ReadonlyMap<string, readonly R[]>;
  /** The first prefix that the plan does not tell. */
  readonly unknown: Unknown | null;
}

export function indexPrefixes<R>(all: readonly R[], prefixOf: (one: R) => Attribute<string | null>): Prefixes<R> {
  const byPrefix = new Map<string, R[]>();
  let unknown: Unknown | null = null;
  for (const one of all) {
    const { value } = prefixOf(one);
    if (value instanceof Unknown) unknown ??= value;
    else if (value !== null) getOrAdd(byPrefix, value, () => []).push(one);
  }
  return { byPrefix, unknown };
}

/** The prefixes that a name lies under, the longest first: there is always an assumed `/` behind a prefix. */
export function prefixesOf(name: string): string[] {
  const steps = name.split("/");
  return steps.slice(1).map((_, index) => steps.slice(0, steps.length - 1 - index).join("/"));
}
