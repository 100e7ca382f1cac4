import { reachesAnyActionOf } from "../../iam/actions.ts";
import { principalsOf } from "../../iam/principals.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import { test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { callersOutsideAccounts, grantFacts } from "../iam/callers.ts";
import { type StatementPlaces, statementSubjects } from "../policy-statements.ts";
import { derivedFact, type SubjectOf } from "../subject.ts";
import { keysOf } from "./keys.ts";

/**
 * The statements of the policies of keys, set by a resource of their own or by the key itself. A key without one has AWS's
 * default policy, which lets in its own account only.
 * Source: AWS KMS Developer Guide, "Default key policy".
 */
export function keyPolicySubjects(context: JoinContext): SubjectOf<"key-policy-statement">[] {
  const statementsOf = (resource: PlanResource, policy: PolicyText) =>
    statementSubjects("key-policy-statement", resource, policy, (statement, places) =>
      statementFacts(statement, places, resource, context),
    );
  return [
    ...context.model.aws_kms_key_policy.flatMap(({ resource, attributes }) =>
      statementsOf(resource, attributes.policy),
    ),
    ...keysOf(context)
      .filter(({ attributes }) => attributes.policy.state !== "unset")
      .flatMap(({ resource, attributes }) => statementsOf(resource, attributes.policy)),
  ];
}

function statementFacts(statement: Statement, places: StatementPlaces, resource: PlanResource, context: JoinContext) {
  const areServices = test(
    principalsOf(statement),
    (all) => all.length > 0 && all.every(({ type }) => type === "Service"),
  );
  return {
    effect: derivedFact(statement.effect, places.effect),
    ...grantFacts(statement, places),
    grantsKeyActions: derivedFact(reachesAnyActionOf(statement, "kms"), places.actions),
    callersOutsideAccounts: derivedFact(callersOutsideAccounts(statement, resource, context), places.principals),
    isForServicesOnly: derivedFact(areServices, places.principals),
  };
}
