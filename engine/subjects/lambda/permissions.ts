import { namesAnArn } from "../../iam/actions.ts";
import { type Arn, matchesArn } from "../../iam/arns.ts";
import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import { accountOf, type JoinContext } from "../context.ts";
import { functionNamedBy, isNamed, type LambdaFunction, type NamedFunction } from "./functions.ts";

type Permission = Modelled<"aws_lambda_permission">;
type EventRule = Modelled<"aws_cloudwatch_event_rule">;

const isEventBridge = ({ attributes }: Permission) =>
  test(attributes.principal.value, (principal) => principal === "events.amazonaws.com");

/** A permission with the function that it is for. */
export interface NamedPermission {
  readonly permission: Permission;
  readonly named: NamedFunction;
}

export function namedPermissions(context: JoinContext): NamedPermission[] {
  return context.model.aws_lambda_permission.map((permission) => ({
    permission,
    named: functionNamedBy(permission.attributes.function_name.value, permission.resource, context),
  }));
}

/** Whether a permission of the plan lets the rule invoke the function, or the alias or version that is meant. */
export function isPermitted(
  lambda: LambdaFunction,
  qualifier: Maybe<string | null>,
  rule: EventRule,
  permissions: readonly NamedPermission[],
  context: JoinContext,
): Maybe<boolean> {
  return anyOf(
    permissions.map(({ permission, named }) => {
      const { resource, attributes } = permission;
      const isFor = isNamed(lambda, named, resource);
      if (isFor === false) return false;
      return allOf([
        isFor,
        isEventBridge(permission),
        test(attributes.action.value, (action) => action === "lambda:InvokeFunction" || action === "lambda:*"),
        isSame(attributes.qualifier.state === "unset" ? named.qualifier : attributes.qualifier.value, qualifier),
        isFromAccount(permission, context),
        isFromRule(permission, rule, context),
      ]);
    }),
  );
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
  return new Unknown("no-join", [], "the plan does not tell its own account; state it in the parameter account_ids");
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
export function isOpenToEveryAccount(lambda: LambdaFunction, permissions: readonly NamedPermission[]): Maybe<boolean> {
  return anyOf(
    permissions.map(({ permission, named }) =>
      allOf([
        isNamed(lambda, named, permission.resource),
        isEventBridge(permission),
        test(permission.attributes.source_account.value, (account) => account === null),
        namesEveryAccount(permission.attributes.source_arn.value),
      ]),
    ),
  );
}

function namesEveryAccount(source: Maybe<string | null>): Maybe<boolean> {
  if (source instanceof Unknown) return namesAnArn(source) ? false : source;
  return source === null || /^$|[*?]/.test(source.split(":")[4] ?? "");
}
