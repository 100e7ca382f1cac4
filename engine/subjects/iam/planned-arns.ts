import { partitionOf } from "../../iam/arns.ts";
import type { Modelled } from "../../model/model.ts";
import { holdsArnOfOthers } from "../../model/resource-type.ts";
import { once } from "../../once.ts";
import { ownMember } from "../../plan/json.ts";
import { memberNode, type PlanNode } from "../../plan/node.ts";
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
  if (!/^A(?:RO|ID)A\w+$/.test(value)) return value;
  const { arns, without } = identitiesByUniqueId(context);
  return arns.get(value) ?? without ?? value;
}

/** The ARNs of what exists by unique id, and the unique id that one of them may have; null where all are known. */
const identitiesByUniqueId = once(({ plan }: JoinContext) => {
  const identities = plan.resources.filter(
    ({ type, mode, willExist }) => /^aws_iam_(?:role|user)$/.test(type) && mode === "managed" && willExist,
  );
  const arns = new Map<unknown, Maybe<string>>();
  let without: Unknown | null = null;
  for (const { node, action } of identities) {
    const [arn, id] = [textAt(node, "arn"), textAt(node, "unique_id")];
    if (typeof id === "string" && arn !== null) arns.set(id, arn);
    // What the apply makes gets an id that nobody can name before.
    if (id instanceof Unknown && action !== "create" && action !== "replace") without ??= id;
  }
  return { arns, without };
});

/** The roles whose ARN is known, as it is of what exists: there nothing tells more exactly which role an ARN means. */
export const rolesByArn = once(
  ({ model }: JoinContext): ReadonlyMap<unknown, Modelled<"aws_iam_role">> =>
    new Map(
      model.aws_iam_role.flatMap((role) => {
        const arn = role.attributes.arn.value;
        return typeof arn === "string" ? [[arn, role] as const] : [];
      }),
    ),
);

/** What the provider computes; null where there is none. */
function textAt(node: PlanNode, name: string): Maybe<string> | null {
  const { value, unknown } = memberNode(node, name);
  if (typeof value === "string") return value;
  return unknown === true ? new Unknown("computed") : null;
}
