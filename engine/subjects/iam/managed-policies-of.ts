import { awsManagedPolicyName, loadManagedPolicies, type ManagedPolicies } from "../../iam/managed-policies.ts";
import type { Model } from "../../model/model.ts";
import { elementsOf } from "../../plan/unknown.ts";

/** AWS's managed policies, where a resource of the plan names one: the table costs time, which other plans do not pay. */
export async function managedPoliciesOf(model: Model): Promise<ManagedPolicies | null> {
  const attachments = [
    ...model.aws_iam_role_policy_attachment,
    ...model.aws_iam_user_policy_attachment,
    ...model.aws_iam_group_policy_attachment,
    ...model.aws_iam_policy_attachment,
  ];
  const exclusives = [
    ...model.aws_iam_role_policy_attachments_exclusive,
    ...model.aws_iam_user_policy_attachments_exclusive,
    ...model.aws_iam_group_policy_attachments_exclusive,
  ];
  const arns = [
    ...attachments.map(({ attributes }) => attributes.policy_arn.value),
    ...model.aws_ssoadmin_managed_policy_attachment.map(({ attributes }) => attributes.managed_policy_arn.value),
    ...exclusives.flatMap(({ attributes }) => elementsOf(attributes.policy_arns.value)),
    ...model.aws_iam_role.flatMap(({ attributes }) => [
      ...elementsOf(attributes.managed_policy_arns.value),
      attributes.permissions_boundary.value,
    ]),
  ];
  const namesOne = arns.some((arn) => typeof arn === "string" && awsManagedPolicyName(arn) !== null);
  return namesOne ? loadManagedPolicies() : null;
}
