import type { Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { actionsOfService, isWrite, readsSecrets, type TableAction, tableServices } from "./action-table.ts";
import { elementsOf, reachesService } from "./actions.ts";
import { matchesAction } from "./grants.ts";

/** Wildcards among a statement's actions that take in more of a service than one kind of use. */
export interface WideWildcards {
  /** As written. */
  readonly patterns: readonly Maybe<string>[];
  readonly services: readonly Maybe<string>[];
}

/**
 * The wildcards of `Action` that grant every writing action of a service, or that mix kinds: reading with writing
 * (`ecr:Batch*`), or describing with reading secrets (`ssm:Get*`). `Describe*` and `kms:GenerateDataKey*` do neither.
 */
export function wideWildcards({ actions }: Statement): WideWildcards {
  const elements = elementsOf(actions);
  const unknown = elements.filter((element) => element instanceof Unknown).slice(0, 1);
  const found = elements.flatMap((pattern) => {
    if (pattern instanceof Unknown || !/[*?]/.test(pattern)) return [];
    const services = tableServices.filter((service) => reachesService(pattern, service) && isWide(pattern, service));
    return services.length === 0 ? [] : [{ pattern, services }];
  });
  return {
    patterns: [...found.map(({ pattern }) => pattern), ...unknown],
    services: [...new Set(found.flatMap(({ services }) => services)), ...unknown],
  };
}

function isWide(pattern: string, service: string): boolean {
  const all = actionsOfService(service);
  const granted = all.filter(({ name }) => matchesAction(name, pattern));
  if (granted.length < 2) return false;
  const writes = granted.filter(isWrite).length;
  return new Set(granted.map(kindOfUse)).size > 1 || (writes > 0 && writes === all.filter(isWrite).length);
}

function kindOfUse(action: TableAction): "write" | "secrets" | "read" {
  if (isWrite(action)) return "write";
  return readsSecrets(action) ? "secrets" : "read";
}
