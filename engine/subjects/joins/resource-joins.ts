import type { Attribute } from "../../model/attribute.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { containerName } from "../ecs/containers.ts";
import { launchPoints } from "../ecs/launch-points.ts";
import { type TaskDefinition, taskDefinitions } from "../ecs/task-definitions.ts";
import { type SecretMapping, secretReferences } from "../secrets/secret-references.ts";
import { invocationJoins } from "./invocation-joins.ts";
import { type Join, type Joinable, join } from "./join.ts";
import {
  clusterNamedBy,
  logGroupNamedBy,
  policyNamedBy,
  repositoryNamedBy,
  repositoryOfImage,
  roleNamedBy,
  securityGroupNamedBy,
  subnetNamedBy,
  taskDefinitionNamedBy,
} from "./relations.ts";

/** What one attribute of a resource says of another resource, and how that was found. */
export interface ResourceJoin {
  readonly resource: PlanResource;
  readonly path: string;
  /** The type of resource that the attribute names. */
  readonly to: string;
  readonly join: Join<Joinable>;
}

type Relation = (name: Maybe<string | null>, from: PlanResource, context: JoinContext) => Join<Joinable>;

/** All joins between the resources of a plan that policies rest on, in the order of the resources. */
export function resourceJoins(context: JoinContext): ResourceJoin[] {
  const { model } = context;
  const one = (
    resource: PlanResource,
    attribute: Attribute<string | null>,
    to: string,
    relation: Relation,
  ): ResourceJoin[] =>
    attribute.state === "unset"
      ? []
      : [{ resource, path: attribute.path, to, join: relation(attribute.value, resource, context) }];
  const tasks = taskDefinitions(context);
  return [
    ...model.aws_ecr_lifecycle_policy.flatMap((each) =>
      one(each.resource, each.attributes.repository, "aws_ecr_repository", repositoryNamedBy),
    ),
    ...model.aws_ecr_repository_policy.flatMap((each) =>
      one(each.resource, each.attributes.repository, "aws_ecr_repository", repositoryNamedBy),
    ),
    ...launchPoints(context).flatMap(({ resource, taskDefinition, cluster }) => [
      ...one(resource, taskDefinition, "aws_ecs_task_definition", taskDefinitionNamedBy),
      ...one(resource, cluster, "aws_ecs_cluster", clusterNamedBy),
    ]),
    ...model.aws_ecs_service.flatMap(({ resource, attributes }) =>
      networkJoins(resource, attributes.network_configuration, context),
    ),
    ...tasks.flatMap((task) => [
      ...one(task.definition.resource, task.definition.attributes.execution_role_arn, "aws_iam_role", roleNamedBy),
      ...one(task.definition.resource, task.definition.attributes.task_role_arn, "aws_iam_role", roleNamedBy),
      ...containerJoins(task, context),
    ]),
    ...invocationJoins(context),
    ...model.aws_iam_role_policy.flatMap((each) =>
      one(each.resource, each.attributes.role, "aws_iam_role", roleNamedBy),
    ),
    ...model.aws_iam_role_policy_attachment.flatMap(({ resource, attributes }) => [
      ...one(resource, attributes.role, "aws_iam_role", roleNamedBy),
      ...one(resource, attributes.policy_arn, "aws_iam_policy", policyNamedBy),
    ]),
    ...model.aws_iam_role.flatMap(({ resource, attributes }) =>
      listJoins(resource, attributes.managed_policy_arns, "aws_iam_policy", policyNamedBy, context),
    ),
    ...model.aws_iam_user_policy_attachment.flatMap((each) =>
      one(each.resource, each.attributes.policy_arn, "aws_iam_policy", policyNamedBy),
    ),
    ...model.aws_iam_group_policy_attachment.flatMap((each) =>
      one(each.resource, each.attributes.policy_arn, "aws_iam_policy", policyNamedBy),
    ),
    ...model.aws_iam_policy_attachment.flatMap((each) =>
      one(each.resource, each.attributes.policy_arn, "aws_iam_policy", policyNamedBy),
    ),
  ];
}

type NetworkConfiguration = JoinContext["model"]["aws_ecs_service"][number]["attributes"]["network_configuration"];

function networkJoins(
  resource: PlanResource,
  configuration: NetworkConfiguration,
  context: JoinContext,
): ResourceJoin[] {
  const blocks = configuration.value instanceof Unknown ? [] : configuration.value;
  return blocks.flatMap((block) =>
    block instanceof Unknown
      ? []
      : [
          ...listJoins(resource, block.security_groups, "aws_security_group", securityGroupNamedBy, context),
          ...listJoins(resource, block.subnets, "aws_subnet", subnetNamedBy, context),
        ],
  );
}

/** One join for each element; the provider makes a set with one unknown element unknown as a whole, which is one join. */
function listJoins(
  resource: PlanResource,
  list: Attribute<readonly Maybe<string>[]>,
  to: string,
  relation: Relation,
  context: JoinContext,
): ResourceJoin[] {
  if (list.value instanceof Unknown)
    return [{ resource, path: list.path, to, join: relation(list.value, resource, context) }];
  return list.value.map((element, at) => ({
    resource,
    path: `${list.path}[${at}]`,
    to,
    join: relation(element, resource, context),
  }));
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
    const found = logGroupNamedBy(group.value, resource, context);
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

function secretJoin({ resource, name, path, parameter, secret }: SecretMapping): ResourceJoin {
  const place = { resource, path: `${name}: ${path}` };
  if (secret !== null) return { ...place, to: "aws_secretsmanager_secret", join: secret };
  return { ...place, to: "aws_ssm_parameter", join: parameter };
}
