import { attribute, block } from "./attribute.ts";
import { identityPolicyText, policyText } from "./policy-text.ts";
import { string, strings } from "./schemas.ts";

export const iamRole = {
  name: attribute(string, { kind: "computed" }),
  arn: attribute(string, { kind: "computed" }),
  path: attribute(string, { default: "/" }),
  assume_role_policy: policyText(),
  inline_policy: block({ name: attribute(string), policy: identityPolicyText() }, { computed: true, nesting: "set" }),
  managed_policy_arns: attribute(strings, { default: [], kind: "optional-computed" }),
  permissions_boundary: attribute(string),
};

export const iamPolicy = {
  name: attribute(string, { kind: "computed" }),
  name_prefix: attribute(string, { kind: "optional-computed" }),
  arn: attribute(string, { kind: "computed" }),
  policy: identityPolicyText(),
};

export const iamUser = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  permissions_boundary: attribute(string),
};

export const iamGroup = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
};

export const iamRolePolicy = {
  name: attribute(string, { kind: "computed" }),
  role: attribute(string),
  policy: identityPolicyText(),
};

export const iamAccessKey = {
  user: attribute(string),
  status: attribute(string, { default: "Active" }),
};

export const iamUserPolicy = {
  user: attribute(string),
  policy: identityPolicyText(),
};

export const iamGroupPolicy = {
  group: attribute(string),
  policy: identityPolicyText(),
};

export const iamRolePolicyAttachment = {
  role: attribute(string),
  policy_arn: attribute(string),
};

export const iamUserPolicyAttachment = {
  user: attribute(string),
  policy_arn: attribute(string),
};

export const iamGroupPolicyAttachment = {
  group: attribute(string),
  policy_arn: attribute(string),
};

export const iamPolicyAttachment = {
  policy_arn: attribute(string),
  roles: attribute(strings, { default: [] }),
  users: attribute(strings, { default: [] }),
  groups: attribute(strings, { default: [] }),
};

const policyArns = attribute(strings, { default: [] });

export const iamRolePolicyAttachmentsExclusive = {
  role_name: attribute(string),
  policy_arns: policyArns,
};

/** Inline policies that it names stay with the role, those of this plan and others. */
export const iamRolePoliciesExclusive = {
  role_name: attribute(string),
  policy_names: attribute(strings, { default: [] }),
};

export const iamUserPolicyAttachmentsExclusive = {
  user_name: attribute(string),
  policy_arns: policyArns,
};

export const iamGroupPolicyAttachmentsExclusive = {
  group_name: attribute(string),
  policy_arns: policyArns,
};
