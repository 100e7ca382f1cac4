import type { Join } from "../../joins/join.ts";
import type { Launch } from "../../joins/launches.ts";
import { anySource } from "../../joins/reverse.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

type Subnet = Modelled<"aws_subnet">;
type RouteTable = Modelled<"aws_route_table">;

/** The subnets of each launch point that places tasks in a VPC. */
export function taskSubnetSubjects(context: JoinContext): SubjectOf<"task-subnets">[] {
  return context.joins
    .launches()
    .filter(({ network }) => network.value !== null)
    .map((launch) => {
      const { publicSubnets, foreignSubnets } = subnetsOf(launch, context);
      const from = { path: `${launch.network.path}[0].subnets` };
      return subject("task-subnets", launch.resource, null, {
        launchPoint: derivedFact<string | null>(launch.resource.address),
        publicSubnets: derivedFact(publicSubnets, from),
        foreignSubnets: derivedFact(foreignSubnets, from),
      });
    });
}

function subnetsOf(launch: Launch, context: JoinContext) {
  const publicSubnets: Maybe<string>[] = [];
  const foreignSubnets: string[] = [];
  for (const { value, join } of context.joins.each(launch, "usedSubnet")) {
    if (join.kind === "none") foreignSubnets.push(typeof value === "string" ? value : "");
    else publicSubnets.push(...publicOnes(join, context));
  }
  return { publicSubnets, foreignSubnets };
}

/** Of several subnets that one reference may mean (`aws_subnet.private[*].id`) each is used. */
function publicOnes(found: Join<Subnet>, context: JoinContext): readonly Maybe<string>[] {
  if (found.kind === "unknown") return [found.unknown];
  if (found.kind === "several") return publicAmong(context)(found.matches);
  return found.kind === "one" ? publicSubnet(context)(found.match) : [];
}

const publicAmong = once((context: JoinContext) =>
  once((subnets: readonly Subnet[]): readonly Maybe<string>[] => subnets.flatMap(publicSubnet(context))),
);

/** The address of a subnet that is public. */
const publicSubnet = once((context: JoinContext) =>
  once((subnet: Subnet): readonly Maybe<string>[] => {
    const isPublic = anyOf([subnet.attributes.map_public_ip_on_launch.value, leadsToInternet(subnet, context)]);
    return listIf(isPublic, subnet.resource.address);
  }),
);

/** Whether the route table of the subnet, or else the main one of its VPC, has a route to an internet gateway. */
function leadsToInternet(subnet: Subnet, context: JoinContext): Maybe<boolean> {
  const { joins } = context;
  const { certain, possible } = joins.to(subnet, "associatedSubnet");
  const own = certain[0]?.source;
  if (own !== undefined) return tableLeadsToInternet(joins.from(own, "associatedTable"), context);
  if (possible[0] !== undefined) return possible[0].unknown;
  const vpc = joins.from(subnet, "subnetVpc");
  const main = vpc.kind === "one" ? joins.to(vpc.match, "mainVpc").certain[0]?.source : undefined;
  if (main !== undefined) return tableLeadsToInternet(joins.from(main, "mainTable"), context);
  return new Unknown("no-join", [], `the routes of ${subnet.resource.address}, whose route table is not in this plan`);
}

function tableLeadsToInternet(table: Join<RouteTable>, context: JoinContext): Maybe<boolean> {
  if (table.kind === "unknown") return table.unknown;
  if (table.kind === "none") return new Unknown("no-join", [], "the routes of a route table outside of this plan");
  const tables = table.kind === "one" ? [table.match] : table.matches;
  const found = tables.map(hasInternetRoute(context));
  return found.every((each) => each === found[0])
    ? (found[0] ?? false)
    : new Unknown("no-join", [], "which of several route tables is meant");
}

const hasInternetRoute = once(({ joins }: JoinContext) =>
  once((table: RouteTable): Maybe<boolean> => {
    const inline = table.attributes.route.value;
    return anyOf([
      ...(inline instanceof Unknown
        ? [inline]
        : inline.map((route) =>
            route instanceof Unknown
              ? route
              : isInternetRoute([route.cidr_block, route.ipv6_cidr_block], route.gateway_id),
          )),
      anySource(joins.to(table, "routeTable"), ({ attributes }) =>
        isInternetRoute(
          [attributes.destination_cidr_block, attributes.destination_ipv6_cidr_block],
          attributes.gateway_id,
        ),
      ),
    ]);
  }),
);

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
