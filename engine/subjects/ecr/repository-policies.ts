import { grants, reachesAnyActionOf } from "../../iam/actions.ts";
import { administrationActions, pullActions, pushActions } from "../../iam/ecr-actions.ts";
import { namesAnyone } from "../../iam/principals.ts";
import { isRestrictedBy, restrictingValues } from "../../iam/restrictions.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, listIf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { type StatementPlaces, statementSubjects } from "../policy-statements.ts";
import { derivedFact, type SubjectOf } from "../subject.ts";
import { type Caller, callersOf, outsideAccounts, outsideBuild, servicesOf } from "./callers.ts";
import { actsAsRepositoryPolicy } from "./registry-policies.ts";

const kind = "ecr-repository-policy-statement";

/** The statements of repository policies, and of those that act as such. */
export function repositoryPolicySubjects(context: JoinContext): SubjectOf<"ecr-repository-policy-statement">[] {
  const { model } = context;
  return [
    ...model.aws_ecr_repository_creation_template.flatMap(({ resource, attributes }) =>
      policyStatementSubjects(resource, attributes.repository_policy, context),
    ),
    ...model.aws_ecr_repository_policy.flatMap(({ resource, attributes }) =>
      policyStatementSubjects(resource, attributes.policy, context),
    ),
    ...model.aws_ecr_registry_policy
      .filter((policy) => actsAsRepositoryPolicy(policy, context))
      .flatMap(({ resource, attributes }) => policyStatementSubjects(resource, attributes.policy, context)),
  ];
}

function policyStatementSubjects(
  resource: PlanResource,
  policy: PolicyText,
  context: JoinContext,
): SubjectOf<"ecr-repository-policy-statement">[] {
  return statementSubjects(kind, resource, policy, (statement, places) => ({
    ...policyStatementFacts(statement, places),
    ...callerFacts(statement, places, resource, context),
  }));
}

/** Whom the statement lets do what. */
function callerFacts(
  statement: Statement,
  { actions, principals, conditions }: StatementPlaces,
  resource: PlanResource,
  context: JoinContext,
) {
  const callers = callersOf(statement, resource, context);
  const list = (select: (known: readonly Caller[]) => Maybe<string>[]) =>
    derivedFact(callers instanceof Unknown ? callers : select(callers), principals);
  const granted = administrationActions.flatMap((name) => listIf(grants(statement, name), name));
  return {
    grantsPush: derivedFact(anyOf(pushActions.map((name) => grants(statement, name))), actions),
    grantsPull: derivedFact(anyOf(pullActions.map((name) => grants(statement, name))), actions),
    administrationActions: derivedFact(granted, actions),
    usesNotAction: derivedFact(
      statement.notActions instanceof Unknown ? statement.notActions : statement.notActions !== null,
      actions,
    ),
    callers: list((known) => known.map(({ text }) => text)),
    callersOutsideBuild: list((known) => outsideBuild(known, context)),
    callersOutsideAccounts: list((known) => outsideAccounts(known, resource, context)),
    services: list(servicesOf),
    restrictedToSources: derivedFact(isRestrictedBy(statement, ["source"]), conditions),
  };
}

function policyStatementFacts(statement: Statement, { effect, actions, principals, conditions }: StatementPlaces) {
  return {
    effect: derivedFact(statement.effect, effect),
    namesAnyone: derivedFact(namesAnyone(statement), principals),
    grantsEcrActions: derivedFact(reachesAnyActionOf(statement, "ecr"), actions),
    restrictedToPrincipals: derivedFact(isRestrictedBy(statement, ["principal", "source"]), conditions),
    restrictedToOrganizations: derivedFact(isRestrictedBy(statement, ["organization"]), conditions),
    organizationIds: derivedFact(restrictingValues(statement, "organization"), conditions),
    restrictedToAccounts: derivedFact(isRestrictedBy(statement, ["account"]), conditions),
    conditionAccountIds: derivedFact(restrictingValues(statement, "account"), conditions),
    restrictedToNetworks: derivedFact(isRestrictedBy(statement, ["network"]), conditions),
  };
}
