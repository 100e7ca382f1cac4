import type { Statement } from "../model/policy-document.ts";
import type { Maybe } from "../plan/unknown.ts";
import { allOf } from "../three-valued.ts";
import { type ActionGroup, groupOf } from "./action-table.ts";
import { appliesToEveryResource, grants } from "./actions.ts";
import { isArnOfFormats } from "./resource-types.ts";
import { isResourceWide, isWideFor, mayConcern } from "./wide-resources.ts";

/**
 * Whether actions may act on a resource that the statement is for. On an ARN of another type an action is allowed to
 * nobody, and one that accepts no ARN needs `*`. A type that is only optional allows nothing alone: ssm:SendCommand takes a
 * bucket for its output, and needs a document.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource"; Service Authorization Reference.
 */
export function actsOn(statement: Statement, { neededTypes }: ActionGroup): Maybe<boolean> {
  return neededTypes.length === 0
    ? appliesToEveryResource(statement)
    : mayConcern(statement, neededTypes, (arn) => isArnOfFormats(arn, neededTypes));
}

/** Whether the statement allows an action on some resource; where the table does not have the action, whatever the resource. */
export function grantsOnSome(statement: Statement, action: string): Maybe<boolean> {
  const isNamed = grants(statement, action);
  // Most statements name few actions: on what the others act is not looked at.
  if (isNamed === false) return false;
  const group = groupOf(action);
  return allOf([isNamed, group === null || actsOn(statement, group)]);
}

/** Whether the statement allows an action on every resource that it may act on. */
export function grantsOnEvery(statement: Statement, action: string): Maybe<boolean> {
  const isNamed = grants(statement, action);
  return isNamed === false ? false : allOf([isNamed, isForEvery(statement, action)]);
}

function isForEvery(statement: Statement, action: string): Maybe<boolean> {
  const formats = groupOf(action)?.resourceTypes ?? otherFormats[action];
  if (formats === undefined) return isResourceWide(statement);
  return formats.length === 0 ? appliesToEveryResource(statement) : isWideFor(statement, formats);
}

/** Actions that escalate, of services which the table does not have. Source: Service Authorization Reference. */
const otherFormats: Readonly<Record<string, readonly string[]>> = {
  "glue:UpdateDevEndpoint": ["glue:*:*:devEndpoint/*"],
};
