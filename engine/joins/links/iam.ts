import { link } from "./link.ts";

const role = "aws_iam_role";
const user = "aws_iam_user";
const group = "aws_iam_group";
const policy = "aws_iam_policy";

/** Which policies name which roles, users and groups, and the other way round. */
export const iamLinks = {
  rolePolicy: link("aws_iam_role_policy", "role", role),
  userPolicy: link("aws_iam_user_policy", "user", user),
  accessKey: link("aws_iam_access_key", "user", user),
  groupPolicy: link("aws_iam_group_policy", "group", group),
  attachmentRole: link("aws_iam_role_policy_attachment", "role", role),
  roleAttachment: link("aws_iam_role_policy_attachment", "policy_arn", policy),
  attachmentUser: link("aws_iam_user_policy_attachment", "user", user),
  userAttachment: link("aws_iam_user_policy_attachment", "policy_arn", policy),
  attachmentGroup: link("aws_iam_group_policy_attachment", "group", group),
  groupAttachment: link("aws_iam_group_policy_attachment", "policy_arn", policy),
  attachmentRoles: link("aws_iam_policy_attachment", "roles", role),
  attachmentUsers: link("aws_iam_policy_attachment", "users", user),
  attachmentGroups: link("aws_iam_policy_attachment", "groups", group),
  attachment: link("aws_iam_policy_attachment", "policy_arn", policy),
  managedPolicies: link("aws_iam_role", "managed_policy_arns", policy),
  exclusiveInlineRole: link("aws_iam_role_policies_exclusive", "role_name", role),
  exclusiveRole: link("aws_iam_role_policy_attachments_exclusive", "role_name", role),
  exclusiveRolePolicies: link("aws_iam_role_policy_attachments_exclusive", "policy_arns", policy),
  exclusiveUser: link("aws_iam_user_policy_attachments_exclusive", "user_name", user),
  exclusiveUserPolicies: link("aws_iam_user_policy_attachments_exclusive", "policy_arns", policy),
  exclusiveGroup: link("aws_iam_group_policy_attachments_exclusive", "group_name", group),
  exclusiveGroupPolicies: link("aws_iam_group_policy_attachments_exclusive", "policy_arns", policy),
};
