import { type Join, oneOf } from "../../joins/join.ts";
import type { Launch } from "../../joins/launches.ts";
import { getOrAdd } from "../../joins/maps.ts";
import { firstNamersOf, type NamedFrom, type Namer } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { tagOf } from "../ecs/tags.ts";
import type { SecurityGroup } from "./rules.ts";

/** Who puts the group of a rule on network interfaces. */
export interface GroupUses {
  /** The launch points that certainly use the group, and an unknown where another may. */
  readonly users: readonly Maybe<string>[];
  readonly isTaskGroup: Maybe<boolean>;
  readonly isLoadBalancerGroup: Maybe<boolean>;
  /** The values of a tag among the launch points that use the group, or their clusters where they have none. */
  readonly segments: readonly Maybe<string>[];
}

/** Rules of one group have the same uses. */
export const groupUses = once((context: JoinContext) => {
  const found = new Map<unknown, GroupUses>();
  return (group: Join<SecurityGroup>, id: Maybe<string | null>): GroupUses =>
    getOrAdd(found, identityOf(group, id), () => usesOf(group, id, context));
});

function identityOf(group: Join<SecurityGroup>, id: Maybe<string | null>): unknown {
  if (group.kind === "one") return group.match;
  if (group.kind === "several") return group.matches;
  return group.kind === "unknown" ? group.unknown : id;
}

function usesOf(group: Join<SecurityGroup>, id: Maybe<string | null>, context: JoinContext): GroupUses {
  const { joins } = context;
  const users = usersById(context);
  const launches =
    group.kind === "none"
      ? sure(users.launches.get(id))
      : namers(group, (match) => joins.to(match, "usedGroup"), firstUsers(context).launch);
  const balancers =
    group.kind === "none"
      ? sure(users.balancers.get(id))
      : namers(group, (match) => joins.to(match, "balancerGroup"), firstUsers(context).balancer);
  return {
    users: launches.map(({ source, names }) => (names instanceof Unknown ? names : source.resource.address)),
    isTaskGroup: isNamedByAny(launches),
    isLoadBalancerGroup: isNamedByAny(balancers),
    segments: segmentsOf(launches, context),
  };
}

function sure<S>(sources: readonly S[] = []): Namer<S>[] {
  return sources.map((source) => ({ source, names: true }));
}

/** Who names a group outside of the plan by its id. */
const usersById = once(({ joins, model }: JoinContext) => {
  const idsOf = (places: readonly { readonly value: unknown }[]) => new Set(places.map(({ value }) => value));
  const launches = new Map<unknown, Launch[]>();
  for (const each of joins.launches())
    for (const id of idsOf(joins.each(each, "usedGroup"))) getOrAdd(launches, id, () => []).push(each);
  const balancers = new Map<unknown, Modelled<"aws_lb">[]>();
  for (const each of model.aws_lb)
    for (const id of idsOf(joins.each(each, "balancerGroup"))) getOrAdd(balancers, id, () => []).push(each);
  return { launches, balancers };
});

/** The first that use any group of the plan, or may: an unknown group may be theirs. */
const firstUsers = once(({ joins, model }: JoinContext) => ({
  launch: joins.launches().find((each) => joins.each(each, "usedGroup").some(({ join }) => join.kind !== "none")),
  balancer: model.aws_lb.find((each) => joins.each(each, "balancerGroup").some(({ join }) => join.kind !== "none")),
}));

/** Who names the group, and the first that may. */
function namers<S>(
  group: Join<SecurityGroup>,
  namedFrom: (match: SecurityGroup) => NamedFrom<S>,
  first: S | undefined,
): Namer<S>[] {
  switch (group.kind) {
    case "none":
      return [];
    case "unknown":
      return first === undefined ? [] : [{ source: first, names: group.unknown }];
    case "one":
      return firstNamersOf(namedFrom(group.match));
    case "several": {
      const unsure = oneOf(group.matches);
      const found = group.matches.map(namedFrom);
      const possible = found.flatMap((each) => [
        ...each.certain.map(({ source, at }) => ({ source, at, unknown: unsure })),
        ...each.possible,
      ]);
      return firstNamersOf({ certain: [], possible });
    }
  }
}

function isNamedByAny(all: readonly Namer<unknown>[]): Maybe<boolean> {
  return all.some(({ names }) => names === true) || (all[0]?.names ?? false);
}

function segmentsOf(launches: readonly Namer<Launch>[], context: JoinContext): Maybe<string>[] {
  const segments = launches.flatMap(({ source, names }): Maybe<string>[] => {
    const segment = segmentOf(context)(source);
    if (segment === null) return [];
    return [names instanceof Unknown ? names : segment];
  });
  return [...new Set(segments)];
}

const segmentOf = once(({ joins, settings }: JoinContext) =>
  once((launch: Launch): Maybe<string> | null => {
    const own = launch.type === "service" ? tagOf(launch.of.attributes, settings.segmentTag) : null;
    if (own !== null) return own;
    const cluster = joins.from(launch, "launchCluster");
    return cluster.kind === "one" ? tagOf(cluster.match.attributes, settings.segmentTag) : null;
  }),
);
