import type { IdentityStatements } from "../../iam/identity-grants.ts";
import { awsManagedPolicyName, managedPolicyDocument } from "../../iam/managed-policies.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PolicyDocument } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { policyNamedBy, roleNamedBy } from "../joins/relations.ts";
import { policyDocument } from "../policy-documents.ts";

type Role = Modelled<"aws_iam_role">;

/** The statements of the identity policies of each role: inline ones, and those of policies that are attached to it. */
export type RoleStatements = (role: Role) => IdentityStatements;

/** A policy that speaks for the role that a name stands for. */
interface Grant {
  readonly role: Maybe<string | null>;
  readonly from: PlanResource;
  readonly document: () => Maybe<PolicyDocument>;
}

/** Looks through all policies and attachments once, for all roles. */
export function roleStatements(context: JoinContext): RoleStatements {
  const ofRole = new Map<Role, Maybe<PolicyDocument>[]>();
  const ofUnnamed: Unknown[] = [];
  const ofAny: Unknown[] = [];
  const add = (role: Role, document: Maybe<PolicyDocument>) => {
    const list = ofRole.get(role);
    if (list === undefined) ofRole.set(role, [document]);
    else list.push(document);
  };
  for (const { role, from, document } of grants(context)) {
    const found = roleNamedBy(role, from, context);
    if (found.kind === "one") add(found.match, document());
    else if (found.kind === "unknown") ofAny.push(found.unknown);
    else if (found.kind === "several") {
      const unknown = new Unknown("no-join", [], `${from.address} names one of several roles`);
      for (const match of found.matches) add(match, unknown);
    } else ofUnnamed.push(new Unknown("no-join", [], `${from.address} may name this role`));
  }
  return (role) => {
    const documents = [...ownDocuments(role, context), ...(ofRole.get(role) ?? []), ...ofAny];
    if (mayHaveAnyName(role)) documents.push(...ofUnnamed);
    return gather(documents);
  };
}

/** A name that the provider makes up is not one that somebody wrote. */
function mayHaveAnyName({ attributes: { name } }: Role): boolean {
  return name.value instanceof Unknown && name.value.reason !== "computed";
}

function gather(documents: readonly Maybe<PolicyDocument>[]): IdentityStatements {
  let missing: Unknown | null = null;
  for (const document of documents) missing ??= document instanceof Unknown ? document : document.missing;
  return {
    statements: documents.flatMap((document) => (document instanceof Unknown ? [] : document.statements)),
    missing,
  };
}

/** What the role itself says. */
function ownDocuments({ resource, attributes }: Role, context: JoinContext): Maybe<PolicyDocument>[] {
  const blocks = listed(attributes.inline_policy.value);
  const boundary = attributes.permissions_boundary;
  return [
    ...blocks.map((block) => (block instanceof Unknown ? block : policyDocument(block.policy, context.documents))),
    ...listed(attributes.managed_policy_arns.value).map((arn) => managedDocument(arn, resource, context)),
    ...(boundary.state === "unset" ? [] : [new Unknown("stated", [], "a permissions boundary may refuse it")]),
  ];
}

function grants(context: JoinContext): Grant[] {
  const { model } = context;
  const attached = (role: Maybe<string | null>, arn: Attribute<string | null>, from: PlanResource): Grant => ({
    role,
    from,
    document: () => managedDocument(arn.value, from, context),
  });
  return [
    ...model.aws_iam_role_policy.map(({ resource, attributes }) => ({
      role: attributes.role.value,
      from: resource,
      document: () => policyDocument(attributes.policy, context.documents),
    })),
    ...model.aws_iam_role_policy_attachment.map(({ resource, attributes }) =>
      attached(attributes.role.value, attributes.policy_arn, resource),
    ),
    ...model.aws_iam_policy_attachment.flatMap(({ resource, attributes }) =>
      listed(attributes.roles.value).map((name) => attached(name, attributes.policy_arn, resource)),
    ),
  ];
}

function listed<T>(value: Maybe<readonly Maybe<T>[]>): readonly Maybe<T>[] {
  return value instanceof Unknown ? [value] : value;
}

function managedDocument(arn: Maybe<string | null>, from: PlanResource, context: JoinContext): Maybe<PolicyDocument> {
  const found = policyNamedBy(arn, from, context);
  if (found.kind === "one") return policyDocument(found.match.attributes.policy, context.documents);
  if (found.kind === "unknown") return found.unknown;
  if (found.kind === "several") return new Unknown("no-join", [], `${from.address} attaches one of several policies`);
  const name = typeof arn === "string" ? awsManagedPolicyName(arn) : null;
  return name === null
    ? new Unknown("no-join", [], `the plan does not hold the policy that ${from.address} attaches`)
    : managedPolicyDocument(name, "policy_arn");
}
