import { type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf } from "../three-valued.ts";
import type { Join } from "./join.ts";
import { getOrAdd } from "./maps.ts";

/** A source that names a target, with its position among all sources. */
interface Certain<S> {
  readonly source: S;
  readonly by: string;
  readonly at: number;
}

/** A source that may name a target, and why that is not certain. */
interface Possible<S> {
  readonly source: S;
  readonly unknown: Unknown;
  readonly at: number;
}

/** The sources that name a target, in their order. */
export interface NamedFrom<S> {
  readonly certain: readonly Certain<S>[];
  readonly possible: readonly Possible<S>[];
}

/** What a source names. */
export interface Naming<S, T> {
  readonly source: S;
  readonly join: Join<T>;
}

/** Who names each target: `whichOf` says that one of several is meant. */
export function reverse<S, T, N extends Naming<S, T>>(
  all: readonly (N & Naming<S, T>)[],
  whichOf: (naming: N, matches: readonly T[]) => Unknown,
): (target: T) => NamedFrom<S> {
  const certain = new Map<T, Certain<S>[]>();
  // Many sources may name the same several targets: these stand once.
  const severals = new Map<readonly T[], Possible<S>[]>();
  const severalOf = new Map<T, (readonly T[])[]>();
  const open: Possible<S>[] = [];
  for (const [at, naming] of all.entries()) {
    const { join, source } = naming;
    if (join.kind === "one") getOrAdd(certain, join.match, () => []).push({ source, by: join.by, at });
    else if (join.kind === "unknown") open.push({ source, unknown: join.unknown, at });
    else if (join.kind === "several") {
      const { matches } = join;
      const entries = getOrAdd(severals, matches, () => []);
      if (entries.length === 0) for (const match of matches) getOrAdd(severalOf, match, () => []).push(matches);
      entries.push({ source, unknown: whichOf(naming, matches), at });
    }
  }
  return (target) => {
    const others = (severalOf.get(target) ?? []).map((matches) => severals.get(matches) ?? []);
    const lists = [open, ...others].filter(({ length }) => length > 0);
    const possible = lists.length > 1 ? lists.flat().sort((one, other) => one.at - other.at) : (lists[0] ?? open);
    return { certain: certain.get(target) ?? [], possible };
  };
}

/** A source that names the target, or may. */
export interface Namer<S> {
  readonly source: S;
  readonly names: Maybe<true>;
}

/** The sources that name the target and those that may, in their order, each once. */
export function namersOf<S>({ certain, possible }: NamedFrom<S>): Namer<S>[] {
  const found = new Map<S, Namer<S>>();
  const all = [
    ...certain.map((each) => ({ ...each, names: true as const })),
    ...possible.map((each) => ({ ...each, names: each.unknown })),
  ];
  for (const { source, names } of all.sort((one, other) => one.at - other.at)) {
    if (names === true || !found.has(source)) found.set(source, { source, names });
  }
  return [...found.values()];
}

/** Those that name the target and the first that may, which says as much as all: a plan may hide the names of many. */
export function firstNamersOf<S>({ certain, possible }: NamedFrom<S>): Namer<S>[] {
  const sure = new Set(certain.map(({ source }) => source));
  const first = possible.find(({ source }) => !sure.has(source));
  return namersOf({ certain, possible: first === undefined ? [] : [first] });
}

/** Whether something holds for a source that names the target; what is unknown stands in the order of the sources. */
export function anySource<S>(
  { certain, possible }: NamedFrom<S>,
  holds: (source: S) => Maybe<boolean> = () => true,
): Maybe<boolean> {
  let first: { readonly at: number; readonly unknown: Unknown } | null = null;
  for (const { source, at } of certain) {
    const truth = holds(source);
    if (truth === true) return true;
    if (truth instanceof Unknown) first ??= { at, unknown: truth };
  }
  for (const { source, unknown, at } of possible) {
    if (first !== null && first.at < at) break;
    const truth = allOf([unknown, holds(source)]);
    if (truth instanceof Unknown) {
      first = { at, unknown: truth };
      break;
    }
  }
  return first?.unknown ?? false;
}
