import * as z from "zod";
import { attribute, block, listOf } from "./attribute.ts";
import { identityPolicyText, policyText } from "./policy-text.ts";

export const iamRole = {
  name: attribute(z.string(), { kind: "computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  path: attribute(z.string(), { default: "/" }),
  assume_role_policy: policyText(),
  inline_policy: block(
    { name: attribute(z.string()), policy: identityPolicyText() },
    { computed: true, nesting: "set" },
  ),
  managed_policy_arns: attribute(listOf(z.string()), { default: [], kind: "optional-computed" }),
  permissions_boundary: attribute(z.string()),
};

export const iamPolicy = {
  name: attribute(z.string(), { kind: "computed" }),
  name_prefix: attribute(z.string(), { kind: "optional-computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  policy: identityPolicyText(),
};

export const iamUser = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
};

export const iamGroup = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
};

export const iamRolePolicy = {
  name: attribute(z.string(), { kind: "computed" }),
  role: attribute(z.string()),
  policy: identityPolicyText(),
};

export const iamAccessKey = {
  user: attribute(z.string()),
  status: attribute(z.string(), { default: "Active" }),
};

export const iamUserPolicy = {
  user: attribute(z.string()),
  policy: identityPolicyText(),
};

export const iamGroupPolicy = {
  group: attribute(z.string()),
  policy: identityPolicyText(),
};

export const iamRolePolicyAttachment = {
  role: attribute(z.string()),
  policy_arn: attribute(z.string()),
};

export const iamUserPolicyAttachment = {
  user: attribute(z.string()),
  policy_arn: attribute(z.string()),
};

export const iamGroupPolicyAttachment = {
  group: attribute(z.string()),
  policy_arn: attribute(z.string()),
};

export const iamPolicyAttachment = {
  policy_arn: attribute(z.string()),
  roles: attribute(listOf(z.string()), { default: [] }),
  users: attribute(listOf(z.string()), { default: [] }),
  groups: attribute(listOf(z.string()), { default: [] }),
};

const policyArns = attribute(listOf(z.string()), { default: [] });

export const iamRolePolicyAttachmentsExclusive = {
  role_name: attribute(z.string()),
  policy_arns: policyArns,
};

/** Inline policies that it names stay with the role, those of this plan and others. */
export const iamRolePoliciesExclusive = {
  role_name: attribute(z.string()),
  policy_names: attribute(listOf(z.string()), { default: [] }),
};

export const iamUserPolicyAttachmentsExclusive = {
  user_name: attribute(z.string()),
  policy_arns: policyArns,
};

export const iamGroupPolicyAttachmentsExclusive = {
  group_name: attribute(z.string()),
  policy_arns: policyArns,
};
