import { lastPathSegment } from "../../joins/names.ts";
import type { Modelled } from "../../model/model.ts";
import { statementName } from "../../model/part-names.ts";
import type { PolicyDocument } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { statementPlaces } from "../policy-statements.ts";
import { type Attachment, attachments, policyHolders } from "./attachments.ts";
import { boundaries } from "./boundaries.ts";
import type { HeldStatement } from "./held-statement.ts";
import { groupHolder, type Holder, ownHolder, permissionSetHolder, roleHolder, userHolder } from "./holders.ts";

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
export const planPermissions = once((context: JoinContext): Permissions => {
  const attached = attachments(context);
  const { model } = context;
  const holdersOf = policyHolders(attached);
  return merge([
    ...model.aws_iam_policy.flatMap((policy) => {
      const holders = holdersOf(policy);
      return holders.length === 0 && boundaries(context).has(policy)
        ? []
        : [permissionsOf(policy.resource, policy.attributes.policy, holders)];
    }),
    ...model.aws_iam_role_policy.map(({ resource, attributes }) =>
      permissionsOf(resource, attributes.policy, [roleHolder(attributes.role.value, resource, context)]),
    ),
    ...model.aws_iam_user_policy.map(({ resource, attributes }) =>
      permissionsOf(resource, attributes.policy, [userHolder(attributes.user.value, resource, context)]),
    ),
    ...model.aws_iam_group_policy.map(({ resource, attributes }) =>
      permissionsOf(resource, attributes.policy, [groupHolder(attributes.group.value, resource, context)]),
    ),
    ...model.aws_ssoadmin_permission_set_inline_policy.map(({ resource, attributes }) =>
      permissionsOf(resource, attributes.inline_policy, [
        permissionSetHolder(attributes.permission_set_arn.value, resource, context),
      ]),
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
            : permissionsOf(resource, policy.policy, holders, `${resource.address} ${policy.policy.path}`),
        ),
      );
    }),
  ]);
});

/** Those of the plan, and what holders have through policies that are no resources of it: of AWS, as far as they are known. */
export const allPermissions = once(
  (context: JoinContext): Permissions =>
    merge([
      planPermissions(context),
      ...attachments(context)
        .filter(({ policy }) => policy.kind === "none" || policy.kind === "unknown")
        .map((attachment) => outsideDocument(attachment, context)),
      outsideInlinePolicies(context),
    ]),
);

/** The inline policies that `aws_iam_role_policies_exclusive` leaves a role and that the plan does not hold. */
function outsideInlinePolicies(context: JoinContext): Permissions {
  return merge(
    context.model.aws_iam_role_policies_exclusive.flatMap(({ resource, attributes }) => {
      const holder = roleHolder(attributes.role_name.value, resource, context);
      const own = holder.role.kind === "one" ? inlinePolicyNames(holder.role.match, context) : [];
      const { path } = attributes.policy_names;
      return elementsOf(attributes.policy_names.value).flatMap((name, at) => {
        const place = { resource, path, name: `${path}[${at}]`, holders: [holder] };
        if (name instanceof Unknown) {
          const found = context.joins.named("aws_iam_role_policy", name, resource);
          return found.kind === "one" ? [] : [toPermissions(name, place)];
        }
        if (own.includes(name)) return [];
        const unknown = new Unknown("no-join", [], `the statements of the inline policy ${name}`);
        return [toPermissions(unknown, { ...place, isOutside: true })];
      });
    }),
  );
}

/** The names of the inline policies that the plan gives a role. */
function inlinePolicyNames(role: Modelled<"aws_iam_role">, { joins }: JoinContext): readonly Maybe<string | null>[] {
  return [
    ...joins.to(role, "rolePolicy").certain.map(({ source }) => source.attributes.name.value),
    ...elementsOf(role.attributes.inline_policy.value).map((policy) =>
      policy instanceof Unknown ? policy : policy.name.value,
    ),
  ];
}

function outsideDocument(
  { resource, path, arn, holder, isRemainder }: Attachment,
  { managedPolicies }: JoinContext,
): Permissions {
  const at = { resource, path, holders: [holder], isOutside: !(arn instanceof Unknown) };
  if (arn instanceof Unknown) return toPermissions(arn, { ...at, name: isRemainder ? `${path} and others` : path });
  const document = managedPolicies?.documentOf(arn, path) ?? null;
  if (document === null)
    return toPermissions(new Unknown("no-join", [], `the statements of ${arn}`), { ...at, name: path });
  const policy = lastPathSegment(arn);
  const read = toPermissions(document, { ...at, name: policy, policy });
  const suffix = holder.name instanceof Unknown ? "" : `/${holder.name}`;
  return {
    statements: read.statements.map((each) => ({ ...each, name: `${each.name}${suffix}` })),
    unread: read.unread.map((each) => ({ ...each, name: `${each.name}${suffix}` })),
  };
}

function permissionsOf(
  resource: PlanResource,
  { document, path, sensitive }: PolicyText,
  holders: readonly Holder[],
  policy = resource.address,
): Permissions {
  return toPermissions(document, { resource, path, name: path, policy, sensitive, holders });
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
      places: statementPlaces(statement, sensitive),
      document,
      resource,
      holders,
      policy,
      sensitive,
      name: statementName(name, statement, sensitive),
    })),
    unread: document.missing === null ? [] : [unread(document.missing)],
  };
}

function merge(all: readonly Permissions[]): Permissions {
  return {
    statements: all.flatMap(({ statements }) => statements),
    unread: all.flatMap(({ unread }) => unread),
  };
}
