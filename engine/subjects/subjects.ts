import type { JoinContext } from "./context.ts";
import { detectorSubjects } from "./detection/detectors.ts";
import { findingSourceSubjects } from "./detection/finding-sources.ts";
import { createdRepositorySubjects } from "./ecr/created-repositories.ts";
import { lifecyclePolicySubjects } from "./ecr/lifecycle-policies.ts";
import { pullThroughCacheSubjects } from "./ecr/pull-through-caches.ts";
import { registryPolicySubjects } from "./ecr/registry-policies.ts";
import { replicatedRepositorySubjects } from "./ecr/replications.ts";
import { publicRepositorySubjects, repositorySubjects } from "./ecr/repositories.ts";
import { repositoryPolicySubjects } from "./ecr/repository-policies.ts";
import { rescanFunctionSubjects } from "./ecr/rescans.ts";
import { clusterSubjects } from "./ecs/clusters.ts";
import { containerSubjects, environmentSubjects, imageSubjects } from "./ecs/containers.ts";
import { launchPointSubjects } from "./ecs/launch-point-subjects.ts";
import { taskDefinitionSubjects } from "./ecs/task-definitions.ts";
import { volumeSubjects } from "./ecs/volumes.ts";
import { attachmentSubjects } from "./iam/attachment-subjects.ts";
import { holderSubjects } from "./iam/holder-subjects.ts";
import { rolePermissionSubjects } from "./iam/role-permissions.ts";
import { roleTrustSubjects } from "./iam/role-trust.ts";
import { iamStatementSubjects } from "./iam/statements.ts";
import { taskRoleSubjects } from "./iam/task-roles.ts";
import { userGrantSubjects } from "./iam/user-grants.ts";
import type { Kind } from "./kinds.ts";
import { encryptedObjectSubjects } from "./kms/encrypted-objects.ts";
import { keyPolicySubjects } from "./kms/key-policies.ts";
import { keySubjects } from "./kms/keys.ts";
import { functionPermissionSubjects } from "./lambda/function-permissions.ts";
import { logGroupSubjects } from "./logs/log-groups.ts";
import { defaultGroupSubjects } from "./network/default-groups.ts";
import { vpcSubjects } from "./network/endpoints.ts";
import { securityGroupSubjects } from "./network/group-forms.ts";
import { listenerSubjects } from "./network/listeners.ts";
import { ruleSubjects } from "./network/rule-subjects.ts";
import { taskSubnetSubjects } from "./network/subnets.ts";
import { projectSubjects } from "./pipeline/project-subjects.ts";
import { signatureSubjects } from "./pipeline/signatures.ts";
import { pipelineValueSubjects } from "./pipeline/values.ts";
import { webhookSubjects } from "./pipeline/webhooks.ts";
import { credentialSubjects } from "./plan/credentials.ts";
import { destroyedResourceSubjects } from "./plan/destroyed-resources.ts";
import { planSubjects } from "./plan/plan.ts";
import { readabilitySubjects } from "./plan/readability.ts";
import { containerTextSubjects } from "./secrets/container-texts.ts";
import { documentSubjects } from "./secrets/documents.ts";
import { secretMaterialSubjects } from "./secrets/secret-material.ts";
import { secretPolicySubjects } from "./secrets/secret-policies.ts";
import { secretReferenceSubjects } from "./secrets/secret-references.ts";
import { secretSubjects } from "./secrets/secrets.ts";
import { ssmParameterSubjects } from "./secrets/ssm-parameters.ts";
import type { Subject, SubjectOf } from "./subject.ts";

/** How the subjects of each kind are made. What several of them read is worked out once, when the first one asks. */
const subjectsOf: { readonly [K in Kind]: (context: JoinContext) => readonly SubjectOf<K>[] } = {
  plan: planSubjects,
  "configuration-value": credentialSubjects,
  "destroyed-resource": destroyedResourceSubjects,
  "encrypted-object": encryptedObjectSubjects,
  "kms-key": keySubjects,
  "key-policy-statement": keyPolicySubjects,
  "ecr-repository": repositorySubjects,
  "replicated-repository": replicatedRepositorySubjects,
  "ecr-public-repository": publicRepositorySubjects,
  "rescan-function": rescanFunctionSubjects,
  "ecr-lifecycle-policy": lifecyclePolicySubjects,
  "ecr-pull-through-cache-rule": pullThroughCacheSubjects,
  "created-repositories": createdRepositorySubjects,
  "ecr-repository-policy-statement": repositoryPolicySubjects,
  "ecr-registry-policy-statement": registryPolicySubjects,
  "task-definition": taskDefinitionSubjects,
  "launch-point": launchPointSubjects,
  "ecs-cluster": clusterSubjects,
  "container-definitions": readabilitySubjects,
  container: containerSubjects,
  "container-image": imageSubjects,
  "environment-variable": environmentSubjects,
  "task-volume": volumeSubjects,
  "container-texts": containerTextSubjects,
  "secret-reference": secretReferenceSubjects,
  "iam-statement": iamStatementSubjects,
  "role-permission": rolePermissionSubjects,
  "iam-identity": holderSubjects,
  "task-role": taskRoleSubjects,
  "iam-policy-attachment": attachmentSubjects,
  "iam-user-grant": userGrantSubjects,
  "role-trust-statement": roleTrustSubjects,
  "security-group-rule": ruleSubjects,
  "security-group": securityGroupSubjects,
  "lb-listener": listenerSubjects,
  "default-group-use": defaultGroupSubjects,
  "task-subnets": taskSubnetSubjects,
  vpc: vpcSubjects,
  "guardduty-detector": detectorSubjects,
  "finding-source": findingSourceSubjects,
  "codebuild-project": projectSubjects,
  "pipeline-value": pipelineValueSubjects,
  "image-signature-point": signatureSubjects,
  "codebuild-webhook-filter-group": webhookSubjects,
  "function-permission": functionPermissionSubjects,
  "log-group": logGroupSubjects,
  "ssm-document": documentSubjects,
  "ssm-parameter": ssmParameterSubjects,
  "secret-material": secretMaterialSubjects,
  "secret-policy-statement": secretPolicySubjects,
  secret: secretSubjects,
};

/** The subjects of a plan; of some kinds, where `kinds` names them. */
export function joinSubjects(context: JoinContext, kinds?: ReadonlySet<string>): Subject[] {
  return Object.entries(subjectsOf)
    .filter(([kind]) => kinds?.has(kind) ?? true)
    .flatMap(([, make]): readonly Subject[] => make(context));
}
