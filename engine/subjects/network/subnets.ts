import { type Join, oneOf } from "../../joins/join.ts";
import type { Launch } from "../../joins/launches.ts";
import { anySource } from "../../joins/reverse.ts";
import { append } from "../../lists.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { comparablePrefix, isPrivateRange, parseRange } from "../../network/address-ranges.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { openReferences, targetsOf } from "../../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { prefixListRanges } from "./prefix-lists.ts";

type Subnet = Modelled<"aws_subnet" | "aws_default_subnet">;
type RouteTable = Modelled<"aws_route_table" | "aws_default_route_table">;
type Vpc = Modelled<"aws_vpc">;

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
    else append(publicSubnets, publicOnes(join, value, context));
  }
  return { publicSubnets, foreignSubnets };
}

/**
 * Of several subnets that one reference may mean (`aws_subnet.private[*].id`) each is used; of several that the parts of one
 * expression refer to, one at least.
 */
function publicOnes(found: Join<Subnet>, value: Maybe<string | null>, context: JoinContext): readonly Maybe<string>[] {
  if (found.kind === "unknown") return [found.unknown];
  if (found.kind === "one") return publicSubnet(context)(found.match);
  if (found.kind === "none") return [];
  const isList = value instanceof Unknown && targetsOf(value.references)?.length === 1;
  if (isList) return publicAmong(context)(found.matches);
  const each = found.matches.map(publicSubnet(context));
  const isOpen = each.some((of) => of.length === 0 || of.some((address) => address instanceof Unknown));
  if (isOpen && each.some(({ length }) => length > 0)) return [oneOf(found.matches)];
  return each.flat();
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
  const main = vpc.kind === "one" ? mainTableLeadsToInternet(vpc.match, context) : null;
  return (
    main ??
    new Unknown("no-join", [], `the routes of ${subnet.resource.address}, whose route table is not in this plan`)
  );
}

/**
 * Of the main route table of a VPC; null where that is not in the plan. A new VPC comes with a table, its main one, that leads
 * nowhere but into the VPC. Source: Amazon VPC User Guide, "Subnet route tables".
 */
function mainTableLeadsToInternet(vpc: Vpc, context: JoinContext): Maybe<boolean> | null {
  const { joins } = context;
  const main = joins.to(vpc, "mainVpc");
  const [chosen] = main.certain;
  if (chosen !== undefined) return tableLeadsToInternet(joins.from(chosen.source, "mainTable"), context);
  if (main.possible[0] !== undefined) return main.possible[0].unknown;
  const own = joins.to(vpc, "defaultTableVpc");
  const [managed] = own.certain;
  const byRoutes = anySource(joins.to(vpc, "defaultTableRoute"), (route) => isRouteToInternet(route, context));
  if (managed !== undefined) return anyOf([byRoutes, hasInternetRoute(context)(managed.source)]);
  if (byRoutes !== false || own.possible[0] !== undefined) return byRoutes || (own.possible[0]?.unknown ?? false);
  const isNew = vpc.resource.action === "create" || vpc.resource.action === "replace";
  return isNew ? false : null;
}

function tableLeadsToInternet(table: Join<RouteTable>, context: JoinContext): Maybe<boolean> {
  if (table.kind === "unknown") return table.unknown;
  if (table.kind === "none") return new Unknown("no-join", [], "the routes of a route table outside of this plan");
  const tables = table.kind === "one" ? [table.match] : table.matches;
  const found = tables.map(hasInternetRoute(context));
  return found.every((each) => each === found[0]) ? (found[0] ?? false) : oneOf(tables);
}

const hasInternetRoute = once((context: JoinContext) =>
  once(
    (table: RouteTable): Maybe<boolean> =>
      anyOf([
        ...inlineRoutes(table, context),
        anySource(context.joins.to(table, "routeTable"), (route) => isRouteToInternet(route, context)),
      ]),
  ),
);

function inlineRoutes({ resource, attributes }: RouteTable, context: JoinContext): Maybe<boolean>[] {
  return elementsOf(attributes.route.value).map((route) =>
    route instanceof Unknown
      ? route
      : isInternetRoute(
          [
            route.cidr_block.value,
            route.ipv6_cidr_block.value,
            ...ranges(route.destination_prefix_list_id, resource, context),
          ],
          route.gateway_id,
        ),
  );
}

function isRouteToInternet({ resource, attributes }: Modelled<"aws_route">, context: JoinContext): Maybe<boolean> {
  return isInternetRoute(
    [
      attributes.destination_cidr_block.value,
      attributes.destination_ipv6_cidr_block.value,
      ...ranges(attributes.destination_prefix_list_id, resource, context),
    ],
    attributes.gateway_id,
  );
}

function ranges(list: Attribute<string | null>, from: PlanResource, context: JoinContext): readonly Maybe<string>[] {
  return list.state === "unset" ? [] : prefixListRanges(list.value, from, context);
}

function isInternetRoute(
  destinations: readonly Maybe<string | null>[],
  gateway: Attribute<string | null>,
): Maybe<boolean> {
  return allOf([anyOf(destinations.map((cidr) => test(cidr, isWide))), isInternetGateway(gateway.value)]);
}

/** Half of the internet is as good as all of it: routes often name it in two halves. */
function isWide(cidr: string | null): boolean {
  const range = cidr === null ? null : parseRange(cidr);
  return range !== null && !isPrivateRange(range) && comparablePrefix(range) <= widest;
}

const widest = 8;

/** What can stand in `gateway_id`, besides "local". Source: EC2 API Reference, CreateRoute. */
const gateways = /^aws_(?:internet_gateway|vpn_gateway|vpc_endpoint)(?:_attachment)?$/;

/**
 * Of what an expression refers to only gateways can be the value: a route table may stand in it with all its routes. A
 * variable beside them decided when the plan was made whether there is one.
 */
function isInternetGateway(id: Maybe<string | null>): Maybe<boolean> {
  if (!(id instanceof Unknown)) return id?.startsWith("igw-") === true;
  const open = openReferences(id.references);
  const targets = open.flatMap(({ end, isBare }) => ("target" in end && isBare ? [end.target] : []));
  if (targets.length === 0 || targets.length < open.length) return id;
  const named = targets.filter(({ type }) => gateways.test(type));
  if (named.length === 0)
    return targets.every(({ mode, type }) => mode === "managed" && type.startsWith("aws_")) ? false : id;
  const isInternet = named.map(({ type }) => type.startsWith("aws_internet_gateway"));
  return isInternet.every((each) => each === isInternet[0]) ? (isInternet[0] ?? false) : id;
}
