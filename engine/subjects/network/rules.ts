import type { Join } from "../../joins/join.ts";
import type { Normalised } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type * as network from "../../model/network.ts";
import { once } from "../../once.ts";
import { listParts } from "../../plan/list-parts.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { prefixListRanges } from "./prefix-lists.ts";

export type SecurityGroup = Modelled<"aws_security_group" | "aws_default_security_group">;

/** A rule of a security group, of whichever of the forms that Terraform has for it. */
export interface Rule {
  readonly resource: PlanResource;
  /** The part of the resource: `ingress[0]`; null where the resource is the rule. */
  readonly name: string | null;
  readonly direction: Maybe<"ingress" | "egress">;
  readonly group: Join<SecurityGroup>;
  /** The id of the group, where the rule stands beside it. */
  readonly groupId: Maybe<string | null>;
  /** Where the sources or destinations stand. */
  readonly path: string;
  readonly cidrs: Maybe<readonly Maybe<string>[]>;
  readonly isSelf: Maybe<boolean>;
  readonly protocol: Maybe<string | null>;
  readonly from: Maybe<number | null>;
  readonly to: Maybe<number | null>;
}

/** What stands for the rules of a group that the plan hides. */
interface UnreadRules {
  readonly resource: PlanResource;
  readonly direction: "ingress" | "egress";
  readonly unknown: Unknown;
}

export interface Rules {
  readonly rules: readonly Rule[];
  readonly unread: readonly UnreadRules[];
}

export const securityGroupRules = once((context: JoinContext): Rules => {
  const { model } = context;
  const rules: Rule[] = [
    ...model.aws_security_group_rule.map((rule) => standaloneRule(rule, context)),
    ...model.aws_vpc_security_group_ingress_rule.map((rule) => vpcRule(rule, "ingress", context)),
    ...model.aws_vpc_security_group_egress_rule.map((rule) => vpcRule(rule, "egress", context)),
  ];
  const unread: UnreadRules[] = [];
  for (const group of [...model.aws_security_group, ...model.aws_default_security_group]) {
    for (const direction of ["ingress", "egress"] as const) {
      const { value, path } = group.attributes[direction];
      if (value instanceof Unknown) unread.push({ resource: group.resource, direction, unknown: value });
      else
        for (const [at, rule] of value.entries()) {
          if (rule instanceof Unknown) unread.push({ resource: group.resource, direction, unknown: rule });
          else rules.push(inlineRule(rule, group, { direction, name: `${path}[${at}]` }, context));
        }
    }
  }
  return { rules, unread };
});

type InlineRule = Exclude<Exclude<SecurityGroup["attributes"]["ingress"]["value"], Unknown>[number], Unknown>;

function inPrefixLists(
  lists: Maybe<readonly Maybe<string>[]>,
  from: PlanResource,
  context: JoinContext,
): readonly Maybe<string>[] {
  const all = lists instanceof Unknown ? listParts(lists).elements : lists;
  return all.flatMap((list) => prefixListRanges(list, from, context));
}

function inlineRule(
  rule: InlineRule,
  group: SecurityGroup,
  at: { readonly direction: "ingress" | "egress"; readonly name: string },
  context: JoinContext,
): Rule {
  const { direction, name } = at;
  return {
    resource: group.resource,
    name,
    direction,
    group: { kind: "one", match: group, by: "value" },
    groupId: group.attributes.id.value,
    path: rule.cidr_blocks.path,
    cidrs: [
      ...elementsOf(rule.cidr_blocks.value),
      ...elementsOf(rule.ipv6_cidr_blocks.value),
      ...inPrefixLists(rule.prefix_list_ids.value, group.resource, context),
    ],
    isSelf: rule.self.value,
    protocol: rule.protocol.value,
    from: rule.from_port.value,
    to: rule.to_port.value,
  };
}

function standaloneRule({ resource, attributes }: Modelled<"aws_security_group_rule">, context: JoinContext): Rule {
  const { type } = attributes;
  return {
    resource,
    name: null,
    direction: type.value instanceof Unknown ? type.value : type.value === "egress" ? "egress" : "ingress",
    group: context.joins.named("aws_security_group", attributes.security_group_id.value, resource),
    groupId: attributes.security_group_id.value,
    path: attributes.cidr_blocks.path,
    cidrs: [
      ...elementsOf(attributes.cidr_blocks.value),
      ...elementsOf(attributes.ipv6_cidr_blocks.value),
      ...inPrefixLists(attributes.prefix_list_ids.value, resource, context),
    ],
    isSelf: attributes.self.value,
    protocol: attributes.protocol.value,
    from: attributes.from_port.value,
    to: attributes.to_port.value,
  };
}

function vpcRule(
  { resource, attributes }: { resource: PlanResource; attributes: Normalised<typeof network.vpcSecurityGroupRule> },
  direction: "ingress" | "egress",
  context: JoinContext,
): Rule {
  const listed = attributes.prefix_list_id.state !== "unset";
  const cidrs = [attributes.cidr_ipv4, attributes.cidr_ipv6].filter(({ state }) => state !== "unset");
  return {
    resource,
    name: null,
    direction,
    group: context.joins.named("aws_security_group", attributes.security_group_id.value, resource),
    groupId: attributes.security_group_id.value,
    path: cidrs[0]?.path ?? (listed ? "prefix_list_id" : "referenced_security_group_id"),
    cidrs: [
      ...cidrs.map(({ value }) => value ?? new Unknown("unexpected-shape")),
      ...prefixListRanges(attributes.prefix_list_id.value, resource, context),
    ],
    isSelf: isSameGroup(attributes, resource, context),
    protocol: attributes.ip_protocol.value,
    from: attributes.from_port.value,
    to: attributes.to_port.value,
  };
}

/** A rule whose source is its own group is what `self` is in the other forms. */
function isSameGroup(
  { security_group_id: id, referenced_security_group_id: other }: Normalised<typeof network.vpcSecurityGroupRule>,
  resource: PlanResource,
  context: JoinContext,
): Maybe<boolean> {
  if (other.state === "unset") return false;
  if (typeof id.value === "string" && typeof other.value === "string") return id.value === other.value;
  const own = context.joins.named("aws_security_group", id.value, resource);
  const source = context.joins.named("aws_security_group", other.value, resource);
  if (own.kind === "one" && source.kind === "one") return own.match === source.match;
  return other.value instanceof Unknown ? other.value : false;
}
