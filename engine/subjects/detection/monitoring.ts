import { sameProvider } from "../../joins/where.ts";
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
  const { model } = context;
  const isMonitored = anyOf(
    model.aws_guardduty_detector
      .filter(({ resource }) => sameProvider(resource, point.resource))
      .map((detector) =>
        allOf([
          detector.attributes.enable.value,
          runtimeMonitoring(detector, null, context),
          runtimeMonitoring(detector, "ECS_FARGATE_AGENT_MANAGEMENT", context),
        ]),
      ),
  );
  return {
    isMonitored: derivedFact(isMonitored),
    hasExecutionRole: derivedFact(hasExecutionRole(point, context), { path: point.taskDefinition.path }),
    isExcludedFromMonitoring: derivedFact(isExcluded(point, context), { path: point.cluster.path }),
  };
}

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
