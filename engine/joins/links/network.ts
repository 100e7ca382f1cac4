import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { listParts } from "../../plan/list-parts.ts";
import { targetsOf } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { Launch, LaunchNetwork } from "../launches.ts";
import {
  inFacts,
  link,
  linkFrom,
  nowhere,
  type Place,
  picture,
  placesOf,
  references,
  type Sources,
  written,
} from "./link.ts";

const securityGroup = "aws_security_group";

const launching = (sources: Sources) => sources.launches();

/** A network that is unknown as a whole hides both groups and subnets. */
function inNetwork(
  select: (network: LaunchNetwork) => Attribute<readonly Maybe<string>[]>,
  places: (list: Attribute<readonly Maybe<string>[]>) => Place[] = placesOf,
) {
  return ({ network: { value, path } }: Launch): Place[] => {
    if (value === null) return [];
    return value instanceof Unknown ? [{ ...written(value, path), isWhole: true }] : places(select(value));
  };
}

/** Of a list that is unknown because one element is, what its references tell. */
function partsOf(list: Attribute<readonly Maybe<string>[]>): Place[] {
  return partsAndMore(list).filter(({ isKnownMore }) => isKnownMore !== true);
}

/** The same, with a place for what else the list may hold. */
function partsAndMore(list: Attribute<readonly Maybe<string>[]>): Place[] {
  const { value, path } = list;
  if (!(value instanceof Unknown)) return placesOf(list);
  const { elements, mayHoldMore } = listParts(value);
  const more = new Unknown("no-join", value.references, "what the list holds besides its references");
  return [
    ...elements.map((element) => ({ ...written(element, path), isWhole: element.references.length === 0 })),
    ...(mayHoldMore ? [{ ...written(more, path), isWhole: true, isKnownMore: true }] : []),
  ];
}

type Group = Modelled<"aws_security_group" | "aws_default_security_group">;

/** All rules of a group stand in one expression, so one unknown part hides them all; the groups that it refers to stay. */
function inlineGroups({ attributes }: Group): Place[] {
  return [attributes.ingress, attributes.egress].flatMap(({ value, path }) =>
    (value instanceof Unknown ? [value] : value).flatMap((rule) =>
      rule instanceof Unknown ? references(rule, path, ["aws_security_group"]) : placesOf(rule.security_groups),
    ),
  );
}

/** A value that is known may be the id of the default table; one that is not only where a VPC says so. */
function namesTableOfVpc({ value }: Place): boolean {
  if (!(value instanceof Unknown)) return true;
  return targetsOf(value.references)?.every(({ type }) => type === "aws_vpc") ?? false;
}

/** What names groups, subnets, tables and networks. */
export const networkLinks = {
  launchGroups: linkFrom(
    launching,
    inNetwork(({ securityGroups }) => securityGroups),
    securityGroup,
  ),
  launchSubnets: linkFrom(
    launching,
    inNetwork(({ subnets }) => subnets),
    "aws_subnet",
  ),
  usedGroup: linkFrom(
    launching,
    inNetwork(({ securityGroups }) => securityGroups, partsOf),
    securityGroup,
    nowhere,
  ),
  usedSubnet: linkFrom(
    launching,
    inNetwork(({ subnets }) => subnets, partsAndMore),
    "aws_subnet",
    nowhere,
  ),
  balancerGroup: linkFrom(
    ({ model }) => model.aws_lb,
    ({ attributes }) => partsOf(attributes.security_groups),
    securityGroup,
    nowhere,
  ),
  subnetVpc: linkFrom(
    ({ model }) => [...model.aws_subnet, ...model.aws_default_subnet],
    ({ attributes }) => placesOf(attributes.vpc_id),
    "aws_vpc",
    inFacts,
  ),
  groupVpc: linkFrom(
    ({ model }) => [...model.aws_security_group, ...model.aws_default_security_group],
    ({ attributes }) => placesOf(attributes.vpc_id),
    "aws_vpc",
    inFacts,
  ),
  defaultGroupVpc: link("aws_default_security_group", "vpc_id", "aws_vpc", nowhere),
  defaultTableVpc: link("aws_default_route_table", "default_route_table_id", "aws_vpc", inFacts),
  endpointVpc: link("aws_vpc_endpoint", "vpc_id", "aws_vpc", inFacts),
  endpointPolicy: link("aws_vpc_endpoint_policy", "vpc_endpoint_id", "aws_vpc_endpoint", inFacts),
  associatedSubnet: link("aws_route_table_association", "subnet_id", "aws_subnet", inFacts),
  associatedTable: link("aws_route_table_association", "route_table_id", "aws_route_table", inFacts),
  mainVpc: link("aws_main_route_table_association", "vpc_id", "aws_vpc", inFacts),
  mainTable: link("aws_main_route_table_association", "route_table_id", "aws_route_table", inFacts),
  routeTable: link("aws_route", "route_table_id", "aws_route_table", inFacts),
  defaultTableRoute: linkFrom(
    ({ model }) => model.aws_route,
    ({ attributes: { route_table_id: table } }) => placesOf(table).filter(namesTableOfVpc),
    "aws_vpc",
    nowhere,
  ),
  prefixListEntry: link("aws_ec2_managed_prefix_list_entry", "prefix_list_id", "aws_ec2_managed_prefix_list", inFacts),
  ruleGroup: link("aws_security_group_rule", "security_group_id", securityGroup, picture),
  ruleSource: link("aws_security_group_rule", "source_security_group_id", securityGroup, picture),
  ingressGroup: link("aws_vpc_security_group_ingress_rule", "security_group_id", securityGroup, picture),
  ingressSource: link("aws_vpc_security_group_ingress_rule", "referenced_security_group_id", securityGroup, picture),
  egressGroup: link("aws_vpc_security_group_egress_rule", "security_group_id", securityGroup, picture),
  egressTarget: link("aws_vpc_security_group_egress_rule", "referenced_security_group_id", securityGroup, picture),
  inlineGroups: linkFrom(
    ({ model }) => [...model.aws_security_group, ...model.aws_default_security_group],
    inlineGroups,
    securityGroup,
    picture,
  ),
  balancerGroups: link("aws_lb", "security_groups", securityGroup, picture),
};
