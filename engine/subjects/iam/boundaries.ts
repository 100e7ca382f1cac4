import { oneOf } from "../../joins/join.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PolicyDocument } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import type { Holder } from "./holders.ts";

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

/** What bounds whoever holds a policy; null where nothing of the plan does. */
export function boundaryOfHolder({ kind, role, identity }: Holder, context: JoinContext): Boundary {
  const bounded = role.kind === "none" ? identity : boundedRole(role);
  if (bounded === undefined) return null;
  if (bounded instanceof Unknown) return boundedKinds(context).has(kind) ? bounded : null;
  return boundaryOf(bounded, context);
}

function boundedRole(role: Exclude<Holder["role"], { kind: "none" }>): Maybe<Modelled<"aws_iam_role">> {
  if (role.kind === "one") return role.match;
  return role.kind === "unknown" ? role.unknown : oneOf(role.matches);
}

/** The kinds of holders of which any has a boundary, so that one that the plan does not tell may be it. */
const boundedKinds = once(({ model }: JoinContext): ReadonlySet<Holder["kind"]> => {
  const isBounded = ({ attributes }: Modelled<"aws_iam_role" | "aws_iam_user">) =>
    attributes.permissions_boundary.state !== "unset";
  return new Set([
    ...(model.aws_iam_role.some(isBounded) ? (["role"] as const) : []),
    ...(model.aws_iam_user.some(isBounded) ? (["user"] as const) : []),
    ...(model.aws_ssoadmin_permissions_boundary_attachment.length > 0 ? (["permission set"] as const) : []),
  ]);
});

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
