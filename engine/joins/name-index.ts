import { type Instances, indexInstances } from "../plan/instances.ts";
import type { PlanResource } from "../plan/read.ts";
import { attributeOf, formatTarget, namedEnds, type Reference, type Target } from "../plan/references.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import type { Join, Joinable } from "./join.ts";
import { getOrAdd, lazy } from "./maps.ts";
import type { Wanted } from "./names.ts";
import { type Accounts, mayStand, standsBeside, type Where } from "./where.ts";

/** A candidate with the attributes that it may be named by. */
export interface Named extends Joinable {
  readonly attributes: Readonly<Record<string, { readonly value: unknown } | undefined>>;
}

/** As much of a row of the table of names as an index reads. */
interface Naming {
  readonly by: readonly string[];
  readonly prefix?: string;
  readonly isMention?: boolean;
  readonly within?: { readonly isUnknownAny: boolean };
}

/** As much of it as a join by reference reads. */
interface Referring extends Naming {
  readonly referredBy: readonly string[] | undefined;
}

/** What the names of one row of the table are looked up in. */
export interface NameIndex<C> {
  /** Names may be unique `within` something only: its name; null where they are not. */
  readonly byValue: (wanted: Wanted, where: Where, within: Maybe<string | null>) => Join<C>;
  /** `referredBy`: the attributes that a reference may be of to be a name as it stands; any where they are not given. */
  readonly byReference: (unknown: Unknown, from: PlanResource, referredBy?: readonly string[]) => Join<C>;
  readonly instances: (target: Target) => readonly C[];
}

/** Passes lists of candidates on: a test counts how many of them are looked at. */
export type Watch = <C>(candidates: readonly C[]) => readonly C[];

/** The candidates of one provider configuration and region, within one thing: there are few of these groups. */
interface Group<C> {
  readonly region: string | null;
  readonly providerKey: string | null;
  readonly byText: Map<string, C[]>;
  /** The first whose name somebody wrote and the plan does not tell. */
  open: Open | null;
  /** The first of each beginning of a name that the provider generates; "" for those without one. */
  readonly generated: Map<string, Open>;
  readonly beginnings: Set<number>;
}

interface Open {
  readonly at: number;
  readonly unknown: Unknown;
}

/** The key under which all candidates are grouped, whatever they are within. */
const everywhere = Symbol("everywhere");
/** The key of those of which the plan does not tell what they are within. */
const somewhere = Symbol("somewhere");

type Groups<C> = Map<Maybe<string | null> | symbol, Map<string, Group<C>>>;

export function createNameIndex<C extends Named>(
  candidates: readonly C[],
  naming: Naming,
  withinOf: (candidate: C) => Maybe<string | null>,
  accounts: Accounts,
  watch: Watch,
): NameIndex<C> {
  const isUnknownAny = naming.within?.isUnknownAny ?? false;
  const { groups, positions } = groupCandidates(candidates, naming, withinOf, isUnknownAny);
  const instances = indexInstances(candidates, ({ resource }) => resource);
  const parts = lazy(() => groupByParts(candidates, naming));
  const found = new Map<string, readonly C[]>();
  const sameParts = (match: C, { references }: Unknown) => {
    const targets = references.flatMap(({ end }) => ("target" in end ? [formatTarget(end.target)] : []));
    return getOrAdd(found, `${match.resource.address} ${targets}`, () => [
      ...new Set([match, ...targets.flatMap((target) => parts().get(target) ?? [])]),
    ]);
  };
  return {
    byValue(wanted, where, within) {
      const near = groupsWithin(groups, within, isUnknownAny).filter((group) => mayStand(group, where, accounts));
      for (const name of wanted.names) {
        const buckets = near.flatMap(({ byText }) => [byText.get(name) ?? []].filter(({ length }) => length > 0));
        const matches = watch(buckets.length > 1 ? inOrder(buckets.flat(), positions) : (buckets[0] ?? []));
        const [match] = matches;
        if (match === undefined) continue;
        return matches.length === 1 ? { kind: "one", match, by: "value" } : { kind: "several", matches, by: "value" };
      }
      const isHidden = within instanceof Unknown && !isUnknownAny;
      const unknown = unnamed(near, wanted.names) ?? (isHidden ? within : null);
      return unknown === null ? { kind: "none" } : { kind: "unknown", unknown };
    },
    byReference: (unknown, from, referredBy) => {
      const found = joinByReference(unknown, instances, { ...naming, referredBy }, watch);
      if (found.kind !== "one" || naming.isMention === true || isMadeUp(unknown.references, naming.by)) return found;
      const matches = sameParts(found.match, unknown);
      return besideOnly(matches.length === 1 ? found : { kind: "several", matches, by: "reference" }, from, accounts);
    },
    instances: (target) => watch(instances.of(target)),
  };
}

function groupCandidates<C extends Named>(
  candidates: readonly C[],
  naming: Naming,
  withinOf: (candidate: C) => Maybe<string | null>,
  isUnknownAny: boolean,
) {
  const groups: Groups<C> = new Map();
  const positions = new Map<C, number>();
  for (const [at, candidate] of candidates.entries()) {
    positions.set(candidate, at);
    const { region, providerKey } = candidate.resource;
    const within = withinOf(candidate);
    for (const key of isUnknownAny ? [within instanceof Unknown ? somewhere : within, everywhere] : [within]) {
      const inside = getOrAdd(groups, key, () => new Map<string, Group<C>>());
      const group = getOrAdd(inside, `${region} ${providerKey}`, () => emptyGroup<C>(region, providerKey));
      addNames(candidate, naming, at, group);
    }
  }
  return { groups, positions };
}

function addNames<C extends Named>(candidate: C, { by, prefix }: Naming, at: number, group: Group<C>): void {
  for (const value of new Set(by.map((name) => candidate.attributes[name]?.value))) {
    if (typeof value === "string") getOrAdd(group.byText, value, () => []).push(candidate);
    // What the provider makes up itself, an ARN or a generated name, is not what somebody wrote.
    else if (value instanceof Unknown && value.reason !== "computed") group.open ??= { at, unknown: value };
  }
  if (prefix !== undefined) addGenerated(candidate, prefix, at, group);
}

function emptyGroup<C>(region: string | null, providerKey: string | null): Group<C> {
  return { region, providerKey, byText: new Map(), open: null, generated: new Map(), beginnings: new Set() };
}

function addGenerated(
  { attributes }: Named,
  prefix: string,
  at: number,
  { generated, beginnings }: Group<unknown>,
): void {
  const name = attributes["name"]?.value;
  if (!(name instanceof Unknown)) return;
  const written = attributes[prefix]?.value;
  const beginning = typeof written === "string" ? written : "";
  getOrAdd(generated, beginning, () => ({ at, unknown: name }));
  beginnings.add(beginning.length);
}

function groupsWithin<C>(groups: Groups<C>, within: Maybe<string | null>, isUnknownAny: boolean): Group<C>[] {
  const keys = !isUnknownAny ? [within] : within instanceof Unknown ? [everywhere] : [within, somewhere];
  return keys.flatMap((key) => [...(groups.get(key)?.values() ?? [])]);
}

/** Where no candidate has the name, one whose name is decided at apply may have it. */
function unnamed(groups: readonly Group<unknown>[], names: readonly string[]): Unknown | null {
  const written = groups.flatMap(({ open }) => (open === null ? [] : [open]));
  const generated = groups.flatMap((group) =>
    names.flatMap((name) => [...group.beginnings].map((length) => group.generated.get(name.slice(0, length)))),
  );
  return first(written) ?? first(generated.filter((open) => open !== undefined));
}

function first(all: readonly Open[]): Unknown | null {
  let earliest: Open | null = null;
  for (const open of all) if (earliest === null || open.at < earliest.at) earliest = open;
  return earliest?.unknown ?? null;
}

/**
 * What a value names that waits on resources. Variables are known when the plan is made, so that beside an ARN or an id,
 * which AWS makes up, one only decides whether it is that; a name together with anything else may be the beginning of
 * another name.
 */
function joinByReference<C extends Joinable>(
  unknown: Unknown,
  instances: Instances<C>,
  { by, referredBy, isMention = false }: Referring,
  watch: Watch,
): Join<C> {
  const targets: Target[] = [];
  for (const { end } of unknown.references) {
    if ("target" in end) targets.push(end.target);
    else if (end.deadEnd !== "variable") return { kind: "unknown", unknown };
  }
  const [only] = targets;
  if (only === undefined) return { kind: "unknown", unknown };
  if (!isMention && !standsAsItIs(unknown.references, referredBy)) return { kind: "unknown", unknown };
  const found = targets.map((target) => instances.of(target));
  if (found.some(({ length }) => length === 0)) return { kind: "unknown", unknown };
  const matches = watch(found.length === 1 ? (found[0] ?? []) : [...new Set(found.flat())]);
  const [match] = matches;
  if (match === undefined || matches.length > 1) return { kind: "several", matches, by: "reference" };
  if (!isMention && !isExact(unknown.references, by)) return { kind: "unknown", unknown };
  const isPaired = only.key === null && only.pairKey !== null && match.resource.key === only.pairKey;
  return { kind: "one", match, by: isPaired ? "reference and equal key" : "reference" };
}

/** An attribute that is no such name has a function over it; where the plan does not tell the attribute, it may be any. */
function standsAsItIs(references: readonly Reference[], referredBy: readonly string[] | undefined): boolean {
  return references
    .map(attributeOf)
    .every((attribute) => attribute === "" || (referredBy?.includes(attribute) ?? true));
}

function isExact(references: readonly Reference[], by: Naming["by"]): boolean {
  // A URL is the beginning of names of images, whatever stands behind it.
  if (namedEnds(references).every(({ end }) => "target" in end && /(?:^|_)url$/.test(end.target.attribute)))
    return true;
  return (isMadeUp(references, by) || references.length === 1) && references.every(({ isBare }) => isBare);
}

/** Whether what is referred to is made up by AWS, so that nobody builds another name of it. */
function isMadeUp(references: readonly Reference[], by: Naming["by"]): boolean {
  const attributes = namedEnds(references).flatMap(({ end }) => ("target" in end ? [end.target.attribute] : []));
  return (
    attributes.every((attribute) => /(?:^|_)(?:arn|url)$/.test(attribute)) ||
    by.every((name) => ["arn", "id", "key_id"].includes(name))
  );
}

/** The candidates whose names are made of the same attribute: `"${aws_x.base.name}-cache"` may be the name of another one. */
function groupByParts<C extends Named>(candidates: readonly C[], { by }: Naming): ReadonlyMap<string, readonly C[]> {
  const found = new Map<string, C[]>();
  for (const candidate of candidates) {
    for (const name of by) {
      const value = candidate.attributes[name]?.value;
      for (const { end } of value instanceof Unknown ? value.references : [])
        if ("target" in end) getOrAdd(found, formatTarget(end.target), () => []).push(candidate);
    }
  }
  return found;
}

/** A name means an object of the provider configuration of the resource that holds it, as one that is known does. */
function besideOnly<C extends Joinable>(
  found: Extract<Join<C>, { kind: "one" | "several" }>,
  from: PlanResource,
  accounts: Accounts,
): Join<C> {
  const all = found.kind === "one" ? [found.match] : found.matches;
  const near = all.filter(({ resource }) => standsBeside(resource, from, accounts) !== false);
  if (near.length === all.length && near.every(({ resource }) => standsBeside(resource, from, accounts) === true))
    return found;
  const [first, ...others] = near;
  if (first === undefined) return { kind: "none" };
  if (others.length > 0) return { kind: "several", matches: near, by: "reference" };
  const remark = `whether ${first.resource.address}, which another provider configuration manages, is meant`;
  return { kind: "unknown", unknown: new Unknown("no-join", [], remark) };
}

function inOrder<C>(candidates: readonly C[], positions: ReadonlyMap<C, number>): C[] {
  return [...new Set(candidates)].sort((one, other) => (positions.get(one) ?? 0) - (positions.get(other) ?? 0));
}
