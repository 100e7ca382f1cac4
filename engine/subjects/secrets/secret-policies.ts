import { reachesAnyActionOf } from "../../iam/actions.ts";
import { namesAnyone, principalAccounts } from "../../iam/principals.ts";
import { isRestrictedBy, restrictingValues } from "../../iam/restrictions.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not } from "../../three-valued.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { foreignAmong } from "../iam/accounts.ts";
import { statementName } from "../part-names.ts";
import { policyDocument } from "../policy-documents.ts";
import { derivedFact, type Fact, type Subject, subject } from "../subject.ts";

const kind = "secret-policy-statement";

/** The statements of the policies of secrets, set by a resource of their own or by the secret itself. */
export function secretPolicySubjects(context: JoinContext): Subject[] {
  const { model } = context;
  return [
    ...model.aws_secretsmanager_secret_policy.flatMap(({ resource, attributes }) => {
      const block = attributes.block_public_policy;
      const value = block.value ?? false;
      return statementsOf(resource, attributes.policy, derivedFact(value, { path: block.path }), context);
    }),
    ...model.aws_secretsmanager_secret
      .filter(({ attributes }) => attributes.policy.state !== "unset")
      .flatMap(({ resource, attributes }) => {
        const note = "only aws_secretsmanager_secret_policy has block_public_policy";
        return statementsOf(resource, attributes.policy, derivedFact(false, { path: "policy", note }), context);
      }),
  ];
}

function statementsOf(
  resource: PlanResource,
  policy: Attribute<string | null>,
  blockPublicPolicy: ReturnType<typeof derivedFact<boolean>>,
  context: JoinContext,
): Subject[] {
  const document = policyDocument(policy, context.documents);
  const hidden = (unknown: Unknown): Subject => {
    const row = unknownSubject(kind, resource, "policy", unknown, policy.path);
    const facts: Readonly<Record<string, Fact>> = { ...row.facts, blockPublicPolicy };
    return { ...row, facts };
  };
  if (document instanceof Unknown) return [hidden(document)];
  const known = document.statements.map((statement) =>
    subject(kind, resource, statementName("policy", statement, policy.sensitive), {
      ...statementFacts(statement, resource, policy.sensitive, context),
      blockPublicPolicy,
    }),
  );
  return document.missing === null ? known : [...known, hidden(document.missing)];
}

function statementFacts(statement: Statement, resource: PlanResource, sensitive: boolean, context: JoinContext) {
  const from = (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
  const principal = from(statement.notPrincipals === null ? "Principal" : "NotPrincipal");
  const conditions = from("Condition");
  const byCaller = isRestrictedBy(statement, ["principal", "account", "organization", "source"]);
  const byNetwork = isRestrictedBy(statement, ["network"]);
  return {
    effect: derivedFact<string | null>(statement.effect, from("Effect")),
    namesAnyone: derivedFact(namesAnyone(statement), principal),
    grantsSecretActions: derivedFact(
      reachesAnyActionOf(statement, "secretsmanager"),
      from(statement.notActions === null ? "Action" : "NotAction"),
    ),
    isRestricted: derivedFact(anyOf([isRestrictedBy(statement, ["principal", "source"]), byNetwork]), conditions),
    isRestrictedToNetworksOnly: derivedFact(allOf([byNetwork, not(byCaller)]), conditions),
    restrictedToAccounts: derivedFact(isRestrictedBy(statement, ["account"]), conditions),
    conditionAccountIds: derivedFact(restrictingValues(statement, "account"), conditions),
    restrictedToOrganizations: derivedFact(isRestrictedBy(statement, ["organization"]), conditions),
    organizationIds: derivedFact(restrictingValues(statement, "organization"), conditions),
    foreignAccounts: derivedFact(foreignAmong(principalAccounts(statement), resource, context), principal),
  };
}
