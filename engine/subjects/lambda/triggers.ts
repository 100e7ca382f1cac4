import { matchesArn } from "../../iam/arns.ts";
import { isGranted } from "../../iam/identity-grants.ts";
import type { Invocation } from "../../joins/invocations.ts";
import { isNamed } from "../../joins/join.ts";
import type { NamedFrom } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { longestGapInDays } from "../../model/schedule-expression.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { RoleStatements } from "../iam/role-statements.ts";
import { functionArn, type LambdaFunction, qualifierOf } from "./functions.ts";
import { isPermitted } from "./permissions.ts";

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

/** A rule or schedule with one of its targets, and what it does for it. */
interface Start {
  readonly invocation: Invocation;
  readonly timing: Pick<Trigger, "resource" | "intervalDays" | "isEnabled">;
  readonly rule: Maybe<EventRule | null>;
  readonly at: number;
}

/** What runs a function: all that do for certain, and the first that may on a schedule. */
export function triggersOf(lambda: LambdaFunction, statementsOf: RoleStatements, context: JoinContext): Trigger[] {
  const { certain, possible } = context.joins.to(lambda, "invokedFunction");
  const starts = startsOf(context);
  const sure = certain.flatMap(({ source }): Trigger[] => {
    const start = starts.get(source);
    if (start === undefined) return [];
    return [{ ...start.timing, isTarget: true, mayInvoke: mayInvoke(start, lambda, statementsOf, context) }];
  });
  return [...sure, ...firstRecurring(context)(possible)];
}

/** All targets of rules and schedules, settled once for all functions. */
const startsOf = once(
  (context: JoinContext): ReadonlyMap<Invocation, Start> =>
    new Map(context.joins.invocations().map((invocation, at) => [invocation, startOf(invocation, at, context)])),
);

function startOf(invocation: Invocation, at: number, context: JoinContext): Start {
  const { resource, of } = invocation;
  if (of.type === "schedule") {
    const { attributes } = of.schedule;
    const intervalDays = interval(attributes.schedule_expression.value);
    return { invocation, timing: { resource, intervalDays, isEnabled: isScheduleEnabled(attributes) }, rule: null, at };
  }
  const rule = ruleOf(of.target, context);
  if (rule instanceof Unknown)
    return { invocation, timing: { resource, intervalDays: rule, isEnabled: rule }, rule, at };
  const intervalDays = interval(rule.attributes.schedule_expression.value);
  return { invocation, timing: { resource: rule.resource, intervalDays, isEnabled: isRuleEnabled(rule) }, rule, at };
}

/** Keeps only the first uncertain trigger: more of them add nothing, and a plan may have thousands. */
const firstRecurring = once((context: JoinContext) => {
  const starts = startsOf(context);
  const hidden = [...starts.values()].flatMap(({ invocation: { named }, timing, at }) =>
    named instanceof Unknown ? [{ ...timing, isTarget: named, mayInvoke: named, at }] : [],
  );
  return once((possible: NamedFrom<Invocation>["possible"]): readonly Trigger[] => {
    const unsure = possible.flatMap(({ source, unknown }) => {
      const start = starts.get(source);
      return start === undefined ? [] : [{ ...start.timing, isTarget: unknown, mayInvoke: unknown, at: start.at }];
    });
    const recurring = [...unsure, ...hidden]
      .sort((one, other) => one.at - other.at)
      .find(({ intervalDays, isEnabled }) => intervalDays !== null && isEnabled !== false);
    return recurring === undefined ? [] : [recurring];
  });
});

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

function isScheduleEnabled({ state, end_date: end }: Modelled<"aws_scheduler_schedule">["attributes"]): Maybe<boolean> {
  const goesOn = end.state === "unset" ? true : new Unknown("stated", [], "the schedule ends at its end_date");
  return allOf([test(state.value, (text) => text === "ENABLED"), goesOn]);
}

function interval(expression: Maybe<string | null>): Maybe<number | null> {
  return typeof expression === "string" ? longestGapInDays(expression) : expression;
}

/** By a permission of the function, or by the role that the rule or schedule takes. */
function mayInvoke(
  { invocation: { resource, named }, rule }: Start,
  lambda: LambdaFunction,
  statementsOf: RoleStatements,
  context: JoinContext,
): Maybe<boolean> {
  if (named instanceof Unknown) return named;
  const qualifier = qualifierOf(named.arn.value, resource, context);
  const byPermission =
    rule instanceof Unknown || rule === null ? (rule ?? false) : isPermitted(lambda, qualifier, rule, context);
  return anyOf([byPermission, roleMayInvoke(named.role.value, resource, lambda, qualifier, statementsOf, context)]);
}

function roleMayInvoke(
  arn: Maybe<string | null>,
  from: PlanResource,
  lambda: LambdaFunction,
  qualifier: Maybe<string | null>,
  statementsOf: RoleStatements,
  context: JoinContext,
): Maybe<boolean> {
  if (arn === null) return false;
  const role = context.joins.named("aws_iam_role", arn, from);
  if (role.kind === "unknown") return role.unknown;
  if (role.kind !== "one") return new Unknown("no-join", [], `the plan does not hold the role of ${from.address}`);
  return isGranted(statementsOf(role.match), "lambda:InvokeFunction", (pattern) =>
    pattern instanceof Unknown
      ? isNamed(context.joins.named("aws_lambda_function", pattern, lambda.resource), lambda)
      : matchesArn(pattern, functionArn(lambda, qualifier, context)),
  );
}
