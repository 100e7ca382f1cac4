import type { Launch } from "../../joins/launches.ts";
import type { NamedFrom } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { waitsOn } from "../../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { type LaunchPoint, pointsByLaunch } from "./launch-points.ts";

/** The launch points that run a task definition, and those that may. */
export interface Launches {
  readonly certain: readonly LaunchPoint[];
  readonly possible: readonly { readonly point: LaunchPoint; readonly unknown: Unknown }[];
}

export function launchesOf(definition: Modelled<"aws_ecs_task_definition">, context: JoinContext): Launches {
  const points = pointsByLaunch(context);
  const { certain, possible } = context.joins.to(definition, "launchDefinition");
  return {
    certain: certain.flatMap(({ source }) => points.get(source) ?? []),
    possible: possiblePoints(context)(possible),
  };
}

/** Many definitions share the launch points that may run them. */
const possiblePoints = once((context: JoinContext) =>
  once((possible: NamedFrom<Launch>["possible"]): Launches["possible"] =>
    possible.flatMap(({ source, unknown }) => {
      const point = pointsByLaunch(context).get(source);
      return point === undefined ? [] : [{ point, unknown }];
    }),
  ),
);

/** Of the launch points that only may run it the first says as much as all, and many definitions share them. */
function firstUnknown({ possible }: Launches): Unknown[] {
  return possible.slice(0, 1).map(({ unknown }) => unknown);
}

/** The launch types of all launch points that run the definition; one is unknown where others may. */
export function launchTypesOfAll(launches: Launches): Maybe<string>[] {
  const types = launches.certain.flatMap(({ launchTypes }) => elementsOf(launchTypes.types.value));
  return [...types, ...firstUnknown(launches)];
}

/** Whether each launch point that runs the definition runs it on Fargate; one is unknown where others may. */
export function areFargate(launches: Launches): Maybe<boolean>[] {
  return [...launches.certain.map(({ launchTypes }) => launchTypes.isFargate.value), ...firstUnknown(launches)];
}

/** Whether a launch point that runs the definition enables ECS Exec. */
export function executeCommandOf({ certain, possible }: Launches): Maybe<boolean> {
  return anyOf([...certain.map(({ executeCommand }) => executeCommand.value), mayExecuteCommand(possible)]);
}

const mayExecuteCommand = once(
  (possible: Launches["possible"]): Maybe<boolean> =>
    possible.find(({ point }) => point.executeCommand.value !== false)?.unknown ?? false,
);

/** For evidence: `aws_ecs_service.web (FARGATE)`. */
export function describeLaunches({ certain, possible }: Launches): string {
  const describe = (type: Maybe<string>) =>
    type instanceof Unknown ? `unknown, waits on ${waitsOn(type.references).join(", ") || "apply"}` : type;
  const texts = certain.map(({ resource, launchTypes: { types } }) => {
    const all = elementsOf(types.value);
    return `${resource.address} (${all.map(describe).join(", ")})`;
  });
  if (texts.length > 0) return `run by ${texts.join(", ")}`;
  return possible.length > 0
    ? "the plan does not show which launch points run it"
    : "no launch point of this plan runs it";
}
