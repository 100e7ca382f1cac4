import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import type { JoinContext } from "../context.ts";

/**
 * The policies that bound what roles, users and permission sets of the plan may do. A boundary allows nobody anything.
 * Source: IAM User Guide, "Permissions boundaries for IAM entities".
 */
export const boundaries = once(({ joins, model }: JoinContext): ReadonlySet<Modelled<"aws_iam_policy">> => {
  const named = [...model.aws_iam_role, ...model.aws_iam_user].flatMap(({ resource, attributes }) => {
    const found = joins.named("aws_iam_policy", attributes.permissions_boundary.value, resource);
    return found.kind === "one" ? [found.match] : [];
  });
  const ofSets = model.aws_ssoadmin_permissions_boundary_attachment.flatMap(({ resource, attributes }) => {
    const { customer_managed_policy_reference: reference } = attributes.permissions_boundary.only;
    const found = joins.named("aws_iam_policy", reference.only.name.value, resource);
    return found.kind === "one" ? [found.match] : [];
  });
  return new Set([...named, ...ofSets]);
});
