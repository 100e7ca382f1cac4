import { namesAnArn } from "../../iam/actions.ts";
import { type Arn, matchesArn } from "../../iam/arns.ts";
import { anySource } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, test } from "../../three-valued.ts";
import { accountOf, type JoinContext } from "../context.ts";
import { type LambdaFunction, qualifierOf } from "./functions.ts";

type Permission = Modelled<"aws_lambda_permission">;
type EventRule = Modelled<"aws_cloudwatch_event_rule">;

const isEventBridge = ({ attributes }: Permission) =>
  test(attributes.principal.value, (principal) => principal === "events.amazonaws.com");

/** Whether a permission of the plan lets the rule invoke the function, or the alias or version that is meant. */
export function isPermitted(
  lambda: LambdaFunction,
  qualifier: Maybe<string | null>,
  rule: EventRule,
  context: JoinContext,
): Maybe<boolean> {
  return anySource(context.joins.to(lambda, "permittedFunction"), (permission) => {
    const { resource, attributes } = permission;
    const { function_name: name, qualifier: own } = attributes;
    return allOf([
      isEventBridge(permission),
      test(attributes.action.value, (action) => action === "lambda:InvokeFunction" || action === "lambda:*"),
      isSame(own.state === "unset" ? qualifierOf(name.value, resource, context) : own.value, qualifier),
      isFromAccount(permission, context),
      isFromRule(permission, rule, context),
    ]);
  });
}

function isSame(one: Maybe<string | null>, other: Maybe<string | null>): Maybe<boolean> {
  if (one instanceof Unknown) return one;
  return test(other, (value) => value === one);
}

function isFromAccount({ resource, attributes }: Permission, context: JoinContext): Maybe<boolean> {
  const account = attributes.source_account.value;
  if (account === null) return true;
  const own = accountOf(resource, context);
  if (account === own || (typeof account === "string" && context.settings.accountIds.includes(account))) return true;
  if (account instanceof Unknown || own !== null) return account instanceof Unknown ? account : false;
  return new Unknown("no-join", [], "the plan does not show its own account; state it in the parameter account_ids");
}

function isFromRule({ resource, attributes }: Permission, rule: EventRule, context: JoinContext): Maybe<boolean> {
  const source = attributes.source_arn.value;
  if (source === null) return true;
  if (source instanceof Unknown) {
    const found = context.joins.named("aws_cloudwatch_event_rule", source, resource);
    if (found.kind === "one") return found.match === rule;
    return found.kind === "several" && !found.matches.includes(rule) ? false : source;
  }
  return matchesArn(source, ruleArn(rule, context));
}

function ruleArn({ resource, attributes }: EventRule, context: JoinContext): Arn {
  return {
    service: "events",
    region: resource.region,
    account: accountOf(resource, context),
    prefix: "rule/",
    name: attributes.name.value ?? new Unknown("unexpected-shape"),
  };
}

/** Whether a permission lets EventBridge invoke the function for rules of any account. */
export function isOpenToEveryAccount(lambda: LambdaFunction, { joins }: JoinContext): Maybe<boolean> {
  return anySource(joins.to(lambda, "permittedFunction"), (permission) =>
    allOf([
      isEventBridge(permission),
      test(permission.attributes.source_account.value, (account) => account === null),
      namesEveryAccount(permission.attributes.source_arn.value),
    ]),
  );
}

function namesEveryAccount(source: Maybe<string | null>): Maybe<boolean> {
  if (source instanceof Unknown) return namesAnArn(source) ? false : source;
  return source === null || /^$|[*?]/.test(source.split(":")[4] ?? "");
}
