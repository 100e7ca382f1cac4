import { isNamed, type Join } from "../../joins/join.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { openReferences } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { type LaunchPoint, launchPoints } from "../ecs/launch-points.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

type Subnet = Modelled<"aws_subnet">;
type RouteTable = Modelled<"aws_route_table">;

/** The subnets of each launch point that places tasks in a VPC. */
export function taskSubnetSubjects(context: JoinContext): SubjectOf<"task-subnets">[] {
  return launchPoints(context)
    .filter(({ network }) => network.value !== null)
    .map((point) => {
      const { publicSubnets, foreignSubnets } = placeOf(point, context);
      const from = { path: `${point.network.path}[0].subnets` };
      return subject("task-subnets", point.resource, null, {
        launchPoint: derivedFact(point.resource.address),
        publicSubnets: derivedFact(publicSubnets, from),
        foreignSubnets: derivedFact(foreignSubnets, from),
      });
    });
}

function placeOf({ network, resource }: LaunchPoint, context: JoinContext) {
  const publicSubnets: Maybe<string>[] = [];
  const foreignSubnets: string[] = [];
  const { value } = network;
  if (value instanceof Unknown) publicSubnets.push(value);
  else
    for (const id of value === null ? [] : elementsOf(value.subnets)) {
      const found = context.joins.named("aws_subnet", id, resource);
      if (found.kind === "none") foreignSubnets.push(typeof id === "string" ? id : "");
      else publicSubnets.push(...publicOnes(found, context));
    }
  return { publicSubnets, foreignSubnets };
}

/** A set with one unknown element is unknown as a whole; each of its references is one element then. */
function elementsOf({ value }: Attribute<readonly Maybe<string>[]>): readonly Maybe<string>[] {
  if (!(value instanceof Unknown)) return value;
  const open = openReferences(value.references);
  return open.length === 0 ? [value] : open.map((reference) => new Unknown(value.reason, [reference]));
}

/** Of several subnets that one reference may mean (`aws_subnet.private[*].id`) each is used. */
function publicOnes(found: Join<Subnet>, context: JoinContext): Maybe<string>[] {
  if (found.kind === "unknown") return [found.unknown];
  const subnets = found.kind === "one" ? [found.match] : found.kind === "several" ? found.matches : [];
  return subnets.flatMap((subnet): Maybe<string>[] => {
    const isPublic = anyOf([subnet.attributes.map_public_ip_on_launch.value, leadsToInternet(subnet, context)]);
    if (isPublic instanceof Unknown) return [isPublic];
    return isPublic ? [subnet.resource.address] : [];
  });
}

/** Whether the route table of the subnet, or else the main one of its VPC, has a route to an internet gateway. */
function leadsToInternet(subnet: Subnet, context: JoinContext): Maybe<boolean> {
  const { model } = context;
  const associations = model.aws_route_table_association.map(({ resource, attributes }) => ({
    isOwn: isNamed(context.joins.named("aws_subnet", attributes.subnet_id.value, resource), subnet),
    table: attributes.route_table_id,
    resource,
  }));
  const own = associations.find(({ isOwn }) => isOwn === true);
  if (own !== undefined) return tableLeadsToInternet(own.table, own.resource, context);
  const possible = associations.find(({ isOwn }) => isOwn instanceof Unknown)?.isOwn;
  if (possible instanceof Unknown) return possible;
  const vpc = context.joins.named("aws_vpc", subnet.attributes.vpc_id.value, subnet.resource);
  const main =
    vpc.kind === "one"
      ? model.aws_main_route_table_association.find(
          ({ resource, attributes }) =>
            isNamed(context.joins.named("aws_vpc", attributes.vpc_id.value, resource), vpc.match) === true,
        )
      : undefined;
  if (main !== undefined) return tableLeadsToInternet(main.attributes.route_table_id, main.resource, context);
  return new Unknown("no-join", [], `the routes of ${subnet.resource.address}, whose route table is not in this plan`);
}

function tableLeadsToInternet(id: Attribute<string | null>, from: PlanResource, context: JoinContext): Maybe<boolean> {
  const table = context.joins.named("aws_route_table", id.value, from);
  if (table.kind === "unknown") return table.unknown;
  if (table.kind === "none") return new Unknown("no-join", [], "the routes of a route table outside of this plan");
  const tables = table.kind === "one" ? [table.match] : table.matches;
  const found = tables.map((each) => hasInternetRoute(each, context));
  return found.every((each) => each === found[0])
    ? (found[0] ?? false)
    : new Unknown("no-join", [], "which of several route tables is meant");
}

function hasInternetRoute(table: RouteTable, context: JoinContext): Maybe<boolean> {
  const inline = table.attributes.route.value;
  return anyOf([
    ...(inline instanceof Unknown
      ? [inline]
      : inline.map((route) =>
          route instanceof Unknown
            ? route
            : isInternetRoute([route.cidr_block, route.ipv6_cidr_block], route.gateway_id),
        )),
    ...context.model.aws_route.map(({ resource, attributes }) =>
      allOf([
        isNamed(context.joins.named("aws_route_table", attributes.route_table_id.value, resource), table),
        isInternetRoute(
          [attributes.destination_cidr_block, attributes.destination_ipv6_cidr_block],
          attributes.gateway_id,
        ),
      ]),
    ),
  ]);
}

function isInternetRoute(
  destinations: readonly Attribute<string | null>[],
  gateway: Attribute<string | null>,
): Maybe<boolean> {
  return allOf([
    anyOf(destinations.map(({ value }) => test(value, (cidr) => cidr === "0.0.0.0/0" || cidr === "::/0"))),
    isInternetGateway(gateway.value),
  ]);
}

function isInternetGateway(id: Maybe<string | null>): Maybe<boolean> {
  if (!(id instanceof Unknown)) return id?.startsWith("igw-") === true;
  const types = id.references.map(({ end }) => ("target" in end ? end.target.type : null));
  if (types.length === 0 || types.includes(null)) return id;
  if (types.every((type) => type === "aws_internet_gateway")) return true;
  return types.includes("aws_internet_gateway") ? id : false;
}
