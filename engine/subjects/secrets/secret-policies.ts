import { reachesAnyActionOf } from "../../iam/actions.ts";
import { namesAnyone, principalAccounts } from "../../iam/principals.ts";
import { isRestrictedBy, restrictingValues } from "../../iam/restrictions.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import { allOf, anyOf, not } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { foreignAmong } from "../iam/accounts.ts";
import { type StatementPlaces, statementSubjects } from "../policy-statements.ts";
import { derivedFact, type FactOf, type SubjectOf } from "../subject.ts";

const kind = "secret-policy-statement";

/** The statements of the policies of secrets, set by a resource of their own or by the secret itself. */
export function secretPolicySubjects(context: JoinContext): SubjectOf<"secret-policy-statement">[] {
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
  policy: PolicyText,
  blockPublicPolicy: FactOf<boolean>,
  context: JoinContext,
): SubjectOf<"secret-policy-statement">[] {
  const factsOf = (statement: Statement, places: StatementPlaces) => ({
    ...statementFacts(statement, places, resource, context),
    blockPublicPolicy,
  });
  return statementSubjects(kind, resource, policy, factsOf, { blockPublicPolicy });
}

function statementFacts(
  statement: Statement,
  { effect, actions, principals, conditions }: StatementPlaces,
  resource: PlanResource,
  context: JoinContext,
) {
  const byCaller = isRestrictedBy(statement, ["principal", "account", "organization", "source"]);
  const byNetwork = isRestrictedBy(statement, ["network"]);
  return {
    effect: derivedFact(statement.effect, effect),
    namesAnyone: derivedFact(namesAnyone(statement), principals),
    grantsSecretActions: derivedFact(reachesAnyActionOf(statement, "secretsmanager"), actions),
    isRestricted: derivedFact(anyOf([isRestrictedBy(statement, ["principal", "source"]), byNetwork]), conditions),
    isRestrictedToNetworksOnly: derivedFact(allOf([byNetwork, not(byCaller)]), conditions),
    restrictedToAccounts: derivedFact(isRestrictedBy(statement, ["account"]), conditions),
    conditionAccountIds: derivedFact(restrictingValues(statement, "account"), conditions),
    restrictedToOrganizations: derivedFact(isRestrictedBy(statement, ["organization"]), conditions),
    organizationIds: derivedFact(restrictingValues(statement, "organization"), conditions),
    foreignAccounts: derivedFact(foreignAmong(principalAccounts(statement), resource, context), principals),
  };
}
