import { isJsonObject } from "./json.ts";
import { elementNodes, type PlanNode } from "./node.ts";

/** The node with another member; its masks go with it. */
export function withMember(node: PlanNode, name: string, member: PlanNode): PlanNode {
  return {
    ...node,
    value: put(node.value, name, member.value),
    unknown: put(node.unknown, name, member.unknown),
    sensitiveMask: put(node.sensitiveMask, name, member.sensitiveMask),
  };
}

/** What is undefined is not there: of a mask, that nothing is marked. */
function put(object: unknown, name: string, value: unknown): unknown {
  if (!isJsonObject(object)) return value === undefined ? object : { [name]: value };
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _, ...others } = object;
  return others;
}

/**
 * A list without the elements for which `keep` has null, and with what it makes of the others; the masks go with them.
 * The node itself where that is the whole list.
 */
export function keepElements(node: PlanNode, keep: (element: PlanNode) => PlanNode | null): PlanNode {
  const elements = elementNodes(node, "set") ?? [];
  const kept = elements.flatMap((element) => keep(element) ?? []);
  if (kept.length === elements.length && kept.every((element, at) => element === elements[at])) return node;
  return {
    ...node,
    value: kept.map(({ value }) => value),
    unknown: Array.isArray(node.unknown) ? kept.map(({ unknown }) => unknown ?? false) : node.unknown,
    sensitiveMask: Array.isArray(node.sensitiveMask)
      ? kept.map(({ sensitiveMask }) => sensitiveMask ?? false)
      : node.sensitiveMask,
  };
}
