import * as z from "zod";
import { attribute, block, listOf } from "./attribute.ts";
import { policyText } from "./policy-text.ts";

const cidrs = attribute(listOf(z.string()), { default: [] });
const ids = attribute(listOf(z.string()), { default: [] });

/** A rule within a group. The provider keeps what is not written as it is, so an unset `ingress` says nothing. */
const inlineRule = block(
  {
    from_port: attribute(z.number()),
    to_port: attribute(z.number()),
    protocol: attribute(z.string()),
    cidr_blocks: cidrs,
    ipv6_cidr_blocks: cidrs,
    prefix_list_ids: ids,
    security_groups: ids,
    self: attribute(z.boolean(), { default: false }),
  },
  { computed: true, nesting: "set" },
);

export const securityGroup = {
  id: attribute(z.string(), { kind: "computed" }),
  vpc_id: attribute(z.string(), { kind: "computed" }),
  ingress: inlineRule,
  egress: inlineRule,
};

export const securityGroupRule = {
  type: attribute(z.string()),
  security_group_id: attribute(z.string()),
  from_port: attribute(z.number()),
  to_port: attribute(z.number()),
  protocol: attribute(z.string()),
  cidr_blocks: cidrs,
  ipv6_cidr_blocks: cidrs,
  prefix_list_ids: ids,
  source_security_group_id: attribute(z.string(), { kind: "optional-computed" }),
  self: attribute(z.boolean(), { default: false }),
};

/** `aws_vpc_security_group_ingress_rule` and `…_egress_rule`: one source each. */
export const vpcSecurityGroupRule = {
  security_group_id: attribute(z.string()),
  from_port: attribute(z.number()),
  to_port: attribute(z.number()),
  ip_protocol: attribute(z.string()),
  cidr_ipv4: attribute(z.string()),
  cidr_ipv6: attribute(z.string()),
  prefix_list_id: attribute(z.string()),
  referenced_security_group_id: attribute(z.string()),
};

export const loadBalancer = {
  security_groups: attribute(listOf(z.string()), { default: [], kind: "optional-computed" }),
};

export const vpc = {
  id: attribute(z.string(), { kind: "computed" }),
  default_security_group_id: attribute(z.string(), { kind: "computed" }),
  main_route_table_id: attribute(z.string(), { kind: "computed" }),
  default_route_table_id: attribute(z.string(), { kind: "computed" }),
};

export const vpcEndpoint = {
  id: attribute(z.string(), { kind: "computed" }),
  vpc_id: attribute(z.string()),
  service_name: attribute(z.string()),
  vpc_endpoint_type: attribute(z.string(), { default: "Gateway" }),
  private_dns_enabled: attribute(z.boolean(), { default: false, kind: "optional-computed" }),
  policy: policyText({ kind: "optional-computed" }),
};

export const vpcEndpointPolicy = {
  vpc_endpoint_id: attribute(z.string()),
  policy: policyText({ kind: "optional-computed" }),
};

export const subnet = {
  id: attribute(z.string(), { kind: "computed" }),
  vpc_id: attribute(z.string()),
  map_public_ip_on_launch: attribute(z.boolean(), { default: false }),
};

/** A default subnet of AWS, which gives out public addresses. Source: Amazon VPC User Guide, "Default VPCs". */
export const defaultSubnet = {
  ...subnet,
  vpc_id: attribute(z.string(), { kind: "computed" }),
  map_public_ip_on_launch: attribute(z.boolean(), { default: true, kind: "optional-computed" }),
};

/** A route within a table; what is not written is kept as it is. */
const inlineRoute = block(
  {
    cidr_block: attribute(z.string()),
    ipv6_cidr_block: attribute(z.string()),
    destination_prefix_list_id: attribute(z.string()),
    gateway_id: attribute(z.string()),
  },
  { computed: true, nesting: "set" },
);

export const routeTable = {
  id: attribute(z.string(), { kind: "computed" }),
  route: inlineRoute,
};

/** The provider takes away all routes of the table that are not written. */
export const defaultRouteTable = {
  id: attribute(z.string(), { kind: "computed" }),
  default_route_table_id: attribute(z.string()),
  route: inlineRoute,
};

export const managedPrefixList = {
  id: attribute(z.string(), { kind: "computed" }),
  entry: block({ cidr: attribute(z.string()) }, { computed: true, nesting: "set" }),
};

export const managedPrefixListEntry = {
  prefix_list_id: attribute(z.string()),
  cidr: attribute(z.string()),
};

export const route = {
  route_table_id: attribute(z.string()),
  destination_cidr_block: attribute(z.string()),
  destination_ipv6_cidr_block: attribute(z.string()),
  destination_prefix_list_id: attribute(z.string()),
  gateway_id: attribute(z.string()),
};

export const routeTableAssociation = {
  subnet_id: attribute(z.string()),
  route_table_id: attribute(z.string()),
};

export const mainRouteTableAssociation = {
  vpc_id: attribute(z.string()),
  route_table_id: attribute(z.string()),
};

export const internetGateway = {
  id: attribute(z.string(), { kind: "computed" }),
};

export const cloudwatchLogGroup = {
  name: attribute(z.string(), { kind: "computed" }),
  name_prefix: attribute(z.string(), { kind: "optional-computed" }),
  /** 0 means that the logs never expire. */
  retention_in_days: attribute(z.number(), { default: 0 }),
  arn: attribute(z.string(), { kind: "computed" }),
};
