import type { Attribute } from "../../model/attribute.ts";
import type { PlanResource } from "../../plan/read.ts";
import type { Maybe } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { attributeJoin, listJoins, type Relation, type ResourceJoin } from "./attribute-joins.ts";
import { groupNamedBy, policyNamedBy, roleNamedBy, userNamedBy } from "./relations.ts";

type Named = Attribute<string | null>;
type NamedList = Attribute<readonly Maybe<string>[]>;

/** What inline policies and attachments say of roles, users, groups and policies. */
export function iamJoins(context: JoinContext): ResourceJoin[] {
  const { model } = context;
  const one = (to: string, relation: Relation) => (resource: PlanResource, attribute: Named) =>
    attributeJoin(resource, attribute, to, relation, context);
  const each = (to: string, relation: Relation) => (resource: PlanResource, list: NamedList) =>
    listJoins(resource, list, to, relation, context);
  const role = one("aws_iam_role", roleNamedBy);
  const user = one("aws_iam_user", userNamedBy);
  const group = one("aws_iam_group", groupNamedBy);
  const policy = one("aws_iam_policy", policyNamedBy);
  const roles = each("aws_iam_role", roleNamedBy);
  const users = each("aws_iam_user", userNamedBy);
  const groups = each("aws_iam_group", groupNamedBy);
  const policies = each("aws_iam_policy", policyNamedBy);
  return [
    ...model.aws_iam_role_policy.flatMap(({ resource, attributes }) => role(resource, attributes.role)),
    ...model.aws_iam_user_policy.flatMap(({ resource, attributes }) => user(resource, attributes.user)),
    ...model.aws_iam_access_key.flatMap(({ resource, attributes }) => user(resource, attributes.user)),
    ...model.aws_iam_group_policy.flatMap(({ resource, attributes }) => group(resource, attributes.group)),
    ...model.aws_iam_role_policy_attachment.flatMap(({ resource, attributes }) => [
      ...role(resource, attributes.role),
      ...policy(resource, attributes.policy_arn),
    ]),
    ...model.aws_iam_user_policy_attachment.flatMap(({ resource, attributes }) => [
      ...user(resource, attributes.user),
      ...policy(resource, attributes.policy_arn),
    ]),
    ...model.aws_iam_group_policy_attachment.flatMap(({ resource, attributes }) => [
      ...group(resource, attributes.group),
      ...policy(resource, attributes.policy_arn),
    ]),
    ...model.aws_iam_policy_attachment.flatMap(({ resource, attributes }) => [
      ...roles(resource, attributes.roles),
      ...users(resource, attributes.users),
      ...groups(resource, attributes.groups),
      ...policy(resource, attributes.policy_arn),
    ]),
    ...model.aws_iam_role.flatMap(({ resource, attributes }) => policies(resource, attributes.managed_policy_arns)),
    ...model.aws_iam_role_policy_attachments_exclusive.flatMap(({ resource, attributes }) => [
      ...role(resource, attributes.role_name),
      ...policies(resource, attributes.policy_arns),
    ]),
    ...model.aws_iam_user_policy_attachments_exclusive.flatMap(({ resource, attributes }) => [
      ...user(resource, attributes.user_name),
      ...policies(resource, attributes.policy_arns),
    ]),
    ...model.aws_iam_group_policy_attachments_exclusive.flatMap(({ resource, attributes }) => [
      ...group(resource, attributes.group_name),
      ...policies(resource, attributes.policy_arns),
    ]),
  ];
}
