import type { Attribute } from "../../model/attribute.ts";
import type { PlanResource } from "../../plan/read.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { functionNamedBy } from "../lambda/functions.ts";
import { ruleNamedBy } from "../lambda/triggers.ts";
import type { ResourceJoin } from "./attribute-joins.ts";
import type { Join, Joinable } from "./join.ts";
import { roleNamedBy } from "./relations.ts";

/** What runs the functions of a plan, and as whom they run. */
export function invocationJoins(context: JoinContext): ResourceJoin[] {
  const { model } = context;
  const functionJoin = (resource: PlanResource, { value, path }: Attribute<string | null>): ResourceJoin[] => {
    const { found } = functionNamedBy(value, resource, context);
    return joined(resource, path, "aws_lambda_function", found);
  };
  const roleJoin = (resource: PlanResource, { value, path, state }: Attribute<string | null>): ResourceJoin[] =>
    state === "unset" ? [] : [{ resource, path, to: "aws_iam_role", join: roleNamedBy(value, resource, context) }];
  return [
    ...model.aws_cloudwatch_event_target.flatMap((target) => [
      ...joined(target.resource, "rule", "aws_cloudwatch_event_rule", ruleNamedBy(target, context)),
      ...(target.attributes.ecs_target.state === "unset" ? functionJoin(target.resource, target.attributes.arn) : []),
    ]),
    ...model.aws_scheduler_schedule.flatMap(({ resource, attributes }) => {
      const targets = attributes.target.value instanceof Unknown ? [] : attributes.target.value;
      return targets.flatMap((target) =>
        target instanceof Unknown || target.ecs_parameters.state !== "unset"
          ? []
          : [...functionJoin(resource, target.arn), ...roleJoin(resource, target.role_arn)],
      );
    }),
    ...model.aws_lambda_permission.flatMap(({ resource, attributes }) =>
      functionJoin(resource, attributes.function_name),
    ),
    ...model.aws_lambda_function.flatMap(({ resource, attributes }) => roleJoin(resource, attributes.role)),
  ];
}

/** Targets are of many types: what names none of this one says nothing of it. */
function joined(resource: PlanResource, path: string, to: string, join: Join<Joinable>): ResourceJoin[] {
  return join.kind === "none" ? [] : [{ resource, path, to, join }];
}
