import type { AnyModelled, Model, Modelled, ModelledType } from "../model/model.ts";
import type { PlanResource } from "../plan/read.ts";
import { type Target, targetsOf } from "../plan/references.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { type Invocation, invocations } from "./invocations.ts";
import type { Join, Joinable } from "./join.ts";
import { type Launch, launches } from "./launches.ts";
import { createLinkIndex, type LinkIndex, type ResourceJoin } from "./link-index.ts";
import type { Link, Place } from "./links/link.ts";
import { type Linked, type LinkName, links, type SourceOf, type TargetOf } from "./links.ts";
import { getOrAdd, lazy } from "./maps.ts";
import { createNameIndex, type NameIndex, type Watch } from "./name-index.ts";
import { type Name, type NamedBy, type Naming, names, type OfVpc } from "./names.ts";
import type { NamedFrom } from "./reverse.ts";
import { type Task, tasks } from "./tasks.ts";
import { type Accounts, beside, inArn, sameProvider, type Where } from "./where.ts";

/** What a name is looked up with, besides the resource that holds it. */
interface Narrowed {
  /** What the name is unique within: the cluster of a service, the bus of a rule. */
  readonly within?: Maybe<string | null>;
  /** Another region than that of the resource. */
  readonly region?: Maybe<string | null>;
  /** The attributes that a reference may be of to name it as it stands, where they are fewer than elsewhere. */
  readonly referredBy?: readonly string[];
}

/** Who names whom in a plan: settled once, by index, for policies, `plimsoll facts` and the picture. */
export interface Joins {
  /** What a value that stands in a resource names. */
  readonly named: <N extends Name>(
    name: N,
    value: Maybe<string | null>,
    from: PlanResource,
    narrowed?: Narrowed,
  ) => Join<NamedBy<N>>;
  /** What the one place of a source names. */
  readonly from: <L extends LinkName>(source: SourceOf<L>, link: L) => Join<TargetOf<L>>;
  /** What each place of a source names. */
  readonly each: <L extends LinkName>(source: SourceOf<L>, link: L) => readonly Linked<SourceOf<L>, TargetOf<L>>[];
  /** Who names the target, for certain, and who may. */
  readonly to: <L extends LinkName>(target: TargetOf<L>, link: L) => NamedFrom<SourceOf<L>>;
  /** The resources of a type that may stand in the account and region of a resource. */
  readonly beside: <T extends ModelledType>(type: T, resource: PlanResource) => readonly Modelled<T>[];
  /** The name of the cluster that a value names, by name, ARN or reference. */
  readonly clusterName: (value: Maybe<string | null>, from: PlanResource) => Maybe<string | null>;
  /** The resources that a reference may mean. */
  readonly instances: <N extends Name>(name: N, target: Target) => readonly NamedBy<N>[];
  readonly launches: () => readonly Launch[];
  readonly invocations: () => readonly Invocation[];
  readonly tasks: () => readonly Task[];
  /** All joins that people see, in the order of the table; those that only a picture shows as well where it asks. */
  readonly all: (shownIn: "facts" | "picture") => ResourceJoin[];
}

type NameIndexes = { readonly [N in Name]: () => NameIndex<NamedBy<N>> };
type LinkIndexes = { readonly [L in LinkName]: LinkIndex<SourceOf<L>, TargetOf<L>> };
type Neighbours = { readonly [T in ModelledType]: (resource: PlanResource) => readonly Modelled<T>[] };

/** The maps are made when they are first asked for. */
export function createJoins(model: Model, accounts: Accounts, watch: Watch = (candidates) => candidates): Joins {
  const lists = new Map<string, readonly AnyModelled[]>(Object.entries(model));
  const ofType = (type: string) => lists.get(type) ?? [];
  const sources = {
    model,
    ofType,
    launches: lazy(() => launches(model)),
    invocations: lazy(() => invocations(model)),
    tasks: lazy(() => tasks(model)),
  };
  const indexes = nameIndexes((naming, types) => {
    const withinOf = ({ resource, attributes }: AnyModelled) =>
      naming.within === undefined ? null : withinName(naming, attributes[naming.within.attribute]?.value, resource);
    return lazy(() => createNameIndex(types.flatMap(ofType), naming, withinOf, accounts, watch));
  });

  const named: Joins["named"] = (name, value, from, narrowed = {}) => {
    if (value === null) return { kind: "none" };
    const naming: Naming = names[name];
    if (value instanceof Unknown) return referred(name, naming, nameIn(value, naming), from, narrowed.referredBy);
    const wanted = naming.read === undefined ? { names: [value] } : naming.read(value);
    if (wanted === null) return { kind: "none" };
    const stated = wanted.where ?? inArn(value);
    if (stated === null && narrowed.region instanceof Unknown) return { kind: "unknown", unknown: narrowed.region };
    const region = narrowed.region instanceof Unknown ? null : (narrowed.region ?? null);
    const where = stated ?? besideOrIn(region, from);
    return indexes[name]().byValue(wanted, where, withinName(naming, narrowed.within ?? null, from));
  };

  function referred<N extends Name>(
    name: N,
    naming: Naming,
    value: Unknown,
    from: PlanResource,
    referredBy = naming.referredBy,
  ): Join<NamedBy<N>> {
    if (naming.alias !== undefined) {
      const { type, attribute, referredBy } = naming.alias;
      const alias: Join<AnyModelled> = indexes[type]().byReference(value, from, referredBy);
      const stated = alias.kind === "one" ? alias.match.attributes[attribute]?.value : undefined;
      if (alias.kind === "one" && (typeof stated === "string" || stated instanceof Unknown))
        return named(name, stated, alias.match.resource);
    }
    if (naming.ofVpc !== undefined && isOfVpc(value, naming.ofVpc)) return ofVpc(name, value, from, naming.ofVpc);
    if (naming.isOwnReferencesOnly === true && isOfOtherTypes(value, [name, naming.alias?.type ?? name]))
      return { kind: "none" };
    return indexes[name]().byReference(value, from, referredBy);
  }

  /** The default group or table of a VPC, where the plan manages it. */
  function ofVpc<N extends Name>(name: N, value: Unknown, from: PlanResource, { link }: OfVpc): Join<NamedBy<N>> {
    const vpc = indexes.aws_vpc().byReference(value, from);
    if (vpc.kind !== "one") return { kind: "unknown", unknown: value };
    const { certain, possible } = linked[link].to(vpc.match);
    const own = certain[0]?.source.resource ?? null;
    const [match] = own === null ? [] : indexes[name]().instances(targetOf(own));
    if (match !== undefined) return { kind: "one", match, by: "reference" };
    return possible.length > 0 ? { kind: "unknown", unknown: value } : { kind: "none" };
  }

  function withinName({ within }: Naming, value: unknown, from: PlanResource): Maybe<string | null> {
    if (within === undefined) return null;
    if (typeof value === "string") return within.read(value);
    if (!(value instanceof Unknown) || within.type === null) return value instanceof Unknown ? value : null;
    const found = named(within.type, value, from);
    return found.kind === "one" ? found.match.attributes.name.value : value;
  }

  const linked = linkIndexes((link) =>
    createLinkIndex(
      link,
      sources,
      (place, { resource }) => named(link.to, place.value, resource, narrowedBy(place, link)),
      watch,
    ),
  );
  const neighbours = neighboursOf(model, watch);

  return {
    named,
    from: (source, link) => linked[link].from(source)[0]?.join ?? { kind: "none" },
    each: (source, link) => linked[link].from(source),
    to: (target, link) => linked[link].to(target),
    beside: (type, resource) => neighbours[type](resource),
    clusterName: (value, from) => withinName(names.aws_ecs_service, value, from),
    instances: (name, target) => indexes[name]().instances(target),
    launches: sources.launches,
    invocations: sources.invocations,
    tasks: sources.tasks,
    all: (shownIn) => [
      ...Object.values(linked).flatMap(({ shown }) => shown(shownIn)),
      ...model.aws_ecr_repository.flatMap(({ resource }) => scanning(resource, neighbours)),
    ],
  };
}

/** The part of a value that is the name. */
function nameIn(value: Unknown, { part }: Naming): Unknown {
  const { parts } = value.known;
  return (parts === null ? null : part?.(parts)) ?? value;
}

function narrowedBy(place: Place, { referredBy }: Link<Joinable, Name>): Narrowed {
  return referredBy === undefined ? place : { ...place, referredBy };
}

function nameIndexes(make: (naming: Naming, types: readonly string[]) => () => NameIndex<AnyModelled>): NameIndexes;
function nameIndexes(
  make: (naming: Naming, types: readonly string[]) => () => NameIndex<AnyModelled>,
): Record<string, () => NameIndex<AnyModelled>> {
  return Object.fromEntries(
    Object.entries(names).map(([name, naming]: [string, Naming]) => [name, make(naming, naming.types ?? [name])]),
  );
}

function linkIndexes(make: (link: Link<Joinable, Name>) => LinkIndex<Joinable, Joinable>): LinkIndexes;
function linkIndexes(
  make: (link: Link<Joinable, Name>) => LinkIndex<Joinable, Joinable>,
): Record<string, LinkIndex<Joinable, Joinable>> {
  return Object.fromEntries(
    Object.entries(links).map(([name, link]: [string, Link<Joinable, Name>]) => [name, make(link)]),
  );
}

function neighboursOf(model: Model, watch: Watch): Neighbours;
function neighboursOf(model: Model, watch: Watch): Record<string, (resource: PlanResource) => readonly AnyModelled[]> {
  return Object.fromEntries(
    Object.entries(model).map(([type, all]: [string, readonly AnyModelled[]]) => {
      // Resources of one provider configuration and region have the same neighbours.
      const found = new Map<string, readonly AnyModelled[]>();
      const beside = (resource: PlanResource) =>
        getOrAdd(found, `${resource.region} ${resource.providerKey}`, () =>
          watch(all.filter((candidate) => sameProvider(candidate.resource, resource))),
        );
      return [type, beside];
    }),
  );
}

/** In another region any provider configuration may manage it. */
function besideOrIn(region: string | null, from: PlanResource): Where {
  const isElsewhere = region !== null && from.region !== null && region !== from.region;
  return isElsewhere ? { region, providerKey: null, accountId: null } : beside(from);
}

/** Whether a value is what a VPC says of its default group or table. */
function isOfVpc({ references }: Unknown, { attributes }: OfVpc): boolean {
  return (
    targetsOf(references)?.every(({ type, attribute }) => type === "aws_vpc" && attributes.includes(attribute)) ?? false
  );
}

/** The target that a resource is. */
function targetOf({ module, mode, type, name, key }: PlanResource): Target {
  return { module, mode, type, name, key, pairKey: null, pairKeys: null, attribute: "" };
}

/** Whether a value comes from resources of AWS of other types only. */
function isOfOtherTypes({ references }: Unknown, types: readonly string[]): boolean {
  const isOther = (type: string) => type.startsWith("aws_") && !types.includes(type);
  return references.length > 0 && references.every(({ end }) => "target" in end && isOther(end.target.type));
}

/** A registry is that of the account and region of a provider configuration; nothing else names it. */
function scanning(resource: PlanResource, neighbours: Neighbours): ResourceJoin[] {
  const to = "aws_ecr_registry_scanning_configuration";
  const [match] = neighbours[to](resource);
  if (match === undefined) return [];
  const join = { kind: "one", match, by: "provider configuration" } as const;
  return [{ resource, path: "region", value: resource.region, to, isImage: false, join }];
}
