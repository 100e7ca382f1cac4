import { awsManagedPolicyName, managedPolicyDocument } from "../../iam/managed-policies.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { PolicyDocument } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { statementName } from "../part-names.ts";
import { policyDocument } from "../policy-documents.ts";
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
      if (value instanceof Unknown)
        return { statements: [], unread: [{ resource, name: "inline_policy", path, unknown: value, holders }] };
      return merge(
        value.map((policy, at) =>
          policy instanceof Unknown
            ? { statements: [], unread: [{ resource, name: `inline_policy[${at}]`, path, unknown: policy, holders }] }
            : permissionsOf(resource, policy.policy, holders, context),
        ),
      );
    }),
  ]);
}

/** What holders have through policies that are not resources of the plan: those of AWS as far as they are known. */
export function outsidePermissions(attached: readonly Attachment[]): Permissions {
  return merge(
    attached
      .filter(({ policy }) => policy.kind === "none" || policy.kind === "unknown")
      .map((attachment) => outsideDocument(attachment)),
  );
}

function outsideDocument({ resource, path, arn, holder, isRemainder }: Attachment): Permissions {
  const holders = [holder];
  const name = arn instanceof Unknown ? null : awsManagedPolicyName(arn);
  if (name === null) {
    const unknown = arn instanceof Unknown ? arn : new Unknown("no-join", [], `the statements of ${arn}`);
    const place = isRemainder ? `${path} and others` : path;
    return { statements: [], unread: [{ resource, name: place, path, unknown, holders }] };
  }
  const read = toPermissions(managedPolicyDocument(name, path), { resource, path, name, sensitive: false, holders });
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
): Permissions {
  const { path, sensitive } = policy;
  return toPermissions(policyDocument(policy, context.documents), { resource, path, name: path, sensitive, holders });
}

interface Place {
  readonly resource: PlanResource;
  readonly path: string;
  readonly name: string;
  readonly sensitive: boolean;
  readonly holders: readonly Holder[];
}

function toPermissions(document: Maybe<PolicyDocument>, place: Place): Permissions {
  const { resource, path, name, sensitive, holders } = place;
  const unread = (unknown: Unknown) => ({ resource, name, path, unknown, holders });
  if (document instanceof Unknown) return { statements: [], unread: [unread(document)] };
  return {
    statements: document.statements.map((statement) => ({
      statement,
      document,
      resource,
      holders,
      sensitive,
      name: statementName(name, statement, sensitive),
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
