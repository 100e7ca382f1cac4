import { groupBy } from "../group-by.ts";
import { once } from "../once.ts";
import { formatModule, type InstanceKey } from "./address.ts";
import type { Keys } from "./configuration.ts";
import type { Target } from "./references.ts";

/** What tells instances of a resource apart, and one resource from another. */
interface Identity {
  /** The module as text. */
  readonly moduleAddress: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey | null;
}

/** Candidates by the resource that they are instances of. */
export interface Instances<C> {
  /** The ones that a target may mean: one where it or the pairing names the instance, else all of the resource. */
  readonly of: (target: Target) => readonly C[];
}

export function indexInstances<C>(candidates: Iterable<C>, identify: (candidate: C) => Identity): Instances<C> {
  const resources = groupBy(candidates, (candidate) => {
    const { moduleAddress, mode, type, name } = identify(candidate);
    return identityOf(moduleAddress, mode, type, name);
  });
  // Of most resources nobody asks for an instance.
  const byKey = once((all: readonly C[]) => groupBy(all, (candidate) => identify(candidate).key));
  return {
    of({ module, mode, type, name, key, pairKey, pairKeys }) {
      const all = resources.get(identityOf(formatModule(module), mode, type, name));
      if (all === undefined) return [];
      if (key !== null) return byKey(all).get(key) ?? [];
      if (pairKey === null || (pairKeys !== null && !sameKeys(byKey(all), pairKeys))) return all;
      return byKey(all).get(pairKey) ?? all;
    },
  };
}

/** `x[each.key]` and `x["${each.key}-admin"]` refer to the same: only where both have the same keys is it the former. */
function sameKeys(instances: ReadonlyMap<InstanceKey | null, unknown>, keys: Keys): boolean {
  return instances.size === keys.size && [...keys].every((key) => instances.has(key));
}

function identityOf(module: string, mode: string, type: string, name: string): string {
  return `${module} ${mode} ${type} ${name}`;
}
