import type { ResourceChangeDocument } from "./envelope.ts";
import type { PlanNode } from "./node.ts";

/** How the object that exists now goes at apply. */
export interface Removal {
  /** `forget` leaves it in AWS and takes it out of the state. */
  readonly how: "delete" | "forget";
  /** Whether a new object at the same address is made after it or before it; `none` where there is no new one. */
  readonly successor: "none" | "after" | "before";
  /** The root of its present values. */
  readonly before: PlanNode;
}

const removals: Readonly<Record<string, Pick<Removal, "how" | "successor">>> = {
  delete: { how: "delete", successor: "none" },
  forget: { how: "forget", successor: "none" },
  "delete,create": { how: "delete", successor: "after" },
  "create,delete": { how: "delete", successor: "before" },
  "forget,create": { how: "forget", successor: "after" },
  "create,forget": { how: "forget", successor: "before" },
};

/** What a change takes away; null where nothing goes. */
export function removalOf({ change }: ResourceChangeDocument): Removal | null {
  const actions = change.actions.join(",");
  const found = Object.hasOwn(removals, actions) ? removals[actions] : undefined;
  return found === undefined ? null : { ...found, before: presentNode(change) };
}

/** What stands in the state is known throughout, and no expression of today need have made it. */
function presentNode({ before, before_sensitive: mask }: ResourceChangeDocument["change"]): PlanNode {
  return {
    path: "",
    value: before,
    unknown: undefined,
    sensitive: mask === true,
    sensitiveMask: mask,
    expressions: null,
    maybeDynamic: false,
    among: null,
    context: null,
    ignoreCase: false,
    isWritten: false,
  };
}
