import { parseTraversal } from "./address.ts";
import { ownMember } from "./json.ts";
import { holdsTrue, type PlanNode } from "./node.ts";

/** Whether what stands at a path of a resource is marked as sensitive: itself, a part of it, or what it is a part of. */
export function isMarkedAt({ sensitiveMask }: PlanNode, path: string): boolean {
  // Most resources have no mark at all.
  if (!holdsTrue(sensitiveMask)) return false;
  let mask = sensitiveMask;
  for (const step of stepsOf(path)) {
    if (mask === true) return true;
    mask = "name" in step ? ownMember(mask, step.name) : Array.isArray(mask) ? mask[Number(step.key)] : undefined;
  }
  return holdsTrue(mask);
}

/** Keys of maps may be no names: what stands behind the first one belongs to it. */
function stepsOf(path: string) {
  const first = /^[^.[]*/.exec(path)?.[0] ?? "";
  return parseTraversal(path) ?? [{ name: first }];
}
