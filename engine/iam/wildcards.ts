import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { actsOn } from "./acted-on.ts";
import { type ActionGroup, type ActionSet, groupsOfService, isWrite, namesOf, tableServices } from "./action-table.ts";
import { reachesService } from "./actions.ts";
import { actionsMatching, selectFrom } from "./granted-actions.ts";
import { readsSecrets } from "./sensitive-actions.ts";

/** Wildcards among a statement's actions that take in more of a service than one kind of use. */
export interface WideWildcards {
  /** As written. */
  readonly patterns: readonly Maybe<string>[];
  readonly services: readonly Maybe<string>[];
}

/**
 * The wildcards of `Action` that grant every writing action of a service, or that mix kinds: reading with writing
 * (`ecr:Batch*`), or describing with reading secrets (`ssm:Get*`). `Describe*` and `kms:GenerateDataKey*` do neither.
 * A service none of whose actions may act on the statement's resources is not among them.
 */
export function wideWildcards(statement: Statement): WideWildcards {
  const elements = elementsOf(statement.actions);
  const acts = (group: ActionGroup) => actsOn(statement, group) !== false;
  const unknown = elements.filter((element) => element instanceof Unknown).slice(0, 1);
  const found = elements.flatMap((pattern) => {
    if (pattern instanceof Unknown || !/[*?]/.test(pattern)) return [];
    const services = tableServices.filter(
      (service) => reachesService(pattern, service) && isWide(actionsMatching(pattern, service), service, acts),
    );
    return services.length === 0 ? [] : [{ pattern, services }];
  });
  return {
    patterns: [...found.map(({ pattern }) => pattern), ...unknown],
    services: [...new Set(found.flatMap(({ services }) => services)), ...unknown],
  };
}

function isWide(granted: readonly ActionSet[], service: string, acts: (group: ActionGroup) => boolean): boolean {
  if (!granted.some(({ group }) => acts(group))) return false;
  const writes = granted.filter(({ group }) => isWrite(group));
  const reads = granted.filter(({ group }) => !isWrite(group));
  if (writes.length > 0 && reads.length > 0) return true;
  if (writes.length > 0) return countOf(writes) > 1 && countOf(writes) === countOf(allWritesOf(service));
  const secrets = countOf(reads.flatMap((set) => selectFrom(set, readsSecrets) ?? []));
  return secrets > 0 && secrets < countOf(reads);
}

function allWritesOf(service: string): ActionSet[] {
  return groupsOfService(service)
    .filter(isWrite)
    .map((group) => ({ group, names: null }));
}

function countOf(sets: readonly ActionSet[]): number {
  return sets.reduce((sum, set) => sum + namesOf(set).length, 0);
}
