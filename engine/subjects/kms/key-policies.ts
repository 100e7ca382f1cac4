import { reachesAnyActionOf } from "../../iam/actions.ts";
import { principalNamed, principalsOf } from "../../iam/principals.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { callersOutsideAccounts, grantFacts } from "../iam/callers.ts";
import { type StatementPlaces, statementSubjects } from "../policy-statements.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
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
    ...context.model.aws_kms_grant.map((grant) => grantSubject(grant, context)),
  ];
}

/**
 * A grant lets one principal use a key for some operations, in whatever account it is.
 * Source: AWS KMS Developer Guide, "Grants in AWS KMS".
 */
function grantSubject(
  { resource, attributes }: Modelled<"aws_kms_grant">,
  context: JoinContext,
): SubjectOf<"key-policy-statement"> {
  const { grantee_principal: grantee, operations } = attributes;
  const at = (path: string, sensitive = false) => ({ path, sensitive, placeOf: () => null });
  const statement: Statement = {
    index: 0,
    position: "0",
    sid: null,
    path: "",
    effect: "Allow",
    actions: operations.value instanceof Unknown ? operations.value : operations.value.map(actionOf),
    notActions: null,
    resources: ["*"],
    notResources: null,
    principals: [principalNamed(grantee.value)],
    notPrincipals: null,
    conditions: [],
  };
  const principals = at(grantee.path, grantee.sensitive);
  const places: StatementPlaces = {
    at,
    effect: principals,
    actions: at(operations.path, operations.sensitive),
    resources: at("key_id"),
    principals,
    conditions: at("constraints"),
  };
  return subject("key-policy-statement", resource, null, {
    ...statementFacts(statement, places, resource, context),
    setBy: derivedFact("grant"),
  });
}

function actionOf(operation: Maybe<string>): Maybe<string> {
  return operation instanceof Unknown ? operation : `kms:${operation}`;
}

function statementFacts(statement: Statement, places: StatementPlaces, resource: PlanResource, context: JoinContext) {
  const areServices = test(
    principalsOf(statement),
    (all) => all.length > 0 && all.every(({ type }) => type === "Service"),
  );
  return {
    setBy: derivedFact("policy"),
    effect: derivedFact(statement.effect, places.effect),
    ...grantFacts(statement, places),
    grantsKeyActions: derivedFact(reachesAnyActionOf(statement, "kms"), places.actions),
    callersOutsideAccounts: derivedFact(callersOutsideAccounts(statement, resource, context), places.principals),
    isForServicesOnly: derivedFact(areServices, places.principals),
  };
}
