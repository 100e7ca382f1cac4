import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { attributeJoin, listJoins, type ResourceJoin } from "./attribute-joins.ts";
import { securityGroupNamedBy } from "./relations.ts";

const to = "aws_security_group";

/** The group that a rule belongs to, the groups that it lets in or out, and the groups of load balancers. */
export function groupJoins(context: JoinContext): ResourceJoin[] {
  const { model } = context;
  const vpcRules = [...model.aws_vpc_security_group_ingress_rule, ...model.aws_vpc_security_group_egress_rule];
  return [
    ...model.aws_security_group_rule.flatMap(({ resource, attributes }) =>
      [attributes.security_group_id, attributes.source_security_group_id].flatMap((id) =>
        attributeJoin(resource, id, to, securityGroupNamedBy, context),
      ),
    ),
    ...vpcRules.flatMap(({ resource, attributes }) =>
      [attributes.security_group_id, attributes.referenced_security_group_id].flatMap((id) =>
        attributeJoin(resource, id, to, securityGroupNamedBy, context),
      ),
    ),
    ...model.aws_security_group.flatMap((group) => inlineJoins(group, context)),
    ...model.aws_default_security_group.flatMap((group) => inlineJoins(group, context)),
    ...model.aws_lb.flatMap(({ resource, attributes }) =>
      listJoins(resource, attributes.security_groups, to, securityGroupNamedBy, context),
    ),
  ];
}

type Group = Modelled<"aws_security_group" | "aws_default_security_group">;

function inlineJoins({ resource, attributes }: Group, context: JoinContext): ResourceJoin[] {
  return [attributes.ingress, attributes.egress].flatMap(({ value, path }) =>
    (value instanceof Unknown ? [value] : value).flatMap((rule) =>
      rule instanceof Unknown
        ? referredGroups(resource, path, rule, context)
        : listJoins(resource, rule.security_groups, to, securityGroupNamedBy, context),
    ),
  );
}

/** All rules of a group stand in one expression, so one unknown part hides them all; the groups that it refers to stay. */
function referredGroups(
  resource: PlanResource,
  path: string,
  { references, reason }: Unknown,
  context: JoinContext,
): ResourceJoin[] {
  return references
    .filter(({ end }) => "target" in end && end.target.type === to)
    .map((reference) => ({
      resource,
      path,
      to,
      join: securityGroupNamedBy(new Unknown(reason, [reference]), resource, context),
    }));
}
