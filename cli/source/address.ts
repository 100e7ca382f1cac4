import { parseTraversal, type TraversalStep } from "../../engine/index.ts";
import type { BlockName } from "./module.ts";

/** The calls of modules that lead to a block, and the block. */
export interface BlockAddress {
  readonly calls: readonly string[];
  readonly block: BlockName;
}

/** What an address of a plan names, without the keys of instances: all of them are made by one block. Null where it is none. */
export function blockAddress(address: string): BlockAddress | null {
  const steps = parseTraversal(address);
  if (steps === null) return null;
  const calls: string[] = [];
  let rest: readonly TraversalStep[] = steps;
  while (nameAt(rest, 0) === "module") {
    const call = nameAt(rest, 1);
    if (call === null) return null;
    calls.push(call);
    rest = rest.slice(isKey(rest[2]) ? 3 : 2);
  }
  const block = blockName(rest);
  return block === null ? null : { calls, block };
}

function nameAt(steps: readonly TraversalStep[], at: number): string | null {
  const step = steps[at];
  return step !== undefined && "name" in step ? step.name : null;
}

function isKey(step: TraversalStep | undefined): boolean {
  return step !== undefined && "key" in step;
}

function blockName(steps: readonly TraversalStep[]): BlockName | null {
  const bare = isKey(steps.at(-1)) ? steps.slice(0, -1) : steps;
  const names = bare.flatMap((step) => ("name" in step ? [step.name] : []));
  if (names.length < bare.length) return null;
  const [first, second, third] = names;
  if (first === undefined || second === undefined || names.length > 3) return null;
  if (first === "data") return third === undefined ? null : { type: "data", labels: [second, third], alias: null };
  if (first === "provider") return { type: "provider", labels: [second], alias: third ?? null };
  if (third !== undefined) return null;
  if (first === "var") return { type: "variable", labels: [second], alias: null };
  if (first === "output") return { type: "output", labels: [second], alias: null };
  return { type: "resource", labels: [first, second], alias: null };
}
