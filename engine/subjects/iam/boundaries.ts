import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import type { JoinContext } from "../context.ts";

/**
 * The policies that bound what roles and users of the plan may do. A boundary allows nobody anything.
 * Source: IAM User Guide, "Permissions boundaries for IAM entities".
 */
export const boundaries = once(({ joins, model }: JoinContext): ReadonlySet<Modelled<"aws_iam_policy">> => {
  const named = [...model.aws_iam_role, ...model.aws_iam_user].flatMap(({ resource, attributes }) => {
    const found = joins.named("aws_iam_policy", attributes.permissions_boundary.value, resource);
    return found.kind === "one" ? [found.match] : [];
  });
  return new Set(named);
});
