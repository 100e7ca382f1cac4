import type { Model } from "../model/model.ts";
import type { Plan } from "../plan/read.ts";
import { Unknown } from "../plan/unknown.ts";
import { joinContext } from "./context.ts";
import { ecrSubjects } from "./ecr/ecr.ts";
import { containerSubjects, imageSubject } from "./ecs/containers.ts";
import { expressServices } from "./ecs/express-services.ts";
import { taskDefinitionSubject, taskDefinitions } from "./ecs/task-definitions.ts";
import { roleTrustSubjects } from "./iam/role-trust.ts";
import { iamStatementSubjects } from "./iam/statements.ts";
import { encryptedObjects } from "./kms/encrypted-objects.ts";
import { credentialSubjects } from "./plan/credentials.ts";
import { destroyedResources } from "./plan/destroyed-resources.ts";
import { planSubject } from "./plan/plan.ts";
import { readabilitySubject } from "./plan/readability.ts";
import { secretReferences } from "./secrets/secret-references.ts";
import { ssmParameterSubjects } from "./secrets/ssm-parameters.ts";
import type { Settings } from "./settings.ts";
import type { Subject } from "./subject.ts";

/** Settles who belongs to whom, once, and makes the subjects that policies judge. */
export function joinSubjects(plan: Plan, model: Model, settings: Settings): Subject[] {
  const context = joinContext(plan, model, settings);
  const tasks = taskDefinitions(context);
  const express = expressServices(context);
  const references = [
    ...tasks.map((task) => secretReferences(task, context)),
    ...express.map((service) => service.references),
  ];
  const mappings = references.flatMap((each) => each.mappings);
  const unread = references.flatMap((each) => each.unread);
  return [
    planSubject(plan),
    ...credentialSubjects(plan, settings),
    ...destroyedResources(context),
    ...encryptedObjects(context),
    ...ecrSubjects(context),
    ...tasks.map(taskDefinitionSubject),
    ...tasks.map((task) => readabilitySubject(task, context)),
    ...tasks.flatMap((task) => containerSubjects(task, context)),
    ...mappings.map((each) => each.subject),
    ...unread,
    ...express.flatMap((service) => service.subjects),
    ...model.aws_lambda_function
      .filter(({ attributes }) => attributes.image_uri.state !== "unset")
      .map(({ resource, attributes }) => imageSubject(resource, null, attributes.image_uri, null)),
    ...iamStatementSubjects(context),
    ...roleTrustSubjects(context),
    ...ssmParameterSubjects(mappings, firstUnknownMapping(unread), context),
  ];
}

/** The first place where parameters may be mapped as secrets without the plan telling which. */
function firstUnknownMapping(subjects: readonly Subject[]): Unknown | null {
  for (const { kind, facts } of subjects) {
    const value = kind === "secret-reference" ? facts["variable"]?.value : undefined;
    if (value instanceof Unknown)
      return new Unknown(
        "no-join",
        value.references,
        "some container definitions that may map it as a secret are unknown",
      );
  }
  return null;
}
