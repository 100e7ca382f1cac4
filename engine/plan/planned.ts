import { groupBy } from "../group-by.ts";
import { formatModule, type InstanceKey, parseModule } from "./address.ts";
import { isGoneAlready, takesAway } from "./completeness.ts";
import { callOf, type Keys, type Planned, unrepeated } from "./configuration.ts";
import type { ResourceChangeDocument } from "./envelope.ts";
import { ownMember } from "./json.ts";
import { holdsTrue } from "./node.ts";

/** What the plan tells of the instances that will exist, of each resource and of each module call. */
export function plannedInstances(changes: readonly ResourceChangeDocument[]): {
  readonly planned: Omit<Planned, "hidesUse">;
  readonly keysOf: (change: ResourceChangeDocument) => Keys;
} {
  const existing = changes.filter(
    (change) => !(takesAway(change) || isGoneAlready(change) || change.deposed !== undefined),
  );
  const resources = groupBy(existing.map(instanceOf), ({ identity }) => identity);
  const modules = new Set(existing.flatMap(({ module_address: address }) => address ?? []));
  const steps = [...modules].flatMap((address) => {
    const path = parseModule(address) ?? [];
    return path.map(({ name, key }, at) => ({ call: callOf(formatModule(path.slice(0, at)), name), key }));
  });
  const calls = groupBy(steps, ({ call }) => call);
  const callKeys = new Map([...calls].map(([call, all]) => [call, new Set(all.map(({ key }) => key))]));
  const instances = new Map([...resources].map(([identity, all]) => [identity, instancesOf(all)]));
  return {
    planned: {
      callKeys,
      isKnown: (target) => {
        const named = instances.get(identityOf(formatModule(target.module), target));
        const meant = target.key === null ? named?.all : named?.byKey.get(target.key);
        // A data source that was read when the plan was made is no change.
        if (meant === undefined) return target.mode === "data";
        const [name] = target.attribute.split(/[.[]/);
        return name !== undefined && name !== "" && meant.every(({ unknown }) => isKnownIn(unknown, name));
      },
    },
    keysOf: (change) => {
      const own = keyOf(change);
      return instances.get(identityOf(change.module_address ?? "", change))?.keys ?? keysOnly([own]);
    },
  };
}

/** What of a change tells which of its attributes are known; the change itself need not be kept for that. */
interface Instance {
  readonly identity: string;
  readonly key: InstanceKey | null;
  readonly unknown: unknown;
}

function instanceOf(change: ResourceChangeDocument): Instance {
  const identity = identityOf(change.module_address ?? "", change);
  return { identity, key: keyOf(change), unknown: change.change.after_unknown };
}

function instancesOf(all: readonly Instance[]) {
  const byKey = groupBy(all, ({ key }) => key);
  return { all, byKey, keys: keysOnly([...byKey.keys()]) };
}

/** Most resources are not repeated: these have one set in common. */
function keysOnly(keys: readonly (InstanceKey | null)[]): Keys {
  return keys.length === 1 && keys[0] === null ? unrepeated.keys : new Set(keys);
}

function keyOf({ index }: ResourceChangeDocument): InstanceKey | null {
  return index ?? null;
}

function isKnownIn(unknown: unknown, name: string): boolean {
  return unknown !== true && !holdsTrue(ownMember(unknown, name));
}

function identityOf(module: string, resource: { readonly mode: string; readonly type: string; readonly name: string }) {
  return `${module} ${resource.mode} ${resource.type} ${resource.name}`;
}
