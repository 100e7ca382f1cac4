import { once } from "../../once.ts";
import { referencesOf } from "../../plan/absence.ts";
import { isJsonObject } from "../../plan/json.ts";
import type { Reference } from "../../plan/references.ts";
import type { Maybe } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { Rule, SecurityGroup } from "./rules.ts";

/** Whether anything in the plan has the group: tasks, load balancers, or any other type that names security groups. */
export function isUsed(
  { group, groupId }: Pick<Rule, "group" | "groupId">,
  byKnownTypes: readonly Maybe<boolean>[],
  context: JoinContext,
): Maybe<boolean> {
  const used = usedGroups(context);
  if (group.kind !== "one")
    return anyOf([used.has(groupId), ...byKnownTypes, group.kind === "unknown" ? group.unknown : false]);
  // What uses a default group is what has no group of its own.
  if (group.match.resource.type === "aws_default_security_group") return true;
  return anyOf([used.has(group.match), used.has(groupId), ...byKnownTypes]);
}

/** `security_groups`, `vpc_security_group_ids`, `security_group_ids`, `security_group`. */
const names = /(?:^|_)security_groups?(?:_ids?)?$/;

/** Rules say what a group lets through, not who has it. */
const ofRules = /^aws_(?:default_)?security_group|^aws_vpc_security_group_/;

/** What resources other than groups and their rules name in any attribute called after security groups: ids and groups. */
const usedGroups = once((context: JoinContext): ReadonlySet<unknown> => {
  const users = context.plan.resources.filter(
    ({ mode, type, willExist, isAws }) => mode === "managed" && willExist && isAws && !ofRules.test(type),
  );
  return new Set<unknown>(
    users.flatMap(({ node }) => {
      const expressions = (node.expressions ?? []).flatMap(partsNamed);
      const references = referencesOf({ ...node, expressions }) ?? [];
      return [
        ...partsNamed(node.value).flatMap(textsIn),
        ...references.flatMap((reference) => groupsIn(reference, context)),
      ];
    }),
  );
});

function groupsIn({ end }: Reference, { joins }: JoinContext): readonly SecurityGroup[] {
  return "target" in end && end.target.type === "aws_security_group"
    ? joins.instances("aws_security_group", end.target)
    : [];
}

/** What stands under the names, at every depth. */
function partsNamed(tree: unknown): unknown[] {
  const found: unknown[] = [];
  // A stack of our own: a configuration may nest deeper than calls can.
  const left = [tree];
  while (left.length > 0) {
    const part = left.pop();
    if (Array.isArray(part)) for (const element of part) left.push(element);
    else if (isJsonObject(part))
      for (const [key, value] of Object.entries(part)) (names.test(key) ? found : left).push(value);
  }
  return found;
}

function textsIn(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((part) => typeof part === "string");
}
