import { Unknown } from "../plan/unknown.ts";
import type { JoinContext } from "./context.ts";
import { detectorSubjects } from "./detection/detectors.ts";
import { findingSourceSubjects } from "./detection/finding-sources.ts";
import { ecrSubjects } from "./ecr/ecr.ts";
import { allRefusePush } from "./ecr/refusals.ts";
import { clusterSubject } from "./ecs/clusters.ts";
import { containerSubjects } from "./ecs/containers.ts";
import { expressServices } from "./ecs/express-services.ts";
import { imageSubject } from "./ecs/images.ts";
import { launchPointSubject } from "./ecs/launch-point-subjects.ts";
import { launchPoints } from "./ecs/launch-points.ts";
import { taskDefinitionSubject, taskDefinitions } from "./ecs/task-definitions.ts";
import { volumeSubjects } from "./ecs/volumes.ts";
import { attachmentSubjects } from "./iam/attachment-subjects.ts";
import { attachments } from "./iam/attachments.ts";
import { holderSubjects } from "./iam/holder-subjects.ts";
import { merge, outsidePermissions, planPermissions } from "./iam/permissions.ts";
import { rolePermissionSubjects } from "./iam/role-permissions.ts";
import { roleSets } from "./iam/role-sets.ts";
import { roleStatements } from "./iam/role-statements.ts";
import { roleTrustSubjects } from "./iam/role-trust.ts";
import { iamStatementSubjects } from "./iam/statements.ts";
import { taskRoleSubjects } from "./iam/task-roles.ts";
import { userGrantSubjects } from "./iam/user-grants.ts";
import { encryptedObjects } from "./kms/encrypted-objects.ts";
import { defaultGroupSubjects } from "./network/default-groups.ts";
import { vpcSubjects } from "./network/endpoints.ts";
import { ruleSubjects } from "./network/rule-subjects.ts";
import { taskSubnetSubjects } from "./network/subnets.ts";
import { pipelineSubjects } from "./pipeline/pipeline.ts";
import { credentialSubjects } from "./plan/credentials.ts";
import { destroyedResources } from "./plan/destroyed-resources.ts";
import { planSubject } from "./plan/plan.ts";
import { readabilitySubject } from "./plan/readability.ts";
import { containerTextSubjects, expressTextSubjects } from "./secrets/container-texts.ts";
import { secretMaterialSubjects } from "./secrets/secret-material.ts";
import { secretPolicySubjects } from "./secrets/secret-policies.ts";
import { secretReferences } from "./secrets/secret-references.ts";
import { secretSubjects } from "./secrets/secrets.ts";
import { ssmParameterSubjects } from "./secrets/ssm-parameters.ts";
import type { Subject, SubjectOf } from "./subject.ts";

/** Settles who belongs to whom, once, and makes the subjects that policies judge. */
export function joinSubjects(context: JoinContext): Subject[] {
  const { plan, model } = context;
  const sets = roleSets(context);
  const attached = attachments(context);
  const permissions = planPermissions(attached, context);
  const allPermissions = merge([permissions, outsidePermissions(attached, context)]);
  const statementsOf = roleStatements(allPermissions);
  const registry = ecrSubjects(statementsOf, sets, context);
  const points = launchPoints(context);
  const tasks = taskDefinitions(context, points);
  const express = expressServices(context);
  const references = [
    ...tasks.map((task) => secretReferences(task, context)),
    ...express.map((service) => service.references),
  ];
  const mappings = references.flatMap((each) => each.mappings);
  const unread = references.flatMap((each) => each.unread);
  return [
    planSubject(plan),
    ...credentialSubjects(plan, context.settings),
    ...destroyedResources(context),
    ...encryptedObjects(context),
    ...registry.repositories,
    ...registry.others,
    ...tasks.map((task) => taskDefinitionSubject(task, context)),
    ...points.map((point) => launchPointSubject(point, context)),
    ...model.aws_ecs_cluster.map((cluster) => clusterSubject(cluster, points, tasks, context)),
    ...tasks.map((task) => readabilitySubject(task, context)),
    ...tasks.flatMap((task) => containerSubjects(task, context)),
    ...tasks.flatMap(volumeSubjects),
    ...model.aws_ecs_task_definition.flatMap((definition) => containerTextSubjects(definition, context)),
    ...model.aws_ecs_express_gateway_service.flatMap((service) => expressTextSubjects(service, context)),
    ...mappings.map((each) => each.subject),
    ...unread,
    ...express.flatMap((service) => service.subjects),
    ...model.aws_lambda_function
      .filter(({ attributes }) => attributes.image_uri.state !== "unset")
      .map(({ resource, attributes }) =>
        imageSubject(
          { resource, name: null, image: attributes.image_uri, service: "lambda", container: null },
          context,
        ),
      ),
    ...iamStatementSubjects(permissions, context),
    ...rolePermissionSubjects(allPermissions, allRefusePush(registry.repositories), sets, context),
    ...holderSubjects(allPermissions, context),
    ...taskRoleSubjects(sets, context),
    ...attachmentSubjects(attached),
    ...userGrantSubjects(attached, context),
    ...roleTrustSubjects(context),
    ...ruleSubjects(points, context),
    ...defaultGroupSubjects(points, context),
    ...taskSubnetSubjects(points, context),
    ...vpcSubjects(points, context),
    ...detectorSubjects(points, context),
    ...findingSourceSubjects(context),
    ...pipelineSubjects(statementsOf, context),
    ...ssmParameterSubjects(mappings, firstUnknownMapping(unread), context),
    ...secretMaterialSubjects(context),
    ...secretPolicySubjects(context),
    ...secretSubjects(context),
  ];
}

/** The first place where parameters may be mapped as secrets without the plan telling which. */
function firstUnknownMapping(subjects: readonly SubjectOf<"secret-reference">[]): Unknown | null {
  for (const { facts } of subjects) {
    const { value } = facts.variable;
    if (value instanceof Unknown)
      return new Unknown(
        "no-join",
        value.references,
        "some container definitions that may map it as a secret are unknown",
      );
  }
  return null;
}
