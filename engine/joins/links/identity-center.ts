import { inFacts, link, linkFrom, placesOf } from "./link.ts";

const set = "aws_ssoadmin_permission_set";
const policy = "aws_iam_policy";

/** Which policies the permission sets of Identity Center have. */
export const identityCenterLinks = {
  inlinePermissionSet: link("aws_ssoadmin_permission_set_inline_policy", "permission_set_arn", set, inFacts),
  attachedPermissionSet: link("aws_ssoadmin_managed_policy_attachment", "permission_set_arn", set, inFacts),
  customerPermissionSet: link("aws_ssoadmin_customer_managed_policy_attachment", "permission_set_arn", set, inFacts),
  boundaryPermissionSet: link("aws_ssoadmin_permissions_boundary_attachment", "permission_set_arn", set, inFacts),
  customerPolicy: linkFrom(
    ({ model }) => model.aws_ssoadmin_customer_managed_policy_attachment,
    ({ attributes }) => placesOf(attributes.customer_managed_policy_reference.only.name),
    policy,
    inFacts,
  ),
};
