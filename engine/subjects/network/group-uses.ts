import type { Join } from "../../joins/join.ts";
import type { Attribute } from "../../model/attribute.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { openReferences } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { type LaunchPoint, launchPoints } from "../ecs/launch-points.ts";
import { tagOf } from "../ecs/tags.ts";
import type { SecurityGroup } from "./rules.ts";

/** A resource that may put security groups on network interfaces. */
interface Use {
  readonly resource: PlanResource;
  readonly point: LaunchPoint | null;
  readonly groups: readonly Join<SecurityGroup>[];
}

export interface GroupUses {
  readonly tasks: readonly Use[];
  readonly loadBalancers: readonly Use[];
}

/** Which launch points and load balancers use which groups, settled once. */
export const groupUses = once(
  (context: JoinContext): GroupUses => ({
    tasks: launchPoints(context).map((point) => ({
      resource: point.resource,
      point,
      groups: groupsOf(point, context),
    })),
    loadBalancers: context.model.aws_lb.map(({ resource, attributes }) => ({
      resource,
      point: null,
      groups: joins(attributes.security_groups, resource, context),
    })),
  }),
);

/** The groups that a launch point gives to its tasks. */
export function groupsOf({ network, resource }: LaunchPoint, context: JoinContext): Join<SecurityGroup>[] {
  const { value } = network;
  if (value instanceof Unknown) return [{ kind: "unknown", unknown: value }];
  return value === null ? [] : joins(value.securityGroups, resource, context);
}

/** A set with one unknown element is unknown as a whole; each of its references is one element then. */
function joins(
  list: Attribute<readonly Maybe<string>[]>,
  from: PlanResource,
  context: JoinContext,
): Join<SecurityGroup>[] {
  const { value } = list;
  if (!(value instanceof Unknown)) return value.map((id) => context.joins.named("aws_security_group", id, from));
  if (value.references.length === 0) return [{ kind: "unknown", unknown: value }];
  return openReferences(value.references).map((reference) =>
    context.joins.named("aws_security_group", new Unknown(value.reason, [reference]), from),
  );
}

/** Whether one of the uses puts the group to use. */
export function isUsed(group: Join<SecurityGroup>, uses: readonly Use[]): Maybe<boolean> {
  return anyOf(uses.flatMap(({ groups }) => groups.map((used) => isSame(group, used))));
}

function isSame(one: Join<SecurityGroup>, other: Join<SecurityGroup>): Maybe<boolean> {
  if (one.kind === "none" || other.kind === "none") return false;
  if (one.kind === "unknown") return one.unknown;
  if (other.kind === "unknown") return other.unknown;
  if (one.kind === "one" && other.kind === "one") return one.match === other.match;
  const left = one.kind === "one" ? [one.match] : one.matches;
  const right = other.kind === "one" ? [other.match] : other.matches;
  return left.some((group) => right.includes(group))
    ? new Unknown("no-join", [], "which of several security groups is meant")
    : false;
}

/** The launch points that certainly use the group, and an unknown for each that may. */
export function usersOf(group: Join<SecurityGroup>, { tasks }: GroupUses): Maybe<string>[] {
  return tasks.flatMap(({ resource, groups }): Maybe<string>[] => {
    const uses = anyOf(groups.map((used) => isSame(group, used)));
    if (uses instanceof Unknown) return [uses];
    return uses ? [resource.address] : [];
  });
}

/** The values of a tag among the launch points that use the group, or their clusters where they have none. */
export function segmentsOf(
  group: Join<SecurityGroup>,
  tag: string,
  { tasks }: GroupUses,
  context: JoinContext,
): Maybe<string>[] {
  const segments = tasks.flatMap(({ point, groups }): Maybe<string>[] => {
    const uses = anyOf(groups.map((used) => isSame(group, used)));
    if (uses === false || point === null) return [];
    const segment = segmentOf(point, tag, context);
    if (segment === null) return [];
    return [uses instanceof Unknown ? uses : segment];
  });
  return [...new Set(segments)];
}

function segmentOf(point: LaunchPoint, tag: string, context: JoinContext): Maybe<string> | null {
  const service = context.model.aws_ecs_service.find(({ resource }) => resource === point.resource);
  const own = service === undefined ? null : tagOf(service.attributes, tag);
  if (own !== null) return own;
  const cluster = context.joins.named("aws_ecs_cluster", point.cluster.value, point.resource);
  return cluster.kind === "one" ? tagOf(cluster.match.attributes, tag) : null;
}
