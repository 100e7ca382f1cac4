import { attribute, block } from "./attribute.ts";
import { policyText } from "./policy-text.ts";
import { boolean, number, string, strings } from "./schemas.ts";

const cidrs = attribute(strings, { default: [] });
const ids = attribute(strings, { default: [] });

/** A rule within a group. The provider keeps what is not written as it is, so an unset `ingress` says nothing. */
const inlineRule = block(
  {
    from_port: attribute(number),
    to_port: attribute(number),
    protocol: attribute(string),
    cidr_blocks: cidrs,
    ipv6_cidr_blocks: cidrs,
    prefix_list_ids: ids,
    security_groups: ids,
    self: attribute(boolean, { default: false }),
  },
  { computed: true, nesting: "set" },
);

export const securityGroup = {
  id: attribute(string, { kind: "computed" }),
  vpc_id: attribute(string, { kind: "computed" }),
  ingress: inlineRule,
  egress: inlineRule,
};

export const securityGroupRule = {
  type: attribute(string),
  security_group_id: attribute(string),
  from_port: attribute(number),
  to_port: attribute(number),
  protocol: attribute(string),
  cidr_blocks: cidrs,
  ipv6_cidr_blocks: cidrs,
  prefix_list_ids: ids,
  source_security_group_id: attribute(string, { kind: "optional-computed" }),
  self: attribute(boolean, { default: false }),
};

/** `aws_vpc_security_group_ingress_rule` and `…_egress_rule`: one source each. */
export const vpcSecurityGroupRule = {
  security_group_id: attribute(string),
  from_port: attribute(number),
  to_port: attribute(number),
  ip_protocol: attribute(string),
  cidr_ipv4: attribute(string),
  cidr_ipv6: attribute(string),
  prefix_list_id: attribute(string),
  referenced_security_group_id: attribute(string),
};

export const loadBalancer = {
  arn: attribute(string, { kind: "computed" }),
  internal: attribute(boolean, { default: false, kind: "optional-computed" }),
  security_groups: attribute(strings, { default: [], kind: "optional-computed" }),
};

export const vpc = {
  id: attribute(string, { kind: "computed" }),
  default_security_group_id: attribute(string, { kind: "computed" }),
  main_route_table_id: attribute(string, { kind: "computed" }),
  default_route_table_id: attribute(string, { kind: "computed" }),
};

export const vpcEndpoint = {
  id: attribute(string, { kind: "computed" }),
  vpc_id: attribute(string),
  service_name: attribute(string),
  vpc_endpoint_type: attribute(string, { default: "Gateway" }),
  private_dns_enabled: attribute(boolean, { default: false, kind: "optional-computed" }),
  policy: policyText({ kind: "optional-computed" }),
};

export const vpcEndpointPolicy = {
  vpc_endpoint_id: attribute(string),
  policy: policyText({ kind: "optional-computed" }),
};

export const subnet = {
  id: attribute(string, { kind: "computed" }),
  vpc_id: attribute(string),
  cidr_block: attribute(string, { kind: "optional-computed" }),
  map_public_ip_on_launch: attribute(boolean, { default: false }),
};

/** A default subnet of AWS, which gives out public addresses. Source: Amazon VPC User Guide, "Default VPCs". */
export const defaultSubnet = {
  ...subnet,
  vpc_id: attribute(string, { kind: "computed" }),
  map_public_ip_on_launch: attribute(boolean, { default: true, kind: "optional-computed" }),
};

/** A route within a table; what is not written is kept as it is. */
const inlineRoute = block(
  {
    cidr_block: attribute(string),
    ipv6_cidr_block: attribute(string),
    destination_prefix_list_id: attribute(string),
    gateway_id: attribute(string),
  },
  { computed: true, nesting: "set" },
);

export const routeTable = {
  id: attribute(string, { kind: "computed" }),
  route: inlineRoute,
};

/** The provider takes away all routes of the table that are not written. */
export const defaultRouteTable = {
  id: attribute(string, { kind: "computed" }),
  default_route_table_id: attribute(string),
  route: inlineRoute,
};

export const managedPrefixList = {
  id: attribute(string, { kind: "computed" }),
  entry: block({ cidr: attribute(string) }, { computed: true, nesting: "set" }),
};

export const managedPrefixListEntry = {
  prefix_list_id: attribute(string),
  cidr: attribute(string),
};

export const route = {
  route_table_id: attribute(string),
  destination_cidr_block: attribute(string),
  destination_ipv6_cidr_block: attribute(string),
  destination_prefix_list_id: attribute(string),
  gateway_id: attribute(string),
};

export const routeTableAssociation = {
  subnet_id: attribute(string),
  route_table_id: attribute(string),
};

export const mainRouteTableAssociation = {
  vpc_id: attribute(string),
  route_table_id: attribute(string),
};

export const internetGateway = {
  id: attribute(string, { kind: "computed" }),
};

export const cloudwatchLogGroup = {
  name: attribute(string, { kind: "computed" }),
  name_prefix: attribute(string, { kind: "optional-computed" }),
  /** 0 means that the logs never expire. */
  retention_in_days: attribute(number, { default: 0 }),
  arn: attribute(string, { kind: "computed" }),
};
