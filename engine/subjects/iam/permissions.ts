import { awsManagedPolicyName, managedPolicyDocument } from "../../iam/managed-policies.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PolicyDocument } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { elements } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { join } from "../joins/join.ts";
import { policyDocument } from "../policy-documents.ts";
import { statementName } from "../statement-names.ts";
import { type Attachment, policyHolders } from "./attachments.ts";
import type { HeldStatement } from "./held-statement.ts";
import { groupHolder, type Holder, ownHolder, roleHolder, userHolder } from "./holders.ts";

/** A statement of an identity policy, named within its resource. */
interface Permission extends HeldStatement {
  readonly name: string;
}

/** A place that may hold statements which the plan does not tell. */
interface UnreadPermission {
  readonly resource: PlanResource;
  readonly name: string;
  readonly path: string;
  readonly unknown: Unknown;
  readonly holders: readonly Holder[];
  /** Whether they are those of a policy that the plan does not manage. */
  readonly isOutside: boolean;
}

export interface Permissions {
  readonly statements: readonly Permission[];
  readonly unread: readonly UnreadPermission[];
}

/** The statements of all identity policies of the plan; trust policies are another matter. */
export function planPermissions(attached: readonly Attachment[], context: JoinContext): Permissions {
  const { model } = context;
  return merge([
    ...model.aws_iam_policy.map((policy) =>
      permissionsOf(policy.resource, policy.attributes.policy, policyHolders(policy, attached), context),
    ),
    ...model.aws_iam_role_policy.map(({ resource, attributes }) =>
      permissionsOf(resource, attributes.policy, [roleHolder(attributes.role.value, resource, context)], context),
    ),
    ...model.aws_iam_user_policy.map(({ resource, attributes }) =>
      permissionsOf(resource, attributes.policy, [userHolder(attributes.user.value, resource, context)], context),
    ),
    ...model.aws_iam_group_policy.map(({ resource, attributes }) =>
      permissionsOf(resource, attributes.policy, [groupHolder(attributes.group.value, resource, context)], context),
    ),
    ...model.aws_iam_role.map((role): Permissions => {
      const { resource, attributes } = role;
      const { value, path } = attributes.inline_policy;
      const holders = [ownHolder(role)];
      if (value instanceof Unknown) return toPermissions(value, { resource, path, name: "inline_policy", holders });
      return merge(
        value.map((policy, at) =>
          policy instanceof Unknown
            ? toPermissions(policy, { resource, path, name: `inline_policy[${at}]`, holders })
            : permissionsOf(resource, policy.policy, holders, context, `${resource.address} ${policy.policy.path}`),
        ),
      );
    }),
  ]);
}

/** What holders have through policies that are not resources of the plan: those of AWS as far as they are known. */
export function outsidePermissions(attached: readonly Attachment[], context: JoinContext): Permissions {
  return merge([
    ...attached
      .filter(({ policy }) => policy.kind === "none" || policy.kind === "unknown")
      .map((attachment) => outsideDocument(attachment)),
    outsideInlinePolicies(context),
  ]);
}

/** The inline policies that `aws_iam_role_policies_exclusive` leaves a role and that the plan does not hold. */
function outsideInlinePolicies(context: JoinContext): Permissions {
  const { model } = context;
  if (model.aws_iam_role_policies_exclusive.length === 0) return merge([]);
  const inline = inlinePolicyNames(context);
  return merge(
    model.aws_iam_role_policies_exclusive.flatMap(({ resource, attributes }) => {
      const holder = roleHolder(attributes.role_name.value, resource, context);
      const own = holder.role.kind === "one" ? inline.get(holder.role.match) : undefined;
      const { path } = attributes.policy_names;
      return elements(attributes.policy_names.value).flatMap((name, at) => {
        const place = { resource, path, name: `${path}[${at}]`, holders: [holder] };
        if (name instanceof Unknown) {
          const found = join(name, resource, model.aws_iam_role_policy, () => []);
          return found.kind === "one" ? [] : [toPermissions(name, place)];
        }
        if (own?.has(name) === true) return [];
        const unknown = new Unknown("no-join", [], `the statements of the inline policy ${name}`);
        return [toPermissions(unknown, { ...place, isOutside: true })];
      });
    }),
  );
}

/** The names of the inline policies that the plan gives each role. */
function inlinePolicyNames(context: JoinContext): ReadonlyMap<Modelled<"aws_iam_role">, ReadonlySet<string>> {
  const { model } = context;
  const names = new Map<Modelled<"aws_iam_role">, Set<string>>();
  const add = (role: Modelled<"aws_iam_role">, name: Maybe<string | null>) => {
    const own = names.get(role) ?? new Set();
    if (typeof name === "string") names.set(role, own.add(name));
  };
  for (const { resource, attributes } of model.aws_iam_role_policy) {
    const { role } = roleHolder(attributes.role.value, resource, context);
    if (role.kind === "one") add(role.match, attributes.name.value);
  }
  for (const role of model.aws_iam_role)
    for (const policy of elements(role.attributes.inline_policy.value))
      if (!(policy instanceof Unknown)) add(role, policy.name.value);
  return names;
}

function outsideDocument({ resource, path, arn, holder, isRemainder }: Attachment): Permissions {
  const holders = [holder];
  const name = arn instanceof Unknown ? null : awsManagedPolicyName(arn);
  if (name === null) {
    const isOutside = !(arn instanceof Unknown);
    const unknown = isOutside ? new Unknown("no-join", [], `the statements of ${arn}`) : arn;
    const place = isRemainder ? `${path} and others` : path;
    return toPermissions(unknown, { resource, path, name: place, holders, isOutside });
  }
  const read = toPermissions(managedPolicyDocument(name, path), {
    resource,
    path,
    name,
    holders,
    policy: name,
    isOutside: true,
  });
  const suffix = holder.name instanceof Unknown ? "" : `/${holder.name}`;
  return {
    statements: read.statements.map((each) => ({ ...each, name: `${each.name}${suffix}` })),
    unread: read.unread.map((each) => ({ ...each, name: `${each.name}${suffix}` })),
  };
}

function permissionsOf(
  resource: PlanResource,
  policy: Attribute<string | null>,
  holders: readonly Holder[],
  context: JoinContext,
  name = resource.address,
): Permissions {
  const { path, sensitive } = policy;
  const place = { resource, path, name: path, policy: name, sensitive, holders };
  return toPermissions(policyDocument(policy, context.documents), place);
}

interface Place {
  readonly resource: PlanResource;
  readonly path: string;
  readonly name: string;
  readonly holders: readonly Holder[];
  readonly policy?: string;
  readonly sensitive?: boolean;
  readonly isOutside?: boolean;
}

function toPermissions(document: Maybe<PolicyDocument>, place: Place): Permissions {
  const { resource, path, name, holders, policy = resource.address, sensitive = false, isOutside = false } = place;
  const unread = (unknown: Unknown) => ({ resource, name, path, unknown, holders, isOutside });
  if (document instanceof Unknown) return { statements: [], unread: [unread(document)] };
  return {
    statements: document.statements.map((statement) => ({
      statement,
      document,
      resource,
      holders,
      policy,
      sensitive,
      name: statementName(name, statement),
    })),
    unread: document.missing === null ? [] : [unread(document.missing)],
  };
}

export function merge(all: readonly Permissions[]): Permissions {
  return {
    statements: all.flatMap(({ statements }) => statements),
    unread: all.flatMap(({ unread }) => unread),
  };
}
