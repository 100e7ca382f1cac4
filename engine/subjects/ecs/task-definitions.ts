import type { Task } from "../../joins/tasks.ts";
import { mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { areFargate, describeLaunches, type Launches, launchesOf, launchTypesOfAll } from "./launches.ts";
import { imageFacts } from "./task-images.ts";
import { taskRoleFacts } from "./task-roles.ts";

/** A task definition with its containers opened and its launch points found. */
export interface TaskDefinition extends Task {
  readonly launches: Launches;
}

export const taskDefinitions = once((context: JoinContext): readonly TaskDefinition[] =>
  context.joins.tasks().map((task) => ({ ...task, launches: launchesOf(task.definition, context) })),
);

/** `WINDOWS_SERVER_2022_CORE` and the like to WINDOWS, all else to LINUX. */
export function operatingSystem({ attributes }: Modelled<"aws_ecs_task_definition">) {
  const { operating_system_family: family } = attributes.runtime_platform.only;
  return mapAttribute(family, (text) => (text.startsWith("WINDOWS") ? "WINDOWS" : "LINUX"));
}

/** Whether the compatibilities that the definition asks for hold one, alone or among others. */
function asksFor(
  { attributes }: Modelled<"aws_ecs_task_definition">,
  compatibility: string,
  alone: boolean,
): Maybe<boolean> {
  const { value } = attributes.requires_compatibilities;
  if (value instanceof Unknown) return value;
  const equal = value.map((element) => test(element, (text) => text === compatibility));
  const found = equal.find((holds) => holds !== false) ?? false;
  return alone ? allOf([value.length > 0, ...equal]) : found;
}

/** Whether tasks run on Fargate: as the definition asks for, else as the launch points of the plan that run it do. */
export function fargateFacts({ definition, launches }: TaskDefinition) {
  const compatibilities = definition.attributes.requires_compatibilities;
  if (compatibilities.state !== "unset") {
    const at = { path: compatibilities.path };
    return {
      isFargate: derivedFact(asksFor(definition, "FARGATE", false), at),
      isFargateOnly: derivedFact(asksFor(definition, "FARGATE", true), at),
    };
  }
  const onFargate = areFargate(launches);
  const at = { path: compatibilities.path, note: describeLaunches(launches) };
  return {
    isFargate: derivedFact(anyOf(onFargate), at),
    isFargateOnly: derivedFact(allOf([onFargate.length > 0, ...onFargate]), at),
  };
}

/** Source: ECS API Reference, RegisterTaskDefinition.networkMode. */
function networkModeFact(definition: Modelled<"aws_ecs_task_definition">, launches: Launches) {
  const written = definition.attributes.network_mode;
  if (written.state !== "unset") return written;
  const isFargate = anyOf([asksFor(definition, "FARGATE", true), ...areFargate(launches)]);
  const onEc2 = mapAttribute(operatingSystem(definition), (system) => (system === "WINDOWS" ? "default" : "bridge"));
  const value = isFargate instanceof Unknown ? isFargate : isFargate ? "awsvpc" : onEc2.value;
  const note = value instanceof Unknown ? null : describeLaunches(launches);
  return { ...{ ...written, value }, note };
}

/** Whether instances of the team's own may run it: by what runs it, and by what it asks for. */
function runsOnInstances(definition: Modelled<"aws_ecs_task_definition">, launches: Launches): Maybe<boolean> {
  const onFargate = areFargate(launches);
  const isLaunched = anyOf(onFargate.map(not));
  const isForInstances = allOf([asksFor(definition, "EC2", false), not(asksFor(definition, "FARGATE", false))]);
  if (isLaunched === true || isForInstances === true) return true;
  if (asksFor(definition, "FARGATE", true) === true) return false;
  return onFargate.length > 0 ? isLaunched : new Unknown("no-join", [], "no launch point of this plan runs it");
}

export function taskDefinitionSubjects(context: JoinContext): SubjectOf<"task-definition">[] {
  return taskDefinitions(context).map((task) => taskDefinitionSubject(task, context));
}

function taskDefinitionSubject(task: TaskDefinition, context: JoinContext) {
  const { definition, launches } = task;
  const { resource, attributes } = definition;
  const compatibilities = { path: attributes.requires_compatibilities.path };
  return subject("task-definition", resource, null, {
    family: attributes.family,
    networkMode: networkModeFact(definition, launches),
    pidMode: attributes.pid_mode,
    ipcMode: attributes.ipc_mode,
    operatingSystem: operatingSystem(definition),
    compatibilities: attributes.requires_compatibilities,
    isExternalOnly: derivedFact(asksFor(definition, "EXTERNAL", true), compatibilities),
    launchTypes: derivedFact(launchTypesOfAll(launches), { note: describeLaunches(launches) }),
    runsOnInstances: derivedFact(runsOnInstances(definition, launches), { note: describeLaunches(launches) }),
    ...imageFacts(task, context),
    ...taskRoleFacts(definition, context),
  });
}
