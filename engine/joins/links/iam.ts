import { byArn, byName, link } from "./link.ts";

const role = "aws_iam_role";
const user = "aws_iam_user";
const group = "aws_iam_group";
const policy = "aws_iam_policy";

/** Which policies name which roles, users and groups, and the other way round. */
export const iamLinks = {
  rolePolicy: link("aws_iam_role_policy", "role", role, byName),
  userPolicy: link("aws_iam_user_policy", "user", user, byName),
  accessKey: link("aws_iam_access_key", "user", user, byName),
  groupPolicy: link("aws_iam_group_policy", "group", group, byName),
  attachmentRole: link("aws_iam_role_policy_attachment", "role", role, byName),
  roleAttachment: link("aws_iam_role_policy_attachment", "policy_arn", policy, byArn),
  attachmentUser: link("aws_iam_user_policy_attachment", "user", user, byName),
  userAttachment: link("aws_iam_user_policy_attachment", "policy_arn", policy, byArn),
  attachmentGroup: link("aws_iam_group_policy_attachment", "group", group, byName),
  groupAttachment: link("aws_iam_group_policy_attachment", "policy_arn", policy, byArn),
  attachmentRoles: link("aws_iam_policy_attachment", "roles", role, byName),
  attachmentUsers: link("aws_iam_policy_attachment", "users", user, byName),
  attachmentGroups: link("aws_iam_policy_attachment", "groups", group, byName),
  attachment: link("aws_iam_policy_attachment", "policy_arn", policy, byArn),
  managedPolicies: link("aws_iam_role", "managed_policy_arns", policy, byArn),
  exclusiveInlineRole: link("aws_iam_role_policies_exclusive", "role_name", role, byName),
  exclusiveRole: link("aws_iam_role_policy_attachments_exclusive", "role_name", role, byName),
  exclusiveRolePolicies: link("aws_iam_role_policy_attachments_exclusive", "policy_arns", policy, byArn),
  exclusiveUser: link("aws_iam_user_policy_attachments_exclusive", "user_name", user, byName),
  exclusiveUserPolicies: link("aws_iam_user_policy_attachments_exclusive", "policy_arns", policy, byArn),
  exclusiveGroup: link("aws_iam_group_policy_attachments_exclusive", "group_name", group, byName),
  exclusiveGroupPolicies: link("aws_iam_group_policy_attachments_exclusive", "policy_arns", policy, byArn),
};
