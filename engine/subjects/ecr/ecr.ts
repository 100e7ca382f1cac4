import type { JoinContext } from "../context.ts";
import type { RoleSets } from "../iam/role-sets.ts";
import type { RoleStatements } from "../iam/role-statements.ts";
import { type Subject, subject } from "../subject.ts";
import { createdRepositorySubjects } from "./created-repositories.ts";
import { lifecyclePolicySubjects } from "./lifecycle-policies.ts";
import { pullThroughCacheSubject } from "./pull-through-caches.ts";
import { actsAsRepositoryPolicy, registryPolicySubjects } from "./registry-policies.ts";
import { repositorySubject } from "./repositories.ts";
import { policyStatementSubjects } from "./repository-policies.ts";
import { mayRescan, repositoryTests, rescanFunctions } from "./rescan-chains.ts";
import { rescanFacts, rescanFunctionSubject } from "./rescans.ts";

/** The subjects of the registry, its repositories apart. */
export function ecrSubjects(statementsOf: RoleStatements, sets: RoleSets, context: JoinContext) {
  const { model } = context;
  const functions = rescanFunctions(statementsOf, context);
  const scanning = functions.filter(mayRescan);
  const isRepository = repositoryTests(context);
  const repositories = model.aws_ecr_repository.map((repository) =>
    repositorySubject(repository, rescanFacts(repository, scanning, isRepository(repository)), sets, context),
  );
  const others: Subject[] = [
    ...model.aws_ecrpublic_repository.map(({ resource, attributes }) =>
      subject("ecr-public-repository", resource, null, { name: attributes.repository_name }),
    ),
    ...functions.map((each) => rescanFunctionSubject(each, context)),
    ...lifecyclePolicySubjects(context),
    ...model.aws_ecr_pull_through_cache_rule.map((rule) => pullThroughCacheSubject(rule, context)),
    ...createdRepositorySubjects(context),
    ...model.aws_ecr_repository_creation_template.flatMap(({ resource, attributes }) =>
      policyStatementSubjects(resource, attributes.repository_policy, sets, context),
    ),
    ...model.aws_ecr_repository_policy.flatMap(({ resource, attributes }) =>
      policyStatementSubjects(resource, attributes.policy, sets, context),
    ),
    ...model.aws_ecr_registry_policy.flatMap((policy) => [
      ...registryPolicySubjects(policy, context),
      ...(actsAsRepositoryPolicy(policy, context)
        ? policyStatementSubjects(policy.resource, policy.attributes.policy, sets, context)
        : []),
    ]),
  ];
  return { repositories, others };
}
