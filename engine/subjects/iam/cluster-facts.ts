import { covers, matchesGlob } from "../../glob.ts";
import { type ClusterOfUnknown, changesCluster, clustersOf, isOneCluster } from "../../iam/clusters.ts";
import { type GrantedActions, selectFrom } from "../../iam/granted-actions.ts";
import { lastPathSegment } from "../../joins/names.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, map, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact } from "../subject.ts";
import type { HeldStatement } from "./held-statement.ts";
import type { Holder } from "./holders.ts";

/** On which ECS clusters a statement lets its holders change something. */
export function clusterFacts(held: HeldStatement, { sets, open }: GrantedActions, context: JoinContext) {
  const { statement, resource, holders } = held;
  const { clusterGroups, holderGroups } = context.settings;
  const writes = sets.flatMap((set) => selectFrom(set, changesCluster) ?? []);
  const named = clustersOf(statement, writes, clusterOfUnknown(resource, context));
  // An action that is not told may be for any of the statement's resources.
  const clusters = named instanceof Unknown || open === null ? named : [...named, open];
  const place = held.places.resources;
  const shownAt = { ...place, note: held.sensitive ? null : noteOn(clusters) };
  const groups = clusterGroups.map(groupOf);
  const names = [...new Set(groups.map(({ group }) => group))];
  const isWithin = (group: string) => allWithin(clusters, patternsOf(group, groups));
  return {
    grantsClusterWrites: derivedFact(
      anyOf([test(named, (list) => list.length > 0), open ?? false]),
      held.places.actions,
    ),
    clusters: derivedFact(clusters, place),
    coversOneCluster: derivedFact(map(clusters, isOneCluster), shownAt),
    staysInClusterGroup: derivedFact(anyOf(names.map(isWithin)), shownAt),
    staysInHoldersGroup: derivedFact(
      allOf(holders.map((holder) => staysInGroupOf(holder, holderGroups.map(groupOf), isWithin))),
      shownAt,
    ),
  };
}

function noteOn(clusters: Maybe<readonly Maybe<string>[]>): string | null {
  const known = clusters instanceof Unknown ? [] : clusters.filter((cluster) => !(cluster instanceof Unknown));
  return known.length === 0 ? null : `it is for the clusters ${known.join(", ")}`;
}

interface Member {
  readonly group: string;
  readonly pattern: string;
}

/** `dev=dev-*` */
function groupOf(text: string): Member {
  const at = text.indexOf("=");
  return { group: text.slice(0, at), pattern: text.slice(at + 1) };
}

function patternsOf(group: string, members: readonly Member[]): string[] {
  return members.filter((member) => member.group === group).map(({ pattern }) => pattern);
}

function allWithin(clusters: Maybe<readonly Maybe<string>[]>, patterns: readonly string[]): Maybe<boolean> {
  if (clusters instanceof Unknown) return clusters;
  return allOf(clusters.map((cluster) => test(cluster, (name) => patterns.some((pattern) => covers(pattern, name)))));
}

/** A holder that no group names may work on all clusters. */
function staysInGroupOf(
  { name }: Holder,
  members: readonly Member[],
  isWithin: (group: string) => Maybe<boolean>,
): Maybe<boolean> {
  if (members.length === 0) return true;
  if (name instanceof Unknown) return name;
  const own = members.filter(({ pattern }) => matchesGlob(name, pattern)).map(({ group }) => group);
  return own.length === 0 || anyOf(own.map(isWithin));
}

/** By the ARN of a cluster or of a service of the plan; task definitions are outside of clusters. */
function clusterOfUnknown(resource: PlanResource, context: JoinContext): ClusterOfUnknown {
  const nameOf = (value: Maybe<string | null>, unknown: Unknown): Maybe<string> => {
    const cluster = context.joins.named("aws_ecs_cluster", value, resource);
    if (cluster.kind === "one") return cluster.match.attributes.name.value ?? unknown;
    if (value instanceof Unknown) return unknown;
    return value === null ? "default" : lastPathSegment(value);
  };
  return (unknown) => {
    const service = context.joins.named("aws_ecs_service", unknown, resource);
    if (service.kind === "one") return nameOf(service.match.attributes.cluster.value, unknown);
    const task = context.joins.named("aws_ecs_task_definition", unknown, resource);
    return task.kind === "one" ? "*" : nameOf(unknown, unknown);
  };
}
