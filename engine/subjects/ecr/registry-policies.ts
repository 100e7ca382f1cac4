import { coversService, grants, reachesAnyActionOf } from "../../iam/actions.ts";
import { isAllow } from "../../iam/statements.ts";
import { anyResource, coversType } from "../../iam/wide-resources.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { callersOutsideAccounts, grantFacts } from "../iam/callers.ts";
import { statementSubjects } from "../policy-statements.ts";
import { derivedFact, type SubjectOf } from "../subject.ts";

type RegistryPolicy = Modelled<"aws_ecr_registry_policy">;

const kind = "ecr-registry-policy-statement";
const repository = "ecr:*:*:repository/*";

export function registryPolicySubjects(context: JoinContext): SubjectOf<"ecr-registry-policy-statement">[] {
  return context.model.aws_ecr_registry_policy.flatMap((policy) => statementsOf(policy, context));
}

function statementsOf({ resource, attributes }: RegistryPolicy, context: JoinContext) {
  return statementSubjects(kind, resource, attributes.policy, (statement, places) => ({
    effect: derivedFact(statement.effect, places.effect),
    ...grantFacts(statement, places),
    grantsEveryEcrAction: derivedFact(grantsEveryEcrAction(statement), places.actions),
    grantsReplication: derivedFact(grants(statement, "ecr:ReplicateImage"), places.actions),
    callersOutsideAccounts: derivedFact(callersOutsideAccounts(statement, resource, context), places.principals),
    createsAnyRepository: derivedFact(createsAnyRepository(statement), places.resources),
  }));
}

/** With the policy scope V2 a registry's policy applies to every action, as a repository policy does. Source: ECR User Guide. */
export function actsAsRepositoryPolicy({ resource }: RegistryPolicy, { joins }: JoinContext): Maybe<boolean> {
  return widenScope(joins.beside("aws_ecr_account_setting", resource));
}

const widenScope = once((settings: readonly Modelled<"aws_ecr_account_setting">[]) =>
  anyOf(
    settings.map(({ attributes: { name, value } }) =>
      allOf([
        test(name.value, (text) => text === "REGISTRY_POLICY_SCOPE"),
        test(value.value, (scope) => scope !== "V1"),
      ]),
    ),
  ),
);

/** All but some is what AWS adds to the service, too. */
function grantsEveryEcrAction(statement: Statement): Maybe<boolean> {
  const { actions, notActions } = statement;
  const isNamed = elementsOf(actions).map((action) => test(action, (pattern) => coversService(pattern, "ecr")));
  const isLeft = notActions === null ? false : reachesAnyActionOf(statement, "ecr");
  return allOf([isAllow(statement), anyOf([...isNamed, isLeft])]);
}

function createsAnyRepository(statement: Statement): Maybe<boolean> {
  return allOf([
    anyOf([grants(statement, "ecr:CreateRepository"), grants(statement, "ecr:BatchImportUpstreamImage")]),
    anyResource(statement, (pattern) => coversType(pattern, repository)),
  ]);
}
