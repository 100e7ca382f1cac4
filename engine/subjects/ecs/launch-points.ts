import { type Attribute, mapAttribute, unknownAt, unsetAt } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { lastPathSegment, serviceNamedBy } from "../joins/relations.ts";
import { derivedFact, type FactOf } from "../subject.ts";
import {
  fargateOnly,
  type LaunchTypes,
  launchTypesOf,
  noLaunchTypes,
  type Strategy,
  unknownLaunchTypes,
} from "./launch-types.ts";

/** The network of the tasks, as a launch point in the mode awsvpc writes it. */
export interface LaunchNetwork {
  readonly assignPublicIp: Attribute<boolean>;
  readonly subnets: Attribute<readonly Maybe<string>[]>;
  /** Empty where none is written: the tasks then get the default security group of the VPC. */
  readonly securityGroups: Attribute<readonly Maybe<string>[]>;
}

/** What starts tasks of a task definition: a service, a task set, an EventBridge rule, a schedule. */
export interface LaunchPoint {
  readonly resource: PlanResource;
  readonly type: "service" | "task-set" | "event-target" | "schedule" | "express-service";
  /** Of the service or schedule; of an EventBridge target its rule's. */
  readonly name: FactOf<string | null>;
  readonly taskDefinition: Attribute<string | null>;
  readonly cluster: Attribute<string | null>;
  /** ECS, CODE_DEPLOY or EXTERNAL; null for what is no service. */
  readonly deploymentController: Attribute<string | null>;
  readonly launchTypes: LaunchTypes;
  /** LATEST where it is not written; it means something on Fargate only. */
  readonly platformVersion: Attribute<string>;
  /** Null where none is written: the tasks then use the network of their host. */
  readonly network: Attribute<LaunchNetwork | null>;
  readonly executeCommand: FactOf<boolean>;
}

export function launchPoints(context: JoinContext): LaunchPoint[] {
  const { model } = context;
  return [
    ...model.aws_ecs_service.map((service) => serviceLaunchPoint(service, context)),
    ...model.aws_ecs_task_set.map((taskSet) => taskSetLaunchPoint(taskSet, context)),
    ...model.aws_cloudwatch_event_target.flatMap(({ resource, attributes }) =>
      taskTargets(attributes.ecs_target, attributes.arn).map((target) =>
        targetLaunchPoint(target, { type: "event-target", name: attributes.rule, resource }, context),
      ),
    ),
    ...model.aws_scheduler_schedule.flatMap((schedule) => scheduleLaunchPoints(schedule, context)),
    ...model.aws_ecs_express_gateway_service.map(expressLaunchPoint),
  ];
}

function serviceLaunchPoint({ resource, attributes }: Modelled<"aws_ecs_service">, context: JoinContext): LaunchPoint {
  const controller = attributes.deployment_controller.only.type;
  const placed = placement(attributes, attributes.cluster, resource, context);
  return {
    resource,
    type: "service",
    name: attributes.name,
    taskDefinition: attributes.task_definition,
    cluster: attributes.cluster,
    deploymentController: controller,
    ...placed,
    launchTypes:
      controller.value === "EXTERNAL"
        ? noLaunchTypes(controller.path, "the task sets of the service have the launch types")
        : placed.launchTypes,
    executeCommand: attributes.enable_execute_command,
  };
}

/** ECS Exec is set on the service, for all containers of its tasks. Source: ECS API Reference, CreateService. */
function taskSetLaunchPoint({ resource, attributes }: Modelled<"aws_ecs_task_set">, context: JoinContext): LaunchPoint {
  const found = serviceNamedBy(attributes.service.value, attributes.cluster.value, resource, context);
  const service = found.kind === "one" ? found.match : null;
  const address = service?.resource.address ?? null;
  const references = attributes.service.value instanceof Unknown ? attributes.service.value.references : [];
  const elsewhere = new Unknown("no-join", references, "the service of the task set is not found in this plan");
  return {
    resource,
    type: "task-set",
    name:
      service === null
        ? mapAttribute(attributes.service, (text) => (text === null ? null : lastPathSegment(text)))
        : { ...service.attributes.name, address },
    taskDefinition: attributes.task_definition,
    cluster: attributes.cluster,
    deploymentController: unsetAt("deployment_controller", null),
    ...placement(attributes, attributes.cluster, resource, context),
    executeCommand:
      service === null
        ? derivedFact(elsewhere, { path: attributes.service.path })
        : { ...service.attributes.enable_execute_command, address },
  };
}

type TaskTarget = Exclude<
  Exclude<Modelled<"aws_cloudwatch_event_target">["attributes"]["ecs_target"]["value"], Unknown>[number],
  Unknown
>;

/** The part of a rule's or schedule's target that starts tasks; `cluster` is the target's ARN. */
interface Target {
  readonly fields: Maybe<TaskTarget>;
  readonly path: string;
  readonly cluster: Attribute<string | null>;
}

/** A target whose ARN is known to be that of something else starts no tasks, even where a dynamic block hides its parts. */
function taskTargets(
  blocks: Attribute<readonly Maybe<TaskTarget>[]>,
  cluster: Attribute<string | null>,
): readonly Target[] {
  const all = elementsOf(blocks.value);
  const isOther = typeof cluster.value === "string" && !/^arn:[^:]*:ecs:.*:cluster\//.test(cluster.value);
  return all
    .filter((fields) => !(fields instanceof Unknown && isOther))
    .map((fields) => ({ fields, path: blocks.path, cluster }));
}

function scheduleLaunchPoints(
  { resource, attributes }: Modelled<"aws_scheduler_schedule">,
  context: JoinContext,
): LaunchPoint[] {
  const { path, value } = attributes.target;
  const outer = elementsOf(value);
  const schedule = { type: "schedule", name: attributes.name, resource } as const;
  return outer.flatMap((target) => {
    const targets: readonly Target[] =
      target instanceof Unknown
        ? [{ fields: target, path, cluster: unknownAt(`${path}[0].arn`, target) }]
        : taskTargets(target.ecs_parameters, target.arn);
    return targets.map((each) => targetLaunchPoint(each, schedule, context));
  });
}

function targetLaunchPoint(
  { fields, path, cluster }: Target,
  point: Pick<LaunchPoint, "type" | "name" | "resource">,
  context: JoinContext,
): LaunchPoint {
  const common = { ...point, cluster, deploymentController: unsetAt("deployment_controller", null) };
  if (fields instanceof Unknown)
    return {
      ...common,
      taskDefinition: unknownAt(path, fields),
      launchTypes: unknownLaunchTypes(fields, path),
      platformVersion: unknownAt(path, fields),
      network: unknownAt(path, fields),
      executeCommand: derivedFact(fields, { path }),
    };
  return {
    ...common,
    taskDefinition: fields.task_definition_arn,
    ...placement(fields, cluster, point.resource, context),
    executeCommand: fields.enable_execute_command,
  };
}

/**
 * Express Mode runs on Fargate, has no argument for the platform version and for ECS Exec, and says nowhere whether tasks
 * get public addresses. Source: ECS Developer Guide, "Resources created by Amazon ECS Express Mode services".
 */
function expressLaunchPoint({ resource, attributes }: Modelled<"aws_ecs_express_gateway_service">): LaunchPoint {
  const { network_configuration: configuration } = attributes;
  const open = (what: string) => new Unknown("stated", [], `Express Mode chooses ${what}`);
  const chosen = (name: string, what: string) => unknownAt(`${configuration.path}[0].${name}`, open(what));
  const list = (from: Attribute<readonly Maybe<string>[]>, what: string) =>
    from.state === "unset" ? unknownAt(from.path, open(what)) : from;
  const groups = "the security groups of tasks where none is written";
  const subnets = "the subnets where none is written";
  return {
    resource,
    type: "express-service",
    name: attributes.service_name,
    taskDefinition: unsetAt("task_definition", null),
    cluster: attributes.cluster,
    deploymentController: unsetAt("deployment_controller", null),
    launchTypes: fargateOnly("Express Mode runs tasks on Fargate only"),
    platformVersion: unsetAt("platform_version", "LATEST"),
    network: mapAttribute(configuration, ([block]) =>
      block instanceof Unknown
        ? block
        : {
            assignPublicIp: chosen("assign_public_ip", "whether tasks get public addresses"),
            subnets: block === undefined ? chosen("subnets", subnets) : list(block.subnets, subnets),
            securityGroups:
              block === undefined ? chosen("security_groups", groups) : list(block.security_groups, groups),
          },
    ),
    executeCommand: unsetAt("enable_execute_command", false),
  };
}

interface Placed {
  readonly launch_type: Attribute<string | null>;
  readonly capacity_provider_strategy: Strategy;
  readonly platform_version: Attribute<string | null>;
  readonly network_configuration: Modelled<"aws_ecs_service">["attributes"]["network_configuration"];
}

function placement(
  fields: Placed,
  cluster: Attribute<string | null>,
  resource: PlanResource,
  context: JoinContext,
): Pick<LaunchPoint, "launchTypes" | "platformVersion" | "network"> {
  return {
    launchTypes: launchTypesOf(fields.launch_type, fields.capacity_provider_strategy, cluster.value, resource, context),
    // The state of what was never written is null or the empty string.
    platformVersion: mapAttribute(fields.platform_version, (text) => (text === null || text === "" ? "LATEST" : text)),
    network: mapAttribute(fields.network_configuration, ([block]) =>
      block === undefined
        ? null
        : block instanceof Unknown
          ? block
          : {
              assignPublicIp: block.assign_public_ip,
              subnets: block.subnets,
              securityGroups: block.security_groups,
            },
    ),
  };
}
