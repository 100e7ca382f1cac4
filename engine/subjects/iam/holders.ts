import { type Join, oneOf } from "../../joins/join.ts";
import { lastPathSegment } from "../../joins/names.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";

/** Who holds a policy. */
export interface Holder {
  readonly kind: "role" | "user" | "group" | "permission set";
  readonly name: Maybe<string>;
  /** The role of the plan; `none` for users and groups, and for roles that are managed elsewhere. */
  readonly role: Join<Modelled<"aws_iam_role">>;
  /** The user or permission set of the plan; unknown where the plan does not tell which. */
  readonly identity?: Maybe<Modelled<"aws_iam_user" | "aws_ssoadmin_permission_set">>;
  /** Whether an attachment may name the policy, but the plan does not tell; name and role are unknown then. */
  readonly isPossible?: boolean;
}

type Name = Maybe<string | null>;

/** What people call it: its name, or its address where only AWS will tell the name of what this plan makes. */
export function labelOf({ name, role, identity }: Pick<Holder, "name" | "role" | "identity">): Maybe<string> {
  if (!(name instanceof Unknown)) return name;
  const own = role.kind === "one" ? role.match : identity;
  return own === undefined || own instanceof Unknown ? name : own.resource.address;
}

/** The role that an attribute names, by name, ARN or reference. */
export function roleHolder(name: Name, from: PlanResource, context: JoinContext): Holder {
  const role = context.joins.named("aws_iam_role", name, from);
  return { kind: "role", name: nameOf(name, role), role };
}

export function userHolder(name: Name, from: PlanResource, context: JoinContext): Holder {
  const found = context.joins.named("aws_iam_user", name, from);
  return { kind: "user", name: nameOf(name, found), role: { kind: "none" }, ...identityIn(found) };
}

export function groupHolder(name: Name, from: PlanResource, context: JoinContext): Holder {
  return {
    kind: "group",
    name: nameOf(name, context.joins.named("aws_iam_group", name, from)),
    role: { kind: "none" },
  };
}

/** The permission set of Identity Center that an attribute names by its ARN. */
export function permissionSetHolder(arn: Name, from: PlanResource, context: JoinContext): Holder {
  const found = context.joins.named("aws_ssoadmin_permission_set", arn, from);
  return { kind: "permission set", name: nameOf(arn, found), role: { kind: "none" }, ...identityIn(found) };
}

function identityIn(found: Join<Modelled<"aws_iam_user" | "aws_ssoadmin_permission_set">>): Pick<Holder, "identity"> {
  switch (found.kind) {
    case "one":
      return { identity: found.match };
    case "several":
      return { identity: oneOf(found.matches) };
    case "unknown":
      return { identity: found.unknown };
    case "none":
      return {};
  }
}

/** The role itself, as the holder of what stands within it. */
export function ownHolder(role: Modelled<"aws_iam_role">): Holder {
  return {
    kind: "role",
    name: role.attributes.name.value ?? new Unknown("computed"),
    role: { kind: "one", match: role, by: "value" },
  };
}

function nameOf(
  written: Name,
  found: Join<Modelled<"aws_iam_role" | "aws_iam_user" | "aws_iam_group" | "aws_ssoadmin_permission_set">>,
): Maybe<string> {
  if (found.kind === "one") return found.match.attributes.name.value ?? new Unknown("computed");
  if (written instanceof Unknown) return written;
  return written === null ? new Unknown("unexpected-shape") : lastPathSegment(written);
}

/** Whether any holder is a role with a permissions boundary. */
export function haveBoundary(holders: readonly Holder[]): Maybe<boolean> {
  return anyOf(
    holders.map(({ role }) => {
      if (role.kind === "unknown") return role.unknown;
      if (role.kind === "several") return oneOf(role.matches, "the policy is attached to");
      return role.kind === "one" && role.match.attributes.permissions_boundary.state !== "unset";
    }),
  );
}
