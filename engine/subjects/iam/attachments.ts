import { type Join, oneOf } from "../../joins/join.ts";
import { firstNamersOf, reverse } from "../../joins/reverse.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { listParts } from "../../plan/list-parts.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { groupHolder, type Holder, ownHolder, permissionSetHolder, roleHolder, userHolder } from "./holders.ts";

/** That a role, a user, a group or a permission set holds a managed policy: one for each policy and holder. */
export interface Attachment {
  readonly resource: PlanResource;
  /** The attribute that names the policy. */
  readonly path: string;
  readonly arn: Maybe<string>;
  /** The policy of this plan that it names. */
  readonly policy: Join<Modelled<"aws_iam_policy">>;
  readonly holder: Holder;
  /** Whether this stands for what a list holds besides its references, which the plan does not tell. */
  readonly isRemainder: boolean;
  /** Whether the holder stands in a list that the plan does not tell: there may be none. */
  readonly isHolderInUnknownList: boolean;
}

interface Element {
  readonly value: Maybe<string | null>;
  readonly path: string;
  readonly isRemainder?: boolean;
}

/** The attachments of all resources that attach managed policies. */
export const attachments = once((context: JoinContext): readonly Attachment[] => {
  const { model } = context;
  const attach = (
    resource: PlanResource,
    { value, path, isRemainder = false }: Element,
    holder: Holder,
    isHolderInUnknownList = false,
  ): Attachment => ({
    resource,
    path,
    arn: value ?? new Unknown("unexpected-shape"),
    policy: context.joins.named("aws_iam_policy", value, resource),
    holder,
    isRemainder,
    isHolderInUnknownList,
  });
  type HolderOf = (name: Maybe<string | null>, from: PlanResource, all: JoinContext) => Holder;
  const attachAll = (resource: PlanResource, list: Attribute<readonly Maybe<string>[]>, holder: Holder) =>
    elementsOf(list).map((named) => attach(resource, named, holder));
  return [
    ...model.aws_iam_role_policy_attachment.map(({ resource, attributes }) =>
      attach(resource, attributes.policy_arn, roleHolder(attributes.role.value, resource, context)),
    ),
    ...model.aws_iam_user_policy_attachment.map(({ resource, attributes }) =>
      attach(resource, attributes.policy_arn, userHolder(attributes.user.value, resource, context)),
    ),
    ...model.aws_iam_group_policy_attachment.map(({ resource, attributes }) =>
      attach(resource, attributes.policy_arn, groupHolder(attributes.group.value, resource, context)),
    ),
    ...model.aws_iam_policy_attachment.flatMap(({ resource, attributes }) => {
      const each = (list: Attribute<readonly Maybe<string>[]>, holderOf: HolderOf) =>
        elementsOf(list).map(({ value }) =>
          attach(resource, attributes.policy_arn, holderOf(value, resource, context), list.value instanceof Unknown),
        );
      return [
        ...each(attributes.roles, roleHolder),
        ...each(attributes.users, userHolder),
        ...each(attributes.groups, groupHolder),
      ];
    }),
    ...model.aws_iam_role.flatMap((role) =>
      attachAll(role.resource, role.attributes.managed_policy_arns, ownHolder(role)),
    ),
    ...model.aws_iam_role_policy_attachments_exclusive.flatMap(({ resource, attributes }) =>
      attachAll(resource, attributes.policy_arns, roleHolder(attributes.role_name.value, resource, context)),
    ),
    ...model.aws_iam_user_policy_attachments_exclusive.flatMap(({ resource, attributes }) =>
      attachAll(resource, attributes.policy_arns, userHolder(attributes.user_name.value, resource, context)),
    ),
    ...model.aws_iam_group_policy_attachments_exclusive.flatMap(({ resource, attributes }) =>
      attachAll(resource, attributes.policy_arns, groupHolder(attributes.group_name.value, resource, context)),
    ),
    // Takes no policy of an account. Source: IAM Identity Center API Reference, AttachManagedPolicyToPermissionSet.
    ...model.aws_ssoadmin_managed_policy_attachment.map(
      ({ resource, attributes }): Attachment => ({
        ...attach(
          resource,
          attributes.managed_policy_arn,
          permissionSetHolder(attributes.permission_set_arn.value, resource, context),
        ),
        policy: { kind: "none" },
      }),
    ),
    ...model.aws_ssoadmin_customer_managed_policy_attachment.map(({ resource, attributes }) =>
      attach(
        resource,
        attributes.customer_managed_policy_reference.only.name,
        permissionSetHolder(attributes.permission_set_arn.value, resource, context),
      ),
    ),
  ];
});

/**
 * The elements of a list. The provider makes a set with one unknown element unknown as a whole: then each of its
 * references is one element, and what the expression holds besides them is unknown.
 */
function elementsOf({ value, path }: Attribute<readonly Maybe<string>[]>): Element[] {
  if (!(value instanceof Unknown)) return value.map((element, at) => ({ value: element, path: `${path}[${at}]` }));
  const named = listParts(value).elements.filter(({ references }) => references.some(({ end }) => "target" in end));
  return [
    ...named.map((element) => ({ value: element, path })),
    { value: new Unknown("no-join", [], "what the list holds besides its references"), path, isRemainder: true },
  ];
}

/**
 * All roles, users and groups that the plan attaches each managed policy to; unknown ones for attachments that may name it.
 * What a list holds besides its references is taken for ARNs of policies elsewhere.
 */
export function policyHolders(all: readonly Attachment[]): (policy: Modelled<"aws_iam_policy">) => Holder[] {
  const namings = all
    .filter(({ policy, isRemainder }) => !(isRemainder && policy.kind === "unknown"))
    .map((source) => ({ source, join: source.policy }));
  const namedFrom = reverse(namings, (_, matches) => oneOf(matches));
  return (policy) =>
    firstNamersOf(namedFrom(policy)).map(({ source: { resource, holder }, names }): Holder => {
      if (names === true) return holder;
      const unknown = new Unknown("no-join", [], `${resource.address} attaches a policy that the plan does not show`);
      return { ...holder, name: unknown, role: { kind: "unknown", unknown }, isPossible: true };
    });
}
