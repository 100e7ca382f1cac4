import { groupBy } from "../../../engine/group-by.ts";
import { type SystemNode, withoutInstances } from "../../../engine/index.ts";
import { moduleSteps } from "./module-steps.ts";

/** So many calls that hold the same are one; of fewer each has a name worth reading. */
const leastCalls = 4;

export interface ModuleCalls {
  /** The call that stands for this one, both as names without keys: `shop.basket` for `shop.billing`. */
  readonly canonical: (names: readonly string[]) => string;
  /** How a frame of several instances is called: `service ×20`, `basket, billing and 18 more`. */
  readonly label: (names: readonly string[]) => string;
}

/** The module calls of a system; calls of one module that hold the same resources, at least two, stand for each other. */
export function moduleCalls(nodes: readonly SystemNode[]): ModuleCalls {
  const contents = new Map<string, Set<string>>();
  const instances = new Map<string, Set<string>>();
  for (const { address, module } of nodes) {
    const steps = moduleSteps(module);
    const end = withoutInstances(address ?? "")
      .split(".")
      .slice(-2);
    for (const at of steps.keys()) {
      const call = namesOf(steps.slice(0, at + 1));
      add(contents, call, [...steps.slice(at + 1).map(({ name }) => name), ...end].join("."));
      add(
        instances,
        call,
        steps
          .slice(0, at + 1)
          .map(({ text }) => text)
          .join("."),
      );
    }
  }
  const families = groupBy(contents, ([call, held]) => JSON.stringify([parentOf(call), ...[...held].sort()]));
  const alike = [...families.values()].filter((same) => same.length >= leastCalls && (same[0]?.[1].size ?? 0) > 1);
  const membersOf = new Map(alike.map((same) => [same[0]?.[0] ?? "", same.map(([call]) => call)]));
  const firstOf = new Map([...membersOf].flatMap(([first, calls]) => calls.map((call) => [call, first] as const)));
  const canonical = (names: readonly string[]) =>
    names.reduce((place, name) => {
      const call = place === "" ? name : `${place}.${name}`;
      return firstOf.get(call) ?? call;
    }, "");
  return {
    canonical,
    label: (names) => {
      const call = canonical(names);
      const calls = membersOf.get(call);
      if (calls !== undefined) return listed(calls.map((each) => each.slice(each.lastIndexOf(".") + 1)));
      const count = instances.get(call)?.size ?? 1;
      return `${names.at(-1) ?? ""}${count > 1 ? ` ×${count}` : ""}`;
    },
  };
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

function namesOf(steps: readonly { readonly name: string }[]): string {
  return steps.map(({ name }) => name).join(".");
}

function parentOf(call: string): string {
  return call.slice(0, Math.max(0, call.lastIndexOf(".")));
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
