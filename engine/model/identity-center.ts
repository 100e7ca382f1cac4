import { attribute, onlyBlock } from "./attribute.ts";
import { identityPolicyText } from "./policy-text.ts";
import { string } from "./schemas.ts";

export const permissionSet = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
};

export const permissionSetInlinePolicy = {
  permission_set_arn: attribute(string),
  inline_policy: identityPolicyText(),
};

export const permissionSetPolicyAttachment = {
  permission_set_arn: attribute(string),
  managed_policy_arn: attribute(string),
};

/** The policy of this name in each account that the permission set is given in. */
const customerPolicy = onlyBlock({ name: attribute(string) });

export const permissionSetCustomerAttachment = {
  permission_set_arn: attribute(string),
  customer_managed_policy_reference: customerPolicy,
};

export const permissionSetBoundary = {
  permission_set_arn: attribute(string),
  permissions_boundary: onlyBlock({
    managed_policy_arn: attribute(string),
    customer_managed_policy_reference: customerPolicy,
  }),
};
