import { groupBy } from "../group-by.ts";
import { formatModule, type InstanceKey, parseModule } from "./address.ts";
import { isGoneAlready, takesAway } from "./completeness.ts";
import { callOf, type Keys, type Planned } from "./configuration.ts";
import type { ResourceChangeDocument } from "./envelope.ts";
import { ownMember } from "./json.ts";
import { holdsTrue } from "./node.ts";

/** What the plan tells of the instances that will exist, of each resource and of each module call. */
export function plannedInstances(changes: readonly ResourceChangeDocument[]): {
  readonly planned: Planned;
  readonly keysOf: (change: ResourceChangeDocument) => Keys;
} {
  const existing = changes.filter(
    (change) => !(takesAway(change) || isGoneAlready(change) || change.deposed !== undefined),
  );
  const resources = groupBy(existing, (change) => identityOf(change.module_address ?? "", change));
  const modules = new Set(existing.flatMap(({ module_address: address }) => address ?? []));
  const steps = [...modules].flatMap((address) => {
    const path = parseModule(address) ?? [];
    return path.map(({ name, key }, at) => ({ call: callOf(formatModule(path.slice(0, at)), name), key }));
  });
  const calls = groupBy(steps, ({ call }) => call);
  const callKeys = new Map([...calls].map(([call, all]) => [call, new Set(all.map(({ key }) => key))]));
  const keys = new Map<string, Keys>(
    [...resources].map(([resource, all]) => [resource, new Set(all.map((change) => keyOf(change)))]),
  );
  return {
    planned: {
      callKeys,
      isKnown: (target) => {
        const all = resources.get(identityOf(formatModule(target.module), target)) ?? [];
        const meant = target.key === null ? all : all.filter((change) => keyOf(change) === target.key);
        // A data source that was read when the plan was made is no change.
        if (meant.length === 0) return target.mode === "data";
        const [name] = target.attribute.split(/[.[]/);
        return name !== undefined && name !== "" && meant.every((change) => isKnownIn(change, name));
      },
    },
    keysOf: (change) => keys.get(identityOf(change.module_address ?? "", change)) ?? new Set([keyOf(change)]),
  };
}

function keyOf({ index }: ResourceChangeDocument): InstanceKey | null {
  return index ?? null;
}

function isKnownIn({ change }: ResourceChangeDocument, name: string): boolean {
  const { after_unknown: unknown } = change;
  return unknown !== true && !holdsTrue(ownMember(unknown, name));
}

function identityOf(module: string, resource: { readonly mode: string; readonly type: string; readonly name: string }) {
  return `${module} ${resource.mode} ${resource.type} ${resource.name}`;
}
