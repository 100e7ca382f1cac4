import type { Attribute } from "../../model/attribute.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { policyDocument } from "../policy-documents.ts";
import { statementName } from "../statement-names.ts";
import { type Subject, subject } from "../subject.ts";
import { attachments, policyHolders } from "./attachments.ts";
import { groupHolder, type Holder, ownHolder, roleHolder, userHolder } from "./holders.ts";
import { statementFacts } from "./statement-facts.ts";

/** The statements of all identity policies of the plan; trust policies are another kind. */
export function iamStatementSubjects(context: JoinContext): Subject[] {
  const { model } = context;
  const all = attachments(context);
  return [
    ...model.aws_iam_policy.flatMap((policy) =>
      statementsOf(policy.resource, policy.attributes.policy, policyHolders(policy, all), context),
    ),
    ...model.aws_iam_role_policy.flatMap(({ resource, attributes }) =>
      statementsOf(resource, attributes.policy, [roleHolder(attributes.role.value, resource, context)], context),
    ),
    ...model.aws_iam_user_policy.flatMap(({ resource, attributes }) =>
      statementsOf(resource, attributes.policy, [userHolder(attributes.user.value, resource, context)], context),
    ),
    ...model.aws_iam_group_policy.flatMap(({ resource, attributes }) =>
      statementsOf(resource, attributes.policy, [groupHolder(attributes.group.value, resource, context)], context),
    ),
    ...model.aws_iam_role.flatMap((role) => {
      const { resource, attributes } = role;
      const { inline_policy: inline } = attributes;
      if (inline.value instanceof Unknown)
        return [unknownSubject("iam-statement", resource, "inline_policy", inline.value, inline.path)];
      return inline.value.flatMap((policy, at) =>
        policy instanceof Unknown
          ? [unknownSubject("iam-statement", resource, `inline_policy[${at}]`, policy, inline.path)]
          : statementsOf(resource, policy.policy, [ownHolder(role)], context),
      );
    }),
  ];
}

function statementsOf(
  resource: PlanResource,
  policy: Attribute<string | null>,
  holders: readonly Holder[],
  context: JoinContext,
): Subject[] {
  const document = policyDocument(policy, context.documents);
  if (document instanceof Unknown)
    return [unknownSubject("iam-statement", resource, policy.path, document, policy.path)];
  const { sensitive } = policy;
  const known = document.statements.map((statement) =>
    subject(
      "iam-statement",
      resource,
      statementName(policy.path, statement),
      statementFacts({ statement, document, resource, holders, sensitive }, context),
    ),
  );
  return document.missing === null
    ? known
    : [...known, unknownSubject("iam-statement", resource, policy.path, document.missing, policy.path)];
}
