import { coversAction } from "../../iam/actions.ts";
import { federatedProviders, namesAnyone, principalsOf, wholeAccounts } from "../../iam/principals.ts";
import { isRestrictedBy, requiresExactly, restrictingValues, valuesRequired } from "../../iam/restrictions.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { statementName } from "../part-names.ts";
import { policyDocument } from "../policy-documents.ts";
import { derivedFact, type Subject, subject } from "../subject.ts";
import { foreignAmong } from "./accounts.ts";

/** The statements of the trust policies of all roles. */
export function roleTrustSubjects(context: JoinContext): Subject[] {
  return context.model.aws_iam_role.flatMap((role) => {
    const { resource, attributes } = role;
    const { assume_role_policy: policy } = attributes;
    const document = policyDocument(policy, context.documents);
    if (document instanceof Unknown)
      return [unknownSubject("role-trust-statement", resource, policy.path, document, policy.path)];
    const known = document.statements.map((statement) =>
      subject(
        "role-trust-statement",
        resource,
        statementName(policy.path, statement, policy.sensitive),
        trustFacts(statement, role, context),
      ),
    );
    return document.missing === null
      ? known
      : [...known, unknownSubject("role-trust-statement", resource, policy.path, document.missing, policy.path)];
  });
}

const isSubjectKey = (key: string) => key.endsWith(":sub");
const isAudienceKey = (key: string) => key.endsWith(":aud");
const isCallerKey = (key: string) => ["sts:externalid", "aws:principalarn", "aws:principalorgid"].includes(key);

function trustFacts(statement: Statement, role: Modelled<"aws_iam_role">, context: JoinContext) {
  const { sensitive } = role.attributes.assume_role_policy;
  const from = (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
  const principal = from(statement.notPrincipals === null ? "Principal" : "NotPrincipal");
  const conditions = from("Condition");
  const subjects = valuesRequired(statement, isSubjectKey);
  const bySource = isRestrictedBy(statement, ["source"]);
  const byCaller = isRestrictedBy(statement, ["principal", "account", "organization", "network"]);
  return {
    effect: derivedFact<string | null>(statement.effect, from("Effect")),
    allowsAssuming: derivedFact(
      allowsAssuming(statement),
      from(statement.notActions === null ? "Action" : "NotAction"),
    ),
    hasServicePrincipalsOnly: derivedFact(hasServicesOnly(statement), principal),
    namesAnyone: derivedFact(namesAnyone(statement), principal),
    isRestricted: derivedFact(anyOf([bySource, byCaller]), conditions),
    restrictedToOthers: derivedFact(
      isRestrictedBy(statement, ["principal", "account", "source", "network"]),
      conditions,
    ),
    organizationIds: derivedFact(restrictingValues(statement, "organization"), conditions),
    foreignAccounts: derivedFact(foreignAmong(wholeAccounts(statement), role.resource, context), principal),
    hasCallerCondition: derivedFact(
      anyOf([
        isRestrictedBy(statement, ["principal", "organization"]),
        requiresExactly(statement, (key) => isCallerKey(key)),
      ]),
      conditions,
    ),
    trustsOidcProvider: derivedFact(trustsOidc(statement), principal),
    pinsAudience: derivedFact(requiresExactly(statement, isAudienceKey), conditions),
    pinsSubject: derivedFact(pinsSubject(subjects), conditions),
    subjects: derivedFact(
      subjects instanceof Unknown ? subjects : subjects.flatMap((list) => (list instanceof Unknown ? [list] : list)),
      conditions,
    ),
    isSourceAccountOnly: derivedFact(allOf([namesAnyone(statement), bySource, not(byCaller)]), conditions),
  };
}

const assumingActions = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/** Tags, and who is behind a session, only ride along with one of these. */
function allowsAssuming(statement: Statement): Maybe<boolean> {
  return anyOf(assumingActions.map((action) => coversAction(statement, action)));
}

function hasServicesOnly(statement: Statement): Maybe<boolean> {
  if (statement.notPrincipals !== null) return false;
  return test(
    principalsOf(statement),
    (principals) => principals.length > 0 && principals.every(({ type }) => type === "Service"),
  );
}

/** Identity providers that sign tokens for many customers; SAML providers belong to one. */
function trustsOidc(statement: Statement): Maybe<boolean> {
  const providers = federatedProviders(statement);
  if (providers instanceof Unknown) return providers;
  return anyOf(
    providers.map((provider) => {
      if (!(provider instanceof Unknown)) return !provider.includes(":saml-provider/");
      const types = provider.references.map(({ end }) => ("target" in end ? end.target.type : ""));
      if (types.length === 0 || types.includes("")) return provider;
      if (types.every((type) => type === "aws_iam_saml_provider")) return false;
      return types.every((type) => type === "aws_iam_openid_connect_provider") ? true : provider;
    }),
  );
}

function pinsSubject(subjects: Maybe<readonly Maybe<readonly Maybe<string>[]>[]>): Maybe<boolean> {
  if (subjects instanceof Unknown) return subjects;
  return anyOf(
    subjects.map((list) =>
      list instanceof Unknown ? list : allOf([list.length > 0, ...list.map((value) => test(value, isPinned))]),
    ),
  );
}

/**
 * A subject without wildcards, or one whose wildcards stand after at least two whole parts: `repo:org/repository:*`,
 * `system:serviceaccount:namespace:*`. `repo:org/*` lets every repository of the organization in.
 */
function isPinned(value: string): boolean {
  const wildcard = value.search(/[*?]/);
  if (wildcard === -1) return value !== "";
  const whole = value.slice(0, wildcard).split(/[:/]/).slice(1, -1);
  return whole.filter((part) => part !== "").length >= 2;
}
