import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { LaunchPoint } from "../ecs/launch-points.ts";
import { tagOf } from "../ecs/tags.ts";
import { derivedFact } from "../subject.ts";
import { runtimeMonitoring } from "./detectors.ts";

/**
 * What GuardDuty needs to place its agent beside the containers of a task.
 * Source: ECS Developer Guide, "Amazon GuardDuty Runtime Monitoring with Amazon ECS", Prerequisites.
 */
export function monitoringFacts(point: LaunchPoint, context: JoinContext) {
  const isMonitored = isMonitoredBy(context)(context.joins.beside("aws_guardduty_detector", point.resource));
  return {
    isMonitored: derivedFact(isMonitored),
    hasExecutionRole: derivedFact(hasExecutionRole(point, context), { path: point.taskDefinition.path }),
    isExcludedFromMonitoring: derivedFact(isExcluded(point, context), { path: point.cluster.path }),
  };
}

/** Launch points of one region have the same detectors. */
const isMonitoredBy = once((context: JoinContext) =>
  once(
    (detectors: readonly Modelled<"aws_guardduty_detector">[]): Maybe<boolean> =>
      anyOf(
        detectors.map((detector) => {
          const monitoring = runtimeMonitoring(context).get(detector);
          return allOf([
            detector.attributes.enable.value,
            monitoring?.isEnabled ?? false,
            monitoring?.onFargate ?? false,
          ]);
        }),
      ),
  ),
);

function hasExecutionRole({ taskDefinition, resource, type }: LaunchPoint, context: JoinContext): Maybe<boolean> {
  // Express Mode requires one.
  if (type === "express-service") return true;
  const found = context.joins.named("aws_ecs_task_definition", taskDefinition.value, resource);
  if (found.kind === "one") return found.match.attributes.execution_role_arn.state !== "unset";
  if (found.kind === "unknown") return found.unknown;
  return new Unknown("no-join", [], "the execution role of a task definition that is not found in this plan");
}

function isExcluded({ cluster, resource }: LaunchPoint, context: JoinContext): Maybe<boolean> {
  const [name = "", value = ""] = context.settings.monitoringExclusionTag.split("=");
  const found = context.joins.named("aws_ecs_cluster", cluster.value, resource);
  if (found.kind === "unknown") return found.unknown;
  if (found.kind !== "one") return new Unknown("no-join", [], "the tags of a cluster that is not found in this plan");
  return test(tagOf(found.match.attributes, name), (text) => text === value);
}
