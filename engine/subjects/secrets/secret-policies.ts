import { reachesAnyActionOf } from "../../iam/actions.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import type { JoinContext } from "../context.ts";
import { callersOutsideAccounts, grantFacts } from "../iam/callers.ts";
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

function statementFacts(statement: Statement, places: StatementPlaces, resource: PlanResource, context: JoinContext) {
  return {
    effect: derivedFact(statement.effect, places.effect),
    ...grantFacts(statement, places),
    grantsSecretActions: derivedFact(reachesAnyActionOf(statement, "secretsmanager"), places.actions),
    callersOutsideAccounts: derivedFact(callersOutsideAccounts(statement, resource, context), places.principals),
  };
}
