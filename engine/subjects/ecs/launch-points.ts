import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { waitsOn } from "../joins/join.ts";
import { clusterNamedBy, taskDefinitionNamedBy } from "../joins/relations.ts";

type Network = Modelled<"aws_ecs_service">["attributes"]["network_configuration"];
type Strategy = Modelled<"aws_ecs_service">["attributes"]["capacity_provider_strategy"];

/** What starts tasks of a task definition: a service, a task set, an EventBridge rule, a schedule. */
export interface LaunchPoint {
  readonly resource: PlanResource;
  readonly taskDefinition: Attribute<string | null>;
  readonly cluster: Attribute<string | null>;
  readonly launchType: Maybe<string>;
  readonly executeCommand: Maybe<boolean>;
  readonly network: Network;
}

export function launchPoints(context: JoinContext): LaunchPoint[] {
  const { model } = context;
  return [
    ...model.aws_ecs_service.map(({ resource, attributes }) => ({
      resource,
      taskDefinition: attributes.task_definition,
      cluster: attributes.cluster,
      launchType: launchType(
        attributes.launch_type,
        attributes.capacity_provider_strategy,
        attributes.cluster.value,
        resource,
        context,
      ),
      executeCommand: attributes.enable_execute_command.value,
      network: attributes.network_configuration,
    })),
    ...model.aws_ecs_task_set.map(({ resource, attributes }) => ({
      resource,
      taskDefinition: attributes.task_definition,
      cluster: attributes.cluster,
      launchType: launchType(
        attributes.launch_type,
        attributes.capacity_provider_strategy,
        attributes.cluster.value,
        resource,
        context,
      ),
      executeCommand: false,
      network: attributes.network_configuration,
    })),
    ...model.aws_cloudwatch_event_target.flatMap(({ resource, attributes }) =>
      targets(attributes.ecs_target.value).map((target) =>
        targetLaunchPoint(target, attributes.arn, resource, context),
      ),
    ),
    ...model.aws_scheduler_schedule.flatMap(({ resource, attributes }) =>
      targets(attributes.target.value).flatMap((outer) =>
        outer instanceof Unknown
          ? [unknownLaunchPoint(resource, outer, attributes.target.path)]
          : targets(outer.ecs_parameters.value).map((target) =>
              targetLaunchPoint(target, outer.arn, resource, context),
            ),
      ),
    ),
  ];
}

function targets<T>(value: Maybe<readonly Maybe<T>[]>): readonly Maybe<T>[] {
  return value instanceof Unknown ? [value] : value;
}

interface TaskTarget {
  readonly task_definition_arn: Attribute<string | null>;
  readonly launch_type: Attribute<string | null>;
  readonly network_configuration: Network;
  readonly capacity_provider_strategy: Strategy;
}

/** A rule or schedule: its target's ARN is the cluster. */
function targetLaunchPoint(
  target: Maybe<TaskTarget>,
  cluster: Attribute<string | null>,
  resource: PlanResource,
  context: JoinContext,
): LaunchPoint {
  if (target instanceof Unknown) return unknownLaunchPoint(resource, target, cluster.path);
  return {
    resource,
    taskDefinition: target.task_definition_arn,
    cluster,
    launchType: launchType(target.launch_type, target.capacity_provider_strategy, cluster.value, resource, context),
    executeCommand: false,
    network: target.network_configuration,
  };
}

function unknownLaunchPoint(resource: PlanResource, unknown: Unknown, path: string): LaunchPoint {
  const attribute: Attribute<string | null> = { state: "unknown", value: unknown, path, sensitive: false };
  return {
    resource,
    taskDefinition: attribute,
    cluster: attribute,
    launchType: unknown,
    executeCommand: unknown,
    network: { state: "unknown", value: unknown, path, sensitive: false },
  };
}

/**
 * The launch type: as written, else by the capacity providers of the launch point, else by the default strategy of its
 * cluster, else EC2. Source: ECS Developer Guide, "Amazon ECS launch types" and "Capacity providers".
 */
function launchType(
  written: Attribute<string | null>,
  strategy: Strategy,
  cluster: Maybe<string | null>,
  resource: PlanResource,
  context: JoinContext,
): Maybe<string> {
  if (written.value !== null) return written.value;
  const own = strategyLaunchType(strategy);
  return own ?? clusterLaunchType(cluster, resource, context);
}

/** Null where the strategy names no provider. */
function strategyLaunchType(strategy: Strategy): Maybe<string> | null {
  if (strategy.value instanceof Unknown) return strategy.value;
  const [first] = strategy.value;
  if (first === undefined) return null;
  if (first instanceof Unknown) return first;
  const provider = first.capacity_provider.value;
  if (provider instanceof Unknown) return provider;
  return provider === "FARGATE" || provider === "FARGATE_SPOT" ? "FARGATE" : "EC2";
}

function clusterLaunchType(cluster: Maybe<string | null>, resource: PlanResource, context: JoinContext): Maybe<string> {
  const found = clusterNamedBy(cluster, resource, context);
  if (found.kind === "unknown") return found.unknown;
  if (found.kind !== "one") {
    return new Unknown(
      "no-join",
      cluster instanceof Unknown ? cluster.references : [],
      "the default capacity provider strategy of a cluster outside of this plan",
    );
  }
  let open: Unknown | null = null;
  for (const { resource: from, attributes } of context.model.aws_ecs_cluster_capacity_providers) {
    const named = clusterNamedBy(attributes.cluster_name.value, from, context);
    if (named.kind === "one" && named.match === found.match) {
      return strategyLaunchType(attributes.default_capacity_provider_strategy) ?? "EC2";
    }
    if (named.kind === "unknown") open ??= named.unknown;
    else if (named.kind === "several" && named.matches.includes(found.match)) {
      open ??= new Unknown("no-join", [], `${from.address} names one of several clusters`);
    }
  }
  return open ?? "EC2";
}

/** The launch points that run a task definition, and those that may. */
export interface Launches {
  readonly certain: readonly LaunchPoint[];
  readonly possible: readonly { readonly point: LaunchPoint; readonly unknown: Unknown }[];
}

export function launchesOf(
  definition: Modelled<"aws_ecs_task_definition">,
  points: readonly LaunchPoint[],
  context: JoinContext,
): Launches {
  const certain: LaunchPoint[] = [];
  const possible: { point: LaunchPoint; unknown: Unknown }[] = [];
  for (const point of points) {
    const found = taskDefinitionNamedBy(point.taskDefinition.value, point.resource, context);
    if (found.kind === "one" && found.match === definition) certain.push(point);
    else if (found.kind === "unknown") possible.push({ point, unknown: found.unknown });
    else if (found.kind === "several" && found.matches.includes(definition)) {
      const { value } = point.taskDefinition;
      const references = value instanceof Unknown ? value.references : [];
      possible.push({
        point,
        unknown: new Unknown("no-join", references, `${point.resource.address} runs one of several task definitions`),
      });
    } else if (found.kind === "none" && definition.attributes.family.value instanceof Unknown) {
      possible.push({ point, unknown: definition.attributes.family.value });
    }
  }
  return { certain, possible };
}

/** The launch types of all launch points that run the definition; those that only may stand as unknown. */
export function launchTypesOf({ certain, possible }: Launches): Maybe<string>[] {
  return [...certain.map(({ launchType: type }) => type), ...possible.map(({ unknown }) => unknown)];
}

/** Whether a launch point that runs the definition enables ECS Exec. */
export function executeCommandOf({ certain, possible }: Launches): Maybe<boolean> {
  return anyOf([
    ...certain.map(({ executeCommand }) => executeCommand),
    ...possible.map(({ point, unknown }) => (point.executeCommand === false ? false : unknown)),
  ]);
}

/** For evidence: `aws_ecs_service.web (FARGATE)`. */
export function describeLaunches({ certain, possible }: Launches): string {
  const describe = (type: Maybe<string>) =>
    type instanceof Unknown ? `unknown, waits on ${waitsOn(type.references).join(", ") || "apply"}` : type;
  const texts = certain.map(({ resource, launchType: type }) => `${resource.address} (${describe(type)})`);
  if (texts.length > 0) return `run by ${texts.join(", ")}`;
  return possible.length > 0
    ? "the plan does not tell which launch points run it"
    : "no launch point of this plan runs it";
}
