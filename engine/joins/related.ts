import type { PlanResource } from "../plan/read.ts";
import { attributeOf, namedEnds } from "../plan/references.ts";
import { Unknown } from "../plan/unknown.ts";
import type { Join, Joinable } from "./join.ts";
import { getOrAdd } from "./maps.ts";
import { createNameIndex, type Named, type NameIndex } from "./name-index.ts";
import { lastPathSegment } from "./names.ts";
import { type Accounts, beside, inArn } from "./where.ts";

/** How resources of one type name those of another: by the values of an attribute, or by references in it. */
export interface Naming {
  /** The attribute that names, as a path. */
  readonly attribute: string;
  /** The attributes of what is named that tell it. */
  readonly names: readonly string[];
}

/** Reads an attribute by its path: a value with unknowns in place. */
export type ReadAttribute = (resource: PlanResource, path: string) => unknown;

/** The resources that are related to one, for certain, and how many more may be. */
export interface RelatedTo {
  readonly certain: readonly PlanResource[];
  readonly possible: number;
  /** Why the first of those is not certain; null where there is none. */
  readonly unknown: Unknown | null;
}

/** A resource with the attributes that it is named by. */
interface Candidate extends Joinable, Named {}

/**
 * What each of the resources names among the candidates.
 * @param mayCount whether a candidate may be one of those that are asked for; one that may not is still what is named
 */
export function namedAmong(
  candidates: readonly PlanResource[],
  naming: Naming,
  read: ReadAttribute,
  accounts: Accounts,
  mayCount: (candidate: PlanResource) => boolean,
): (source: PlanResource) => RelatedTo {
  const joinsOf = joiner(candidates, naming, read, accounts);
  return (source) => {
    const certain = new Set<PlanResource>();
    const open: Unknown[] = [];
    for (const join of joinsOf(source).filter((each) => mayName(each, mayCount))) {
      if (join.kind === "one") certain.add(join.match.resource);
      else if (join.kind === "unknown") open.push(join.unknown);
      else if (join.kind === "several") open.push(cannotTell(source, naming));
      // What it names is no resource of this plan, so that nothing tells what it is.
      else
        open.push(new Unknown("no-join", [], `what ${source.address} ${naming.attribute} names outside of this plan`));
    }
    // A list that is not told as a whole may name any number.
    const isWhole = open.length > 0 && read(source, naming.attribute) instanceof Unknown;
    return {
      certain: [...certain],
      possible: isWhole ? Number.POSITIVE_INFINITY : open.length,
      unknown: open[0] ?? null,
    };
  };
}

/** Whether what a place names may be one of those that are asked for. */
function mayName(join: Join<Candidate>, mayCount: (candidate: PlanResource) => boolean): boolean {
  if (join.kind === "one") return mayCount(join.match.resource);
  return join.kind !== "several" || join.matches.some(({ resource }) => mayCount(resource));
}

/** Which of the sources name each of the targets. */
export function namersAmong(
  sources: readonly PlanResource[],
  targets: readonly PlanResource[],
  naming: Naming,
  read: ReadAttribute,
  accounts: Accounts,
): (target: PlanResource) => RelatedTo {
  const joinsOf = joiner(targets, naming, read, accounts);
  const { certain, groupsOf, open } = bySide(sources, joinsOf);
  return (target) => {
    const sure = certain.get(target) ?? new Set<PlanResource>();
    const possible = [open, ...(groupsOf.get(target) ?? [])].filter(({ size }) => size > 0);
    const count = countWithout(possible, sure);
    const [first] = possible.flatMap((group) => [...group].find((source) => !sure.has(source)) ?? []);
    return {
      certain: [...sure],
      possible: count,
      unknown: first === undefined ? null : cannotTell(first, naming, target),
    };
  };
}

/** The sources by what they name: one target for certain, one of several, or nobody can tell what. */
function bySide(sources: readonly PlanResource[], joinsOf: (source: PlanResource) => Join<Candidate>[]) {
  const certain = new Map<PlanResource, Set<PlanResource>>();
  const groupsOf = new Map<PlanResource, Set<PlanResource>[]>();
  const open = new Set<PlanResource>();
  // Many sources may name the same several targets: these stand once.
  const groups = new Map<readonly Candidate[], Set<PlanResource>>();
  const groupOf = (matches: readonly Candidate[]) =>
    getOrAdd(groups, matches, () => {
      const group = new Set<PlanResource>();
      for (const { resource } of matches) getOrAdd(groupsOf, resource, () => []).push(group);
      return group;
    });
  for (const source of sources) {
    for (const join of joinsOf(source)) {
      if (join.kind === "one") getOrAdd(certain, join.match.resource, () => new Set<PlanResource>()).add(source);
      else if (join.kind === "unknown") open.add(source);
      else if (join.kind === "several") groupOf(join.matches).add(source);
    }
  }
  return { certain, groupsOf, open };
}

/** How many the sets hold together that another one does not. Of one set nothing is counted one by one. */
function countWithout(sets: readonly ReadonlySet<PlanResource>[], without: ReadonlySet<PlanResource>): number {
  const [only, ...more] = sets;
  if (only === undefined) return 0;
  const all = more.length === 0 ? only : new Set(sets.flatMap((set) => [...set]));
  return all.size - [...without].filter((each) => all.has(each)).length;
}

function cannotTell({ address }: PlanResource, { attribute }: Naming, target?: PlanResource): Unknown {
  const which = target === undefined ? "which resource" : `whether it is ${target.address} that`;
  return new Unknown("no-join", [], `${which} ${address} ${attribute} names`);
}

/** What each place of a source names: the attribute, or each element of it. */
function joiner(
  candidates: readonly PlanResource[],
  { attribute, names }: Naming,
  read: ReadAttribute,
  accounts: Accounts,
): (source: PlanResource) => Join<Candidate>[] {
  const own = candidates.map((resource): Candidate => {
    const attributes = names.map((name) => [name, { value: read(resource, name) }] as const);
    return { resource, attributes: Object.fromEntries(attributes) };
  });
  const index = createNameIndex(
    own,
    { by: names },
    () => null,
    accounts,
    (all) => all,
  );
  return (source) => {
    const value = read(source, attribute);
    const places: readonly unknown[] = Array.isArray(value) ? value : [value];
    return places
      .filter((place) => place !== null && place !== undefined && place !== "")
      .map((place) => joinOf(place, source, index, names));
  };
}

function joinOf(
  value: unknown,
  source: PlanResource,
  index: NameIndex<Candidate>,
  names: readonly string[],
): Join<Candidate> {
  if (value instanceof Unknown)
    return isByName(value, names) ? index.byReference(value, source) : { kind: "unknown", unknown: value };
  const text = String(value);
  const wanted = { names: text.startsWith("arn:") ? [text, lastPathSegment(text)] : [text] };
  return index.byValue(wanted, inArn(text) ?? beside(source), null);
}

/** Whether what is referred to tells a resource: its id, its ARN, or one of the attributes that it is named by. */
function isByName({ references }: Unknown, names: readonly string[]): boolean {
  const telling = ["id", "arn", ...names];
  return namedEnds(references).every(
    (reference) => !("target" in reference.end) || telling.includes(attributeOf(reference)),
  );
}
