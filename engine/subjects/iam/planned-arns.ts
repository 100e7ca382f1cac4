import { partitionOf } from "../../iam/arns.ts";
import { holdsArnOfOthers } from "../../model/resource-type.ts";
import { once } from "../../once.ts";
import { ownMember } from "../../plan/json.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";

/** The ARNs of what the plan manages, as far as they are known. */
export const arnsOfPlan = once(({ plan }: JoinContext): ReadonlySet<unknown> => {
  const managed = plan.resources.filter(
    ({ mode, isAws, willExist, type }) => mode === "managed" && isAws && willExist && !holdsArnOfOthers(type),
  );
  return new Set(managed.map(({ node }) => ownMember(node.value, "arn")));
});

/**
 * A principal in the form in which AWS shows it: the id of an account as the ARN of its root, and the unique id of a role or
 * a user as the ARN, as long as there is one that has it.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal" and "IAM identifiers", unique identifiers.
 */
export function asShown(value: Maybe<string>, { region }: PlanResource, context: JoinContext): Maybe<string> {
  if (value instanceof Unknown) return value;
  if (/^\d{12}$/.test(value)) return `arn:${partitionOf(region)}:iam::${value}:root`;
  return /^A(?:RO|ID)A\w+$/.test(value) ? (arnsByUniqueId(context).get(value) ?? value) : value;
}

const arnsByUniqueId = once(({ plan }: JoinContext): ReadonlyMap<unknown, string> => {
  const identities = plan.resources.filter(
    ({ type, mode, willExist }) => /^aws_iam_(?:role|user)$/.test(type) && mode === "managed" && willExist,
  );
  return new Map(
    identities.flatMap(({ node }): [unknown, string][] => {
      const arn = ownMember(node.value, "arn");
      return typeof arn === "string" ? [[ownMember(node.value, "unique_id"), arn]] : [];
    }),
  );
});
