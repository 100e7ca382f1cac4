import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { lastPathSegment, policyNamedBy, roleNamedBy } from "../joins/relations.ts";

/** Who holds a policy. */
export interface Holder {
  /** The name of the role, user or group. */
  readonly name: Maybe<string>;
  readonly role: Modelled<"aws_iam_role"> | null;
}

/** The role that an attribute names, by name, ARN or reference. */
export function roleHolder(role: Maybe<string | null>, from: PlanResource, context: JoinContext): Holder {
  const found = roleNamedBy(role, from, context);
  if (found.kind === "one")
    return { name: found.match.attributes.name.value ?? new Unknown("computed"), role: found.match };
  if (role instanceof Unknown) return { name: role, role: null };
  return { name: lastPathSegment(role ?? ""), role: null };
}

function named(name: Maybe<string | null>): Holder {
  return { name: name ?? new Unknown("unexpected-shape"), role: null };
}

/** All roles, users and groups that the plan attaches a managed policy to. */
export function policyHolders(policy: Modelled<"aws_iam_policy">, context: JoinContext): Holder[] {
  const { model } = context;
  const attaches = (arn: Maybe<string | null>, from: PlanResource) => {
    const found = policyNamedBy(arn, from, context);
    return found.kind === "one" ? found.match === policy : found.kind === "several" && found.matches.includes(policy);
  };
  const list = (value: Maybe<readonly Maybe<string>[]>) => (value instanceof Unknown ? [value] : value);
  return [
    ...model.aws_iam_role_policy_attachment
      .filter(({ resource, attributes }) => attaches(attributes.policy_arn.value, resource))
      .map(({ resource, attributes }) => roleHolder(attributes.role.value, resource, context)),
    ...model.aws_iam_user_policy_attachment
      .filter(({ resource, attributes }) => attaches(attributes.policy_arn.value, resource))
      .map(({ attributes }) => named(attributes.user.value)),
    ...model.aws_iam_group_policy_attachment
      .filter(({ resource, attributes }) => attaches(attributes.policy_arn.value, resource))
      .map(({ attributes }) => named(attributes.group.value)),
    ...model.aws_iam_policy_attachment
      .filter(({ resource, attributes }) => attaches(attributes.policy_arn.value, resource))
      .flatMap(({ resource, attributes }) => [
        ...list(attributes.roles.value).map((role) => roleHolder(role, resource, context)),
        ...list(attributes.users.value).map(named),
        ...list(attributes.groups.value).map(named),
      ]),
    ...model.aws_iam_role
      .filter(({ resource, attributes }) =>
        list(attributes.managed_policy_arns.value).some((arn) => attaches(arn, resource)),
      )
      .map((role) => ({ name: role.attributes.name.value ?? new Unknown("computed"), role })),
  ];
}

/** Whether any holder is a role with a permissions boundary. */
export function haveBoundary(holders: readonly Holder[]): Maybe<boolean> {
  return anyOf(
    holders.map(({ role }) => {
      const boundary = role?.attributes.permissions_boundary;
      if (boundary === undefined) return false;
      return boundary.state !== "unset";
    }),
  );
}
