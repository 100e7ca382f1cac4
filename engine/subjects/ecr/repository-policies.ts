import { reachesAnyActionOf } from "../../iam/actions.ts";
import { namesAnyone } from "../../iam/principals.ts";
import { isRestrictedBy, restrictingValues } from "../../iam/restrictions.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { policyDocument } from "../policy-documents.ts";
import { statementName } from "../statement-names.ts";
import { derivedFact, type Subject, subject } from "../subject.ts";

/** The statements of a repository policy: of a repository, or of a template for repositories that ECR creates. */
export function policyStatementSubjects(
  resource: PlanResource,
  policy: Attribute<string | null>,
  context: JoinContext,
): Subject[] {
  const kind = "ecr-repository-policy-statement";
  const document = policyDocument(policy, context.documents);
  if (document instanceof Unknown) return [unknownSubject(kind, resource, policy.path, document, policy.path)];
  const known = document.statements.map((statement) =>
    subject(kind, resource, statementName(policy.path, statement), policyStatementFacts(statement, policy.sensitive)),
  );
  return document.missing === null
    ? known
    : [...known, unknownSubject(kind, resource, policy.path, document.missing, policy.path)];
}

function policyStatementFacts(statement: Statement, sensitive: boolean) {
  const from = (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
  const conditions = from("Condition");
  return {
    effect: derivedFact<string | null>(statement.effect, from("Effect")),
    namesAnyone: derivedFact(
      namesAnyone(statement),
      from(statement.notPrincipals === null ? "Principal" : "NotPrincipal"),
    ),
    grantsEcrActions: derivedFact(
      reachesAnyActionOf(statement, "ecr"),
      from(statement.notActions === null ? "Action" : "NotAction"),
    ),
    restrictedToPrincipals: derivedFact(isRestrictedBy(statement, ["principal", "source"]), conditions),
    restrictedToOrganizations: derivedFact(isRestrictedBy(statement, ["organization"]), conditions),
    organizationIds: derivedFact(restrictingValues(statement, "organization"), conditions),
    restrictedToAccounts: derivedFact(isRestrictedBy(statement, ["account"]), conditions),
    conditionAccountIds: derivedFact(restrictingValues(statement, "account"), conditions),
    restrictedToNetworks: derivedFact(isRestrictedBy(statement, ["network"]), conditions),
  };
}
