import type { Launch, LaunchNetwork, TaskTarget } from "../../joins/launches.ts";
import { lastPathSegment } from "../../joins/names.ts";
import { type Attribute, mapAttribute, unknownAt, unsetAt } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type FactOf } from "../subject.ts";
import {
  fargateOnly,
  type LaunchTypes,
  launchTypesOf,
  noLaunchTypes,
  type Strategy,
  unknownLaunchTypes,
} from "./launch-types.ts";

/** What starts tasks of a task definition: a service, a task set, an EventBridge rule, a schedule. */
export interface LaunchPoint {
  readonly launch: Launch;
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

/** All that starts tasks, worked out once. */
export const launchPoints = once((context: JoinContext): readonly LaunchPoint[] =>
  context.joins.launches().map((launch) => launchPoint(launch, context)),
);

export const pointsByLaunch = once(
  (context: JoinContext): ReadonlyMap<Launch, LaunchPoint> =>
    new Map(launchPoints(context).map((point) => [point.launch, point])),
);

function launchPoint(launch: Launch, context: JoinContext): LaunchPoint {
  switch (launch.type) {
    case "service":
      return serviceLaunchPoint(launch, launch.of, context);
    case "task-set":
      return taskSetLaunchPoint(launch, launch.of, context);
    case "express-service":
      return expressLaunchPoint(launch, launch.of);
    case "event-target":
    case "schedule":
      return targetLaunchPoint(launch, launch.of, launch.path, launch.name, context);
  }
}

/** What all launch points have in common: where they stand, and what they name. */
function named(launch: Launch) {
  const { resource, type, taskDefinition, cluster, network } = launch;
  return { launch, resource, type, taskDefinition, cluster, network };
}

function serviceLaunchPoint(launch: Launch, { attributes }: Modelled<"aws_ecs_service">, context: JoinContext) {
  const controller = attributes.deployment_controller.only.type;
  const placed = placement(attributes, launch, context);
  return {
    ...named(launch),
    name: attributes.name,
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
function taskSetLaunchPoint(launch: Launch, taskSet: Modelled<"aws_ecs_task_set">, context: JoinContext): LaunchPoint {
  const { attributes } = taskSet;
  const found = context.joins.from(taskSet, "taskSetService");
  const service = found.kind === "one" ? found.match : null;
  const address = service?.resource.address ?? null;
  const references = attributes.service.value instanceof Unknown ? attributes.service.value.references : [];
  const elsewhere = new Unknown("no-join", references, "the service of the task set is not found in this plan");
  return {
    ...named(launch),
    name:
      service === null
        ? mapAttribute(attributes.service, (text) => (text === null ? null : lastPathSegment(text)))
        : { ...service.attributes.name, address },
    deploymentController: unsetAt("deployment_controller", null),
    ...placement(attributes, launch, context),
    executeCommand:
      service === null
        ? derivedFact(elsewhere, { path: attributes.service.path })
        : { ...service.attributes.enable_execute_command, address },
  };
}

function targetLaunchPoint(
  launch: Launch,
  fields: Maybe<TaskTarget>,
  path: string,
  name: LaunchPoint["name"],
  context: JoinContext,
): LaunchPoint {
  const common = { ...named(launch), name, deploymentController: unsetAt("deployment_controller", null) };
  if (fields instanceof Unknown)
    return {
      ...common,
      launchTypes: unknownLaunchTypes(fields, path),
      platformVersion: unknownAt(path, fields),
      executeCommand: derivedFact(fields, { path }),
    };
  return {
    ...common,
    ...placement(fields, launch, context),
    executeCommand: fields.enable_execute_command,
  };
}

/**
 * Express Mode runs on Fargate, and has no argument for the platform version and for ECS Exec.
 * Source: ECS Developer Guide, "Resources created by Amazon ECS Express Mode services".
 */
function expressLaunchPoint(launch: Launch, { attributes }: Modelled<"aws_ecs_express_gateway_service">): LaunchPoint {
  return {
    ...named(launch),
    name: attributes.service_name,
    deploymentController: unsetAt("deployment_controller", null),
    launchTypes: fargateOnly("Express Mode runs tasks on Fargate only"),
    platformVersion: unsetAt("platform_version", "LATEST"),
    executeCommand: unsetAt("enable_execute_command", false),
  };
}

interface Placed {
  readonly launch_type: Attribute<string | null>;
  readonly capacity_provider_strategy: Strategy;
  readonly platform_version: Attribute<string | null>;
}

function placement(
  fields: Placed,
  { cluster, resource }: Launch,
  context: JoinContext,
): Pick<LaunchPoint, "launchTypes" | "platformVersion"> {
  return {
    launchTypes: launchTypesOf(fields.launch_type, fields.capacity_provider_strategy, cluster.value, resource, context),
    // The state of what was never written is null or the empty string.
    platformVersion: mapAttribute(fields.platform_version, (text) => text ?? "LATEST"),
  };
}
