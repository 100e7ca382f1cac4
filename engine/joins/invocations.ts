import type { Attribute } from "../model/attribute.ts";
import type { Model, Modelled } from "../model/model.ts";
import type { PlanResource } from "../plan/read.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

/** What an EventBridge rule or a schedule runs other than tasks. */
export interface Invocation {
  /** Where the target is stated. */
  readonly resource: PlanResource;
  readonly of:
    | { readonly type: "rule"; readonly target: Modelled<"aws_cloudwatch_event_target"> }
    | { readonly type: "schedule"; readonly schedule: Modelled<"aws_scheduler_schedule"> };
  /** Unknown where the target as a whole is. */
  readonly named: Maybe<{
    readonly arn: Attribute<string | null>;
    /** As whom the target is run; null where by a permission alone. */
    readonly role: Attribute<string | null>;
    /** Whether the plan tells that it starts no tasks. */
    readonly isNoTask: boolean;
  }>;
}

export function invocations(model: Model): Invocation[] {
  return [...model.aws_cloudwatch_event_target.flatMap(ofRule), ...model.aws_scheduler_schedule.flatMap(ofSchedule)];
}

function ofRule(target: Modelled<"aws_cloudwatch_event_target">): Invocation[] {
  const { arn, role_arn: role, ecs_target: tasks } = target.attributes;
  if (tasks.state === "known") return [];
  const named = { arn, role, isNoTask: tasks.state === "unset" };
  return [{ resource: target.resource, of: { type: "rule", target }, named }];
}

function ofSchedule(schedule: Modelled<"aws_scheduler_schedule">): Invocation[] {
  const { resource, attributes } = schedule;
  const of = { type: "schedule", schedule } as const;
  const targets = attributes.target.value instanceof Unknown ? [attributes.target.value] : attributes.target.value;
  return targets.flatMap((target): Invocation[] => {
    if (target instanceof Unknown) return [{ resource, of, named: target }];
    const { arn, role_arn: role, ecs_parameters: tasks } = target;
    return tasks.state === "known" ? [] : [{ resource, of, named: { arn, role, isNoTask: tasks.state === "unset" } }];
  });
}
