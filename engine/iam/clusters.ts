import { matchesGlob } from "../glob.ts";
import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { type ActionGroup, type ActionSet, isWrite } from "./action-table.ts";
import { scopesBy } from "./condition-scopes.ts";
import type { Selection } from "./granted-actions.ts";
import { isPositive } from "./restrictions.ts";

/** The name of the cluster that an unknown value names; `*` where it names an object of ECS outside of clusters. */
export type ClusterOfUnknown = (unknown: Unknown) => Maybe<string>;

/**
 * Actions that change something within a cluster, or a cluster. Creating one, task definitions and account settings know
 * no cluster.
 */
export const changesCluster: Selection = (group) => {
  if (group.service !== "ecs" || !isWrite(group)) return false;
  const isOfClusters = group.resourceTypes.every((type) => type === "ecs:*:*:cluster/*");
  return (
    group.knowsCluster || (group.resourceTypes.length > 0 && isOfClusters && ((name) => name !== "ecs:CreateCluster"))
  );
};

/** The clusters, by name or pattern, that the statement lets these actions work on. */
export function clustersOf(
  statement: Statement,
  actions: readonly ActionSet[],
  ofUnknown: ClusterOfUnknown,
): Maybe<readonly Maybe<string>[]> {
  const byResource = unique(actions.flatMap(({ group }) => clustersOfResources(statement, group, ofUnknown)));
  const byCondition = clustersOfCondition(statement, ofUnknown);
  if (byResource.length === 0) return [];
  if (byCondition instanceof Unknown) return byCondition;
  // Both must hold: what one of them narrows to one cluster is that cluster.
  return byCondition === null || isOneCluster(byResource) === true ? byResource : unique(byCondition);
}

/** Whether these are one cluster by its full name. */
export function isOneCluster(clusters: readonly Maybe<string>[]): Maybe<boolean> {
  if (clusters.some((cluster) => !(cluster instanceof Unknown) && /[*?]/.test(cluster))) return false;
  const known = clusters.filter((cluster) => !(cluster instanceof Unknown));
  if (known.length > 1) return false;
  return clusters.find((cluster) => cluster instanceof Unknown) ?? known.length === 1;
}

function unique(clusters: readonly Maybe<string>[]): readonly Maybe<string>[] {
  return [...new Set(clusters)];
}

function clustersOfCondition(
  statement: Statement,
  ofUnknown: ClusterOfUnknown,
): Maybe<readonly Maybe<string>[]> | null {
  if (statement.conditions instanceof Unknown) return statement.conditions;
  const condition = statement.conditions.find(
    (each) => /^ecs:cluster$/i.test(each.key) && isPositive(each.operator) && scopesBy(each) !== false,
  );
  if (condition === undefined) return null;
  const values = elementsOf(condition.values);
  return values.map((value) => (value instanceof Unknown ? ofUnknown(value) : value.replace(/^.*:cluster\//, "")));
}

function clustersOfResources(
  { resources, notResources }: Statement,
  { resourceTypes }: ActionGroup,
  ofUnknown: ClusterOfUnknown,
): Maybe<string>[] {
  const named = elementsOf(resources).flatMap((resource) => {
    if (resource instanceof Unknown) return [ofUnknown(resource)];
    return resourceTypes.length === 0 ? ["*"] : resourceTypes.flatMap((type) => clusterIn(resource, type));
  });
  return notResources === null ? named : ["*", ...named];
}

/**
 * The cluster in an ARN pattern, as far as it may name a resource of the type; `*` where the type has no cluster, or the
 * ARN is of the short format without it.
 */
function clusterIn(pattern: string, type: string): string[] {
  const [, , service = "*", , , ...rest] = pattern.split(":");
  // `*`, `arn:aws:ecs:*`
  if (rest.length === 0) return matchesGlob("ecs", service) ? ["*"] : [];
  const [typePattern = "*", cluster = "*", ...within] = rest.join(":").split("/");
  const [typeName = "", ...format] = type.slice("ecs:*:*:".length).split("/");
  if (!matchesGlob("ecs", service) || !matchesGlob(typeName, typePattern)) return [];
  if (typeName === "cluster") return [cluster];
  const isWithinCluster = format.length >= 2;
  return [isWithinCluster && (within.length > 0 || /[*?]/.test(cluster)) ? cluster : "*"];
}
