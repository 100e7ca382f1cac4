import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PolicyDocument } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
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

type Bounded = Modelled<"aws_iam_role" | "aws_iam_user" | "aws_ssoadmin_permission_set">;
type Boundary = Maybe<PolicyDocument> | null;

/** What the permissions boundary of a role, a user or a permission set allows at most; null where it has none. */
export function boundaryOf(holder: Bounded, context: JoinContext): Boundary {
  const { resource, attributes } = holder;
  if ("permissions_boundary" in attributes) return documentNamed(attributes.permissions_boundary, resource, context);
  const { certain, possible } = context.joins.to(holder, "boundaryPermissionSet");
  const [attached] = certain;
  if (attached === undefined) return possible[0]?.unknown ?? null;
  const { resource: from, attributes: named } = attached.source;
  const { managed_policy_arn: arn, customer_managed_policy_reference: reference } = named.permissions_boundary.only;
  return documentNamed(arn.state === "unset" ? reference.only.name : arn, from, context);
}

function documentNamed(
  { value, path, state }: Attribute<string | null>,
  from: PlanResource,
  context: JoinContext,
): Boundary {
  if (state === "unset") return null;
  const found = context.joins.named("aws_iam_policy", value, from);
  if (found.kind === "one") return found.match.attributes.policy.document;
  const document = typeof value === "string" ? context.managedPolicies?.documentOf(value, path) : null;
  return document ?? new Unknown("stated", [], "a permissions boundary may deny it");
}
