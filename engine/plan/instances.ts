import { formatModule, type InstanceKey } from "./address.ts";
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

interface Resource<C> {
  readonly all: C[];
  readonly byKey: Map<InstanceKey | null, C[]>;
}

export function indexInstances<C>(candidates: Iterable<C>, identify: (candidate: C) => Identity): Instances<C> {
  const resources = new Map<string, Resource<C>>();
  for (const candidate of candidates) {
    const { moduleAddress, mode, type, name, key } = identify(candidate);
    const identity = identityOf(moduleAddress, mode, type, name);
    const resource: Resource<C> = resources.get(identity) ?? { all: [], byKey: new Map() };
    resources.set(identity, resource);
    resource.all.push(candidate);
    const sameKey = resource.byKey.get(key);
    if (sameKey === undefined) resource.byKey.set(key, [candidate]);
    else sameKey.push(candidate);
  }
  return {
    of({ module, mode, type, name, key, pairKey }) {
      const resource = resources.get(identityOf(formatModule(module), mode, type, name));
      if (resource === undefined) return [];
      if (key !== null) return resource.byKey.get(key) ?? [];
      return (pairKey === null ? undefined : resource.byKey.get(pairKey)) ?? resource.all;
    },
  };
}

function identityOf(module: string, mode: string, type: string, name: string): string {
  return `${module} ${mode} ${type} ${name}`;
}
