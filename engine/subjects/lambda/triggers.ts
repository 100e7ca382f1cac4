import { matchesArn } from "../../iam/arns.ts";
import { isGranted } from "../../iam/identity-grants.ts";
import type { Modelled } from "../../model/model.ts";
import { longestGapInDays } from "../../model/schedule-expression.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { RoleStatements } from "../iam/role-statements.ts";
import { functionArn, functionNamedBy, isNamed, type LambdaFunction, type NamedFunction } from "./functions.ts";
import { isPermitted, type NamedPermission } from "./permissions.ts";

/** A rule or a schedule that runs a function, or may. */
export interface Trigger {
  readonly resource: PlanResource;
  /** Whether the function is its target. */
  readonly isTarget: Maybe<boolean>;
  /** The longest time between two runs; null where it does not recur. */
  readonly intervalDays: Maybe<number | null>;
  readonly isEnabled: Maybe<boolean>;
  readonly mayInvoke: Maybe<boolean>;
}

/** Looks through all targets of rules and schedules once, for all functions. */
export function triggers(
  permissions: readonly NamedPermission[],
  statementsOf: RoleStatements,
  context: JoinContext,
): (lambda: LambdaFunction) => Trigger[] {
  const invocations = [...ruleInvocations(permissions, context), ...scheduleInvocations(context)];
  return (lambda) => {
    const all = invocations.flatMap((invocation): Trigger[] => {
      const { resource, named, schedule } = invocation;
      const isTarget = named instanceof Unknown ? named : isNamed(lambda, named, resource);
      if (isTarget === false) return [];
      const { timing, isPermitted: byPermission } =
        schedule instanceof Unknown ? unreadSchedule(resource, schedule) : schedule;
      if (isTarget instanceof Unknown) return [{ ...timing, isTarget, mayInvoke: isTarget }];
      const mayInvoke = anyOf([byPermission(lambda), roleMayInvoke(invocation, lambda, statementsOf, context)]);
      return [{ ...timing, isTarget, mayInvoke }];
    });
    const isCertain = ({ isTarget }: Trigger) => isTarget === true;
    const mayRun = ({ intervalDays, isEnabled }: Trigger) => intervalDays !== null && isEnabled !== false;
    // Of those that only may run it, one says as much as many, and a plan may hold many.
    const possible = all.find((trigger) => !isCertain(trigger) && mayRun(trigger));
    return [...all.filter(isCertain), ...(possible === undefined ? [] : [possible])];
  };
}

function unreadSchedule(resource: PlanResource, unknown: Unknown): Schedule {
  return { timing: { resource, intervalDays: unknown, isEnabled: unknown }, isPermitted: () => unknown };
}

/** What a rule or schedule does for one of its targets. */
interface Invocation {
  /** Where the target is stated. */
  readonly resource: PlanResource;
  readonly named: Maybe<NamedFunction>;
  /** As whom the function is invoked; null where by a permission alone. */
  readonly role: Maybe<string | null>;
  readonly schedule: Maybe<Schedule>;
}

interface Schedule {
  readonly timing: Pick<Trigger, "resource" | "intervalDays" | "isEnabled">;
  readonly isPermitted: (lambda: LambdaFunction) => Maybe<boolean>;
}

function ruleInvocations(permissions: readonly NamedPermission[], context: JoinContext): Invocation[] {
  return context.model.aws_cloudwatch_event_target
    .filter(({ attributes }) => attributes.ecs_target.state !== "known")
    .map((target): Invocation => {
      const { resource, attributes } = target;
      const named = functionNamedBy(attributes.arn.value, resource, context);
      const rule = ruleOf(target, context);
      const schedule =
        rule instanceof Unknown
          ? rule
          : {
              timing: {
                resource: rule.resource,
                intervalDays: interval(rule.attributes.schedule_expression.value),
                isEnabled: isRuleEnabled(rule),
              },
              isPermitted: (lambda: LambdaFunction) => isPermitted(lambda, named.qualifier, rule, permissions, context),
            };
      return { resource, named, role: attributes.role_arn.value, schedule };
    });
}

type EventRule = Modelled<"aws_cloudwatch_event_rule">;

function ruleOf(target: Modelled<"aws_cloudwatch_event_target">, context: JoinContext): Maybe<EventRule> {
  const found = context.joins.from(target, "targetRule");
  if (found.kind === "one") return found.match;
  if (found.kind === "unknown") return found.unknown;
  return new Unknown("no-join", [], `the plan does not hold the rule of ${target.resource.address}`);
}

/** `state` may also tell that a rule gets the calls that CloudTrail records; it is enabled then. */
function isRuleEnabled({ attributes }: EventRule): Maybe<boolean> {
  return allOf([
    test(attributes.state.value, (state) => state !== "DISABLED"),
    test(attributes.is_enabled.value, (isEnabled) => isEnabled !== false),
  ]);
}

function scheduleInvocations(context: JoinContext): Invocation[] {
  return context.model.aws_scheduler_schedule.flatMap(({ resource, attributes }) => {
    const targets = elementsOf(attributes.target.value);
    const timing = {
      resource,
      intervalDays: interval(attributes.schedule_expression.value),
      isEnabled: isScheduleEnabled(attributes),
    };
    const schedule = { timing, isPermitted: () => false };
    return targets
      .filter((target) => target instanceof Unknown || target.ecs_parameters.state !== "known")
      .map((target): Invocation => {
        if (target instanceof Unknown) return { resource, named: target, role: target, schedule };
        const named = functionNamedBy(target.arn.value, resource, context);
        return { resource, named, role: target.role_arn.value, schedule };
      });
  });
}

function isScheduleEnabled({ state, end_date: end }: Modelled<"aws_scheduler_schedule">["attributes"]): Maybe<boolean> {
  const goesOn = end.state === "unset" ? true : new Unknown("stated", [], "the schedule ends at its end_date");
  return allOf([test(state.value, (text) => text === "ENABLED"), goesOn]);
}

function interval(expression: Maybe<string | null>): Maybe<number | null> {
  return typeof expression === "string" ? longestGapInDays(expression) : expression;
}

/** Whether the role that a rule or schedule takes may invoke the function; false where it takes none. */
function roleMayInvoke(
  { role: arn, resource, named }: Invocation,
  lambda: LambdaFunction,
  statementsOf: RoleStatements,
  context: JoinContext,
): Maybe<boolean> {
  if (arn === null) return false;
  if (named instanceof Unknown) return named;
  const role = context.joins.named("aws_iam_role", arn, resource);
  if (role.kind === "unknown") return role.unknown;
  if (role.kind !== "one") return new Unknown("no-join", [], `the plan does not hold the role of ${resource.address}`);
  return isGranted(statementsOf(role.match), "lambda:InvokeFunction", (pattern) => {
    if (!(pattern instanceof Unknown)) return matchesArn(pattern, functionArn(lambda, named.qualifier, context));
    return isNamed(lambda, functionNamedBy(pattern, lambda.resource, context), resource);
  });
}
