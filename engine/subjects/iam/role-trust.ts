import { pinsOidcSubject } from "../../iam/oidc-subjects.ts";
import { federatedProviders, namesAnyone, principalsOf } from "../../iam/principals.ts";
import { isRestrictedBy, requiresExactly, sourceKinds, valuesRequired } from "../../iam/restrictions.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { targetsOf } from "../../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { type StatementPlaces, statementSubjects } from "../policy-statements.ts";
import { derivedFact, type SubjectOf } from "../subject.ts";
import { foreignAccounts, grantFacts } from "./callers.ts";
import { allowsAssuming } from "./role-sets.ts";

/** The statements of the trust policies of all roles. */
export function roleTrustSubjects(context: JoinContext): SubjectOf<"role-trust-statement">[] {
  return context.model.aws_iam_role.flatMap(({ resource, attributes }) =>
    statementSubjects("role-trust-statement", resource, attributes.assume_role_policy, (statement, places) =>
      trustFacts(statement, places, resource, context),
    ),
  );
}

const isSubjectKey = (key: string) => key.endsWith(":sub");
const isAudienceKey = (key: string) => key.endsWith(":aud");
function trustFacts(statement: Statement, places: StatementPlaces, resource: PlanResource, context: JoinContext) {
  const { effect, actions, principals, conditions } = places;
  const subjects = valuesRequired(statement, isSubjectKey);
  const bySource = isRestrictedBy(statement, sourceKinds);
  const byCaller = isRestrictedBy(statement, ["principal", "account", "organization", "network"]);
  return {
    effect: derivedFact(statement.effect, effect),
    allowsAssuming: derivedFact(allowsAssuming(statement), actions),
    hasServicePrincipalsOnly: derivedFact(hasServicesOnly(statement), principals),
    ...grantFacts(statement, places),
    foreignAccounts: derivedFact(foreignAccounts(statement, resource, context), principals),
    requiresExternalId: derivedFact(
      requiresExactly(statement, (key) => key === "sts:externalid"),
      conditions,
    ),
    trustsOidcProvider: derivedFact(trustsOidc(statement), principals),
    pinsAudience: derivedFact(requiresExactly(statement, isAudienceKey), conditions),
    pinsSubject: derivedFact(pinsOidcSubject(statement), conditions),
    subjects: derivedFact(
      subjects instanceof Unknown ? subjects : subjects.flatMap((list) => elementsOf(list)),
      conditions,
    ),
    isSourceAccountOnly: derivedFact(allOf([namesAnyone(statement), bySource, not(byCaller)]), conditions),
  };
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
      const types = targetsOf(provider.references)?.map(({ type }) => type);
      if (types === undefined) return provider;
      if (types.every((type) => type === "aws_iam_saml_provider")) return false;
      return types.every((type) => type === "aws_iam_openid_connect_provider") ? true : provider;
    }),
  );
}
