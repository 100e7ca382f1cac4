import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { containerName } from "../ecs/containers.ts";
import { type LaunchPoint, launchPoints } from "../ecs/launch-points.ts";
import { type TaskDefinition, taskDefinitions } from "../ecs/task-definitions.ts";
import { type SecretMapping, secretReferences } from "../secrets/secret-references.ts";
import { attributeJoin, listJoins, type Relation, type ResourceJoin } from "./attribute-joins.ts";
import { iamJoins } from "./iam-joins.ts";
import { invocationJoins } from "./invocation-joins.ts";
import { join, sameProvider } from "./join.ts";
import {
  clusterNamedBy,
  logGroupNamedBy,
  projectNamedBy,
  repositoryNamedBy,
  repositoryOfImage,
  roleNamedBy,
  secretNamedBy,
  securityGroupNamedBy,
  serviceNamedBy,
  subnetNamedBy,
  taskDefinitionNamedBy,
} from "./relations.ts";

/** All joins between the resources of a plan that policies rest on, in the order of the resources. */
export function resourceJoins(context: JoinContext): ResourceJoin[] {
  const { model } = context;
  const one = (resource: PlanResource, attribute: Attribute<string | null>, to: string, relation: Relation) =>
    attributeJoin(resource, attribute, to, relation, context);
  const points = launchPoints(context);
  const tasks = taskDefinitions(context, points);
  const toSecret = (resource: PlanResource, attribute: Attribute<string | null>) =>
    one(resource, attribute, "aws_secretsmanager_secret", secretNamedBy);
  return [
    ...model.aws_codebuild_project.flatMap((each) =>
      one(each.resource, each.attributes.service_role, "aws_iam_role", roleNamedBy),
    ),
    ...model.aws_codebuild_webhook.flatMap((each) =>
      one(each.resource, each.attributes.project_name, "aws_codebuild_project", projectNamedBy),
    ),
    ...model.aws_ecr_lifecycle_policy.flatMap((each) =>
      one(each.resource, each.attributes.repository, "aws_ecr_repository", repositoryNamedBy),
    ),
    ...model.aws_ecr_repository_policy.flatMap((each) =>
      one(each.resource, each.attributes.repository, "aws_ecr_repository", repositoryNamedBy),
    ),
    ...points.flatMap(({ resource, taskDefinition, cluster, network }) => [
      ...one(resource, taskDefinition, "aws_ecs_task_definition", taskDefinitionNamedBy),
      ...one(resource, cluster, "aws_ecs_cluster", clusterNamedBy),
      ...networkJoins(resource, network, context),
    ]),
    ...model.aws_ecs_task_set.flatMap(({ resource, attributes }) =>
      one(resource, attributes.service, "aws_ecs_service", (name, from) =>
        serviceNamedBy(name, attributes.cluster.value, from, context),
      ),
    ),
    ...tasks.flatMap((task) => [
      ...one(task.definition.resource, task.definition.attributes.execution_role_arn, "aws_iam_role", roleNamedBy),
      ...one(task.definition.resource, task.definition.attributes.task_role_arn, "aws_iam_role", roleNamedBy),
      ...containerJoins(task, context),
    ]),
    ...invocationJoins(context),
    ...iamJoins(context),
    ...model.aws_ecr_repository.flatMap((repository) => scanningJoin(repository, context)),
    ...model.aws_secretsmanager_secret_policy.flatMap((each) => toSecret(each.resource, each.attributes.secret_arn)),
    ...model.aws_secretsmanager_secret_rotation.flatMap((each) => toSecret(each.resource, each.attributes.secret_id)),
    ...model.aws_secretsmanager_secret_version.flatMap((each) => toSecret(each.resource, each.attributes.secret_id)),
  ];
}

/** A registry is that of the account and region of a provider configuration; nothing else names it. */
function scanningJoin({ resource }: Modelled<"aws_ecr_repository">, { model }: JoinContext): ResourceJoin[] {
  const to = "aws_ecr_registry_scanning_configuration";
  const match = model[to].find((candidate) => sameProvider(candidate.resource, resource));
  if (match === undefined) return [];
  return [{ resource, path: "region", to, join: { kind: "one", match, by: "provider configuration" } }];
}

/** A network that is unknown as a whole hides both groups and subnets. */
function networkJoins(
  resource: PlanResource,
  { value, path }: LaunchPoint["network"],
  context: JoinContext,
): ResourceJoin[] {
  if (value === null) return [];
  if (value instanceof Unknown)
    return ["aws_security_group", "aws_subnet"].map((to) => ({
      resource,
      path,
      to,
      join: { kind: "unknown", unknown: value },
    }));
  return [
    ...listJoins(resource, value.securityGroups, "aws_security_group", securityGroupNamedBy, context),
    ...listJoins(resource, value.subnets, "aws_subnet", subnetNamedBy, context),
  ];
}

function containerJoins(task: TaskDefinition, context: JoinContext): ResourceJoin[] {
  const { resource, attributes } = task.definition;
  if (task.containers instanceof Unknown) {
    return referredJoins(resource, attributes.container_definitions.path, task.containers, context);
  }
  const secrets = secretReferences(task, context).mappings.map((mapping) => secretJoin(mapping));
  const containers = task.containers.flatMap((container, at) => {
    if (container instanceof Unknown) return [];
    const image: ResourceJoin = {
      resource,
      path: `${containerName(container, at)}: ${container.image.path}`,
      to: "aws_ecr_repository",
      join: repositoryOfImage(container.image.value, resource, context),
    };
    const log = container.logConfiguration.value;
    const options = log instanceof Unknown || log === null ? null : log.options.value;
    if (options === null || options instanceof Unknown) return [image];
    const group = options["awslogs-group"];
    if (group.state === "unset") return [image];
    const found = logGroupNamedBy(group.value, resource, context, options["awslogs-region"].value);
    return [
      image,
      { resource, path: `${containerName(container, at)}: ${group.path}`, to: "aws_cloudwatch_log_group", join: found },
    ];
  });
  return [...containers, ...secrets];
}

/** What unknown container definitions refer to: which container uses it, and as what, the plan does not tell. */
function referredJoins(resource: PlanResource, path: string, unknown: Unknown, context: JoinContext): ResourceJoin[] {
  const relations: Readonly<Record<string, Relation>> = {
    aws_ecr_repository: repositoryNamedBy,
    aws_cloudwatch_log_group: logGroupNamedBy,
    aws_ssm_parameter: (name, from, { model }) => join(name, from, model.aws_ssm_parameter, () => []),
  };
  const isOpen = unknown.references.some(({ end }) => "deadEnd" in end && end.deadEnd !== "variable");
  const open: ResourceJoin[] = isOpen
    ? [{ resource, path, to: "aws_ecr_repository", join: { kind: "unknown", unknown } }]
    : [];
  const referred = unknown.references.flatMap((reference): ResourceJoin[] => {
    const to = "target" in reference.end ? reference.end.target.type : "";
    const relation = Object.hasOwn(relations, to) ? relations[to] : undefined;
    if (relation === undefined) return [];
    return [{ resource, path, to, join: relation(new Unknown("after-apply", [reference]), resource, context) }];
  });
  return [...open, ...referred];
}

export function secretJoin({ resource, name, path, parameter, secret }: SecretMapping): ResourceJoin {
  const place = { resource, path: `${name}: ${path}` };
  if (secret !== null) return { ...place, to: "aws_secretsmanager_secret", join: secret };
  return { ...place, to: "aws_ssm_parameter", join: parameter };
}
