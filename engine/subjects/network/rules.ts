import type { Join } from "../../joins/join.ts";
import type { Normalised } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type * as network from "../../model/network.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";

export type SecurityGroup = Modelled<"aws_security_group" | "aws_default_security_group">;

/** A rule of a security group, of whichever of the forms that Terraform has for it. */
export interface Rule {
  readonly resource: PlanResource;
  /** The part of the resource: `ingress[0]`; null where the resource is the rule. */
  readonly name: string | null;
  readonly direction: Maybe<"ingress" | "egress">;
  readonly group: Join<SecurityGroup>;
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

export function securityGroupRules(context: JoinContext): Rules {
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
          else rules.push(inlineRule(rule, group, direction, `${path}[${at}]`));
        }
    }
  }
  return { rules, unread };
}

type InlineRule = Exclude<Exclude<SecurityGroup["attributes"]["ingress"]["value"], Unknown>[number], Unknown>;

function inlineRule(rule: InlineRule, group: SecurityGroup, direction: "ingress" | "egress", name: string): Rule {
  return {
    resource: group.resource,
    name,
    direction,
    group: { kind: "one", match: group, by: "value" },
    path: rule.cidr_blocks.path,
    cidrs: [...elementsOf(rule.cidr_blocks.value), ...elementsOf(rule.ipv6_cidr_blocks.value)],
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
    path: attributes.cidr_blocks.path,
    cidrs: [...elementsOf(attributes.cidr_blocks.value), ...elementsOf(attributes.ipv6_cidr_blocks.value)],
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
  const cidrs = [attributes.cidr_ipv4, attributes.cidr_ipv6].filter(({ state }) => state !== "unset");
  return {
    resource,
    name: null,
    direction,
    group: context.joins.named("aws_security_group", attributes.security_group_id.value, resource),
    path: cidrs[0]?.path ?? "referenced_security_group_id",
    cidrs: cidrs.map(({ value }) => value ?? new Unknown("unexpected-shape")),
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
