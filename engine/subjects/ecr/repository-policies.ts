import { grants, reachesAnyActionOf } from "../../iam/actions.ts";
import { administrationActions, pullActions, pushActions } from "../../iam/ecr-actions.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import { anyOf, listIf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { admissionsOf, type Caller, grantFacts, isOwn, isRole, outsidersOf, textsOfCallers } from "../iam/callers.ts";
import { roleSets } from "../iam/role-sets.ts";
import { type StatementPlaces, statementSubjects } from "../policy-statements.ts";
import { derivedFact, type SubjectOf, unknownSubject } from "../subject.ts";
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
    ...model.aws_ecr_registry_policy.flatMap((policy) => {
      const acts = actsAsRepositoryPolicy(policy, context);
      const { resource, attributes } = policy;
      if (acts === false) return [];
      const rows = policyStatementSubjects(resource, attributes.policy, context);
      return acts === true ? rows : rows.map(({ name }) => unknownSubject(kind, resource, name, acts, "policy"));
    }),
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
  const admissions = admissionsOf(statement, resource, context);
  const services = admissions.filter(({ principal }) => principal.type === "Service");
  const others = admissions.filter(({ principal }) => principal.type !== "Service");
  const own = (each: Caller) => isOwn(each, resource, context);
  const granted = administrationActions.flatMap((name) => listIf(grants(statement, name), name));
  return {
    grantsPush: derivedFact(anyOf(pushActions.map((name) => grants(statement, name))), actions),
    grantsPull: derivedFact(anyOf(pullActions.map((name) => grants(statement, name))), actions),
    administrationActions: derivedFact(granted, actions),
    usesNotAction: derivedFact(
      statement.notActions instanceof Unknown ? statement.notActions : statement.notActions !== null,
      actions,
    ),
    callers: derivedFact(textsOfCallers(admissions), principals),
    callersOutsideBuild: derivedFact(
      outsidersOf(admissions, (each) => isRole(each, roleSets(context).isBuildRole)),
      principals,
    ),
    callersOutsideAccounts: derivedFact(outsidersOf(others, own), principals),
    services: derivedFact(
      services.map(({ principal }) => principal.value),
      principals,
    ),
    foreignSources: derivedFact(outsidersOf(services, own), conditions),
  };
}

function policyStatementFacts(statement: Statement, places: StatementPlaces) {
  return {
    effect: derivedFact(statement.effect, places.effect),
    grantsEcrActions: derivedFact(reachesAnyActionOf(statement, "ecr"), places.actions),
    ...grantFacts(statement, places),
  };
}
