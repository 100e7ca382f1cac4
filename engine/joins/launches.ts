import { type Attribute, mapAttribute, unknownAt, unsetAt } from "../model/attribute.ts";
import type { Model, Modelled } from "../model/model.ts";
import type { PlanResource } from "../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";

/** The network of the tasks, as a launch point in the mode awsvpc writes it. */
export interface LaunchNetwork {
  readonly assignPublicIp: Attribute<boolean>;
  readonly subnets: Attribute<readonly Maybe<string>[]>;
  /** Empty where none is written: the tasks then get the default security group of the VPC. */
  readonly securityGroups: Attribute<readonly Maybe<string>[]>;
}

type Service = Modelled<"aws_ecs_service">;
type TaskSet = Modelled<"aws_ecs_task_set">;
type ExpressService = Modelled<"aws_ecs_express_gateway_service">;
type TargetBlocks = Modelled<"aws_cloudwatch_event_target">["attributes"]["ecs_target"];
export type TaskTarget = Exclude<Exclude<TargetBlocks["value"], Unknown>[number], Unknown>;

/** What starts tasks, with what it names: a service, a task set, a target of an EventBridge rule or a schedule. */
interface Launching {
  readonly resource: PlanResource;
  /** Null where there is none to name: task sets and Express Mode have definitions of their own. */
  readonly taskDefinition: Attribute<string | null>;
  readonly cluster: Attribute<string | null>;
  /** Null where none is written: the tasks then use the network of their host. */
  readonly network: Attribute<LaunchNetwork | null>;
}

export type Launch = Launching &
  (
    | { readonly type: "service"; readonly of: Service }
    | { readonly type: "task-set"; readonly of: TaskSet }
    | { readonly type: "express-service"; readonly of: ExpressService }
    | {
        readonly type: "event-target" | "schedule";
        /** Of the schedule; of an EventBridge target its rule's. */
        readonly name: Attribute<string | null>;
        readonly of: Maybe<TaskTarget>;
        readonly path: string;
      }
  );

export function launches(model: Model): Launch[] {
  return [
    ...model.aws_ecs_service.map((of): Launch => ({ type: "service", of, ...placed(of.resource, of.attributes) })),
    ...model.aws_ecs_task_set.map((of): Launch => ({ type: "task-set", of, ...placed(of.resource, of.attributes) })),
    ...model.aws_cloudwatch_event_target.flatMap(({ resource, attributes }) =>
      taskTargets(attributes.ecs_target, attributes.arn).map((target) =>
        targetLaunch(target, "event-target", attributes.rule, resource),
      ),
    ),
    ...model.aws_scheduler_schedule.flatMap(scheduleLaunches),
    ...model.aws_ecs_express_gateway_service.map(expressLaunch),
  ];
}

interface Placed {
  readonly task_definition: Attribute<string | null>;
  readonly cluster: Attribute<string | null>;
  readonly network_configuration: Service["attributes"]["network_configuration"];
}

function placed(resource: PlanResource, { task_definition, cluster, network_configuration }: Placed): Launching {
  return { resource, taskDefinition: task_definition, cluster, network: networkOf(network_configuration) };
}

function networkOf(blocks: Placed["network_configuration"]): Attribute<LaunchNetwork | null> {
  return mapAttribute(blocks, ([block]) => {
    if (block === undefined) return null;
    if (block instanceof Unknown) return block;
    return { assignPublicIp: block.assign_public_ip, subnets: block.subnets, securityGroups: block.security_groups };
  });
}

/** The part of a rule's or schedule's target that starts tasks; `cluster` is the target's ARN. */
interface Target {
  readonly fields: Maybe<TaskTarget>;
  readonly path: string;
  readonly cluster: Attribute<string | null>;
}

/** A target whose ARN is known to be that of something else starts no tasks, even where a dynamic block hides its parts. */
function taskTargets(blocks: TargetBlocks, cluster: Attribute<string | null>): readonly Target[] {
  const all = elementsOf(blocks.value);
  const isOther = typeof cluster.value === "string" && !/^arn:[^:]*:ecs:.*:cluster\//.test(cluster.value);
  return all
    .filter((fields) => !(fields instanceof Unknown && isOther))
    .map((fields) => ({ fields, path: blocks.path, cluster }));
}

function scheduleLaunches({ resource, attributes }: Modelled<"aws_scheduler_schedule">): Launch[] {
  const { path, value } = attributes.target;
  return elementsOf(value).flatMap((target) => {
    const targets: readonly Target[] =
      target instanceof Unknown
        ? [{ fields: target, path, cluster: unknownAt(`${path}[0].arn`, target) }]
        : taskTargets(target.ecs_parameters, target.arn);
    return targets.map((each) => targetLaunch(each, "schedule", attributes.name, resource));
  });
}

function targetLaunch(
  { fields: of, path, cluster }: Target,
  type: "event-target" | "schedule",
  name: Attribute<string | null>,
  resource: PlanResource,
): Launch {
  const launch = { type, name, resource, cluster, of, path };
  if (of instanceof Unknown) return { ...launch, taskDefinition: unknownAt(path, of), network: unknownAt(path, of) };
  return { ...launch, taskDefinition: of.task_definition_arn, network: networkOf(of.network_configuration) };
}

/**
 * Express Mode says nowhere whether tasks get public addresses.
 * Source: ECS Developer Guide, "Resources created by Amazon ECS Express Mode services".
 */
function expressLaunch(of: ExpressService): Launch {
  const { resource, attributes } = of;
  const { network_configuration: configuration, cluster } = attributes;
  const open = (what: string) => new Unknown("stated", [], `Express Mode chooses ${what}`);
  const chosen = (name: string, what: string) => unknownAt(`${configuration.path}[0].${name}`, open(what));
  const list = (from: Attribute<readonly Maybe<string>[]>, what: string) =>
    from.state === "unset" ? unknownAt(from.path, open(what)) : from;
  const groups = "the security groups of tasks where none is written";
  const subnets = "the subnets where none is written";
  const network = mapAttribute(configuration, ([block]) =>
    block instanceof Unknown
      ? block
      : {
          assignPublicIp: chosen("assign_public_ip", "whether tasks get public addresses"),
          subnets: block === undefined ? chosen("subnets", subnets) : list(block.subnets, subnets),
          securityGroups: block === undefined ? chosen("security_groups", groups) : list(block.security_groups, groups),
        },
  );
  return { type: "express-service", of, resource, taskDefinition: unsetAt("task_definition", null), cluster, network };
}
