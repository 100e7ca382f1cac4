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

/** The launch types of all launch points that run the definition; those that only may stand as unknown. */
export function launchTypesOfAll({ certain, possible }: Launches): Maybe<string>[] {
  return [
    ...certain.flatMap(({ launchTypes: { types } }) => elementsOf(types.value)),
    ...possible.map(({ unknown }) => unknown),
  ];
}

/** Whether each launch point that runs the definition, or may, runs it on Fargate. */
export function areFargate({ certain, possible }: Launches): Maybe<boolean>[] {
  return [...certain.map(({ launchTypes }) => launchTypes.isFargate.value), ...possible.map(({ unknown }) => unknown)];
}

/** Whether a launch point that runs the definition enables ECS Exec. */
export function executeCommandOf({ certain, possible }: Launches): Maybe<boolean> {
  return anyOf([
    ...certain.map(({ executeCommand }) => executeCommand.value),
    ...possible.map(({ point, unknown }) => (point.executeCommand.value === false ? false : unknown)),
  ]);
}

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
    ? "the plan does not tell which launch points run it"
    : "no launch point of this plan runs it";
}
