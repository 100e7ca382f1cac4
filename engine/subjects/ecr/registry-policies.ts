import { coversService, grants } from "../../iam/actions.ts";
import { namesAnyone } from "../../iam/principals.ts";
import { isRestrictedBy } from "../../iam/restrictions.ts";
import { isAllow } from "../../iam/statements.ts";
import { anyResource, coversType } from "../../iam/wide-resources.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { statementSubjects } from "../policy-statements.ts";
import { derivedFact, type SubjectOf } from "../subject.ts";
import { callersOf, outsideAccounts } from "./callers.ts";

type RegistryPolicy = Modelled<"aws_ecr_registry_policy">;

const kind = "ecr-registry-policy-statement";
const repository = "ecr:*:*:repository/*";

export function registryPolicySubjects(context: JoinContext): SubjectOf<"ecr-registry-policy-statement">[] {
  return context.model.aws_ecr_registry_policy.flatMap((policy) => statementsOf(policy, context));
}

function statementsOf({ resource, attributes }: RegistryPolicy, context: JoinContext) {
  return statementSubjects(kind, resource, attributes.policy, (statement, { at: from, effect, conditions }) => {
    const callers = callersOf(statement, resource, context);
    return {
      effect: derivedFact(statement.effect, effect),
      namesAnyone: derivedFact(namesAnyone(statement), from("Principal")),
      isRestricted: derivedFact(
        isRestrictedBy(statement, ["principal", "account", "organization", "source", "network"]),
        conditions,
      ),
      grantsEveryEcrAction: derivedFact(grantsEveryEcrAction(statement), from("Action")),
      grantsReplication: derivedFact(grants(statement, "ecr:ReplicateImage"), from("Action")),
      callersOutsideAccounts: derivedFact(
        callers instanceof Unknown ? callers : outsideAccounts(callers, resource, context),
        from("Principal"),
      ),
      createsAnyRepository: derivedFact(createsAnyRepository(statement), from("Resource")),
    };
  });
}

/** With the policy scope V2 a registry's policy applies to every action, as a repository policy does. Source: ECR User Guide. */
export function actsAsRepositoryPolicy({ resource }: RegistryPolicy, { joins }: JoinContext): boolean {
  return widenScope(joins.beside("aws_ecr_account_setting", resource));
}

const widenScope = once((settings: readonly Modelled<"aws_ecr_account_setting">[]) =>
  settings.some(({ attributes: { name, value } }) => name.value === "REGISTRY_POLICY_SCOPE" && value.value !== "V1"),
);

function grantsEveryEcrAction(statement: Statement): Maybe<boolean> {
  return allOf([
    isAllow(statement),
    anyOf(elementsOf(statement.actions).map((action) => test(action, (pattern) => coversService(pattern, "ecr")))),
  ]);
}

function createsAnyRepository(statement: Statement): Maybe<boolean> {
  return allOf([
    anyOf([grants(statement, "ecr:CreateRepository"), grants(statement, "ecr:BatchImportUpstreamImage")]),
    anyResource(statement, (pattern) => coversType(pattern, repository)),
  ]);
}
