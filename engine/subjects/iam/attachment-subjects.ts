import { appliesToEveryResource, namesEveryAction } from "../../iam/actions.ts";
import { awsManagedPolicyName } from "../../iam/managed-policies.ts";
import { anyStatement, isAllow } from "../../iam/statements.ts";
import { oneOf } from "../../joins/join.ts";
import { lastPathSegment } from "../../joins/names.ts";
import type { PolicyDocument } from "../../model/policy-document.ts";
import { waitsOn } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, map, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { type Attachment, attachments } from "./attachments.ts";

/** The attachments of managed policies, each named by policy and holder. */
export function attachmentSubjects(context: JoinContext): SubjectOf<"iam-policy-attachment">[] {
  return attachments(context).map((attachment) => attachmentSubject(attachment, context));
}

function attachmentSubject(attachment: Attachment, context: JoinContext) {
  const { resource, path, holder, policy } = attachment;
  const arn = policy.kind === "one" ? (policy.match.attributes.arn.value ?? attachment.arn) : attachment.arn;
  const from = { path, note: policy.kind === "one" ? `${policy.match.resource.address} (by ${policy.by})` : null };
  const name = policyName(attachment);
  return subject("iam-policy-attachment", resource, subjectName(attachment, name), {
    policyArn: derivedFact(arn, from),
    policyName: derivedFact(name, from),
    isAwsManaged: derivedFact(isAwsManaged(attachment), from),
    isManagedHere: derivedFact(isManagedHere(attachment), from),
    isExclusive: derivedFact(resource.type === "aws_iam_policy_attachment"),
    grantsEverything: derivedFact(grantsEverything(attachedDocument(attachment, context)), from),
    holder: derivedFact(holder.name),
    identityKind: derivedFact(holder.kind),
  });
}

function subjectName({ resource, path, holder, isRemainder }: Attachment, name: Maybe<string>): string {
  const policy = isRemainder ? `${path} and others` : name instanceof Unknown ? path : name;
  if (!(holder.name instanceof Unknown)) return `${policy}/${holder.name}`;
  // Of this type one resource has several holders.
  if (resource.type !== "aws_iam_policy_attachment") return policy;
  const references = waitsOn(holder.name.references);
  return `${policy}/${references.length === 0 ? `other ${holder.kind}s` : references.join(", ")}`;
}

function policyName({ arn, policy }: Attachment): Maybe<string> {
  if (policy.kind === "one") return policy.match.attributes.name.value ?? new Unknown("computed");
  return map(arn, lastPathSegment);
}

function isAwsManaged({ arn, policy }: Attachment): Maybe<boolean> {
  if (policy.kind === "one" || policy.kind === "several") return false;
  return test(arn, (known) => awsManagedPolicyName(known) !== null);
}

function isManagedHere({ policy }: Attachment): Maybe<boolean> {
  if (policy.kind === "unknown") return policy.unknown;
  return policy.kind !== "none";
}

/** What the attached policy allows: of a policy of this plan, of one of AWS as far as it is known, else unknown. */
function attachedDocument({ arn, policy, path }: Attachment, { managedPolicies }: JoinContext): Maybe<PolicyDocument> {
  if (policy.kind === "one") return policy.match.attributes.policy.document;
  if (policy.kind === "unknown") return policy.unknown;
  if (policy.kind === "several") return oneOf(policy.matches, `${path} names`);
  if (arn instanceof Unknown) return arn;
  return (
    managedPolicies?.documentOf(arn, path) ??
    new Unknown("no-join", [], `the statements of ${lastPathSegment(arn)}, which is managed outside of this plan`)
  );
}

function grantsEverything(document: Maybe<PolicyDocument>): Maybe<boolean> {
  return anyStatement(document, (statement) =>
    allOf([isAllow(statement), namesEveryAction(statement), appliesToEveryResource(statement)]),
  );
}
