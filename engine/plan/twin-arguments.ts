import type { Action } from "./action.ts";
import { withMember } from "./changed-node.ts";
import { ownMember } from "./json.ts";
import { memberNode, type PlanNode } from "./node.ts";
import type { VariableValues } from "./variables.ts";
import { isWritten } from "./written.ts";

/**
 * Arguments that the provider keeps in the state although nobody writes them, each with those that count before it: AWS
 * takes one of them only. Source: the provider's documentation of each type ("conflicts with").
 */
const twins: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  aws_cloudwatch_event_rule: { state: ["is_enabled"], is_enabled: ["state"] },
  aws_ecs_service: { launch_type: ["capacity_provider_strategy"] },
  aws_ecs_task_set: { launch_type: ["capacity_provider_strategy"] },
  aws_ssm_parameter: { value: ["insecure_value", "value_wo"], insecure_value: ["value", "value_wo"] },
};

interface Resource {
  readonly type: string;
  readonly isAws: boolean;
  readonly action: Action;
  readonly node: PlanNode;
  readonly before: unknown;
}

/** The resource without what its state holds of an argument whose twin is written. */
export function withWrittenTwin<R extends Resource>(resource: R, variables: VariableValues): R {
  const { type, isAws, action, before } = resource;
  if (!Object.hasOwn(twins, type) || !isAws || !(action === "no-op" || action === "update")) return resource;
  let { node } = resource;
  for (const [name, others] of Object.entries(twins[type] ?? {})) {
    const member = memberNode(node, name);
    const isKept =
      member.expressions !== null && !isWritten(member, variables) && member.value === ownMember(before, name);
    if (isKept && others.some((other) => isSet(memberNode(resource.node, other), variables)))
      node = withMember(node, name, { ...member, value: null });
  }
  return node === resource.node ? resource : { ...resource, node };
}

/** The value of a write-only argument is null in every plan. */
function isSet(node: PlanNode, variables: VariableValues): boolean {
  const { value, unknown, path } = node;
  const hasValue = unknown === true || (value !== null && value !== undefined) || path.endsWith("_wo");
  return hasValue && isWritten(node, variables);
}
