import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, listIf } from "../three-valued.ts";
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
  const acts = (group: ActionGroup) => actsOn(statement, group);
  const found = elementsOf(statement.actions).flatMap((pattern): WideWildcards[] => {
    if (pattern instanceof Unknown) return [{ patterns: [pattern], services: [pattern] }];
    if (!/[*?]/.test(pattern)) return [];
    const services = tableServices
      .filter((service) => reachesService(pattern, service))
      .flatMap((service) => listIf(isWide(actionsMatching(pattern, service), service, acts), service));
    const isNamed = services.some((service) => !(service instanceof Unknown));
    return services.length === 0 ? [] : [{ patterns: isNamed ? [pattern] : services, services }];
  });
  return {
    patterns: openOnce(found.flatMap(({ patterns }) => patterns)),
    services: [...new Set(openOnce(found.flatMap(({ services }) => services)))],
  };
}

/** With what is not told behind the rest, once. */
function openOnce(texts: readonly Maybe<string>[]): Maybe<string>[] {
  const isOpen = (text: Maybe<string>) => text instanceof Unknown;
  return [...texts.filter((text) => !isOpen(text)), ...texts.filter(isOpen).slice(0, 1)];
}

/** Whether actions take in that much of a service; not told where the resources do not say whether any of them may act. */
function isWide(
  granted: readonly ActionSet[],
  service: string,
  acts: (group: ActionGroup) => Maybe<boolean>,
): Maybe<boolean> {
  return mixesKinds(granted, service) && anyOf(granted.map(({ group }) => acts(group)));
}

function mixesKinds(granted: readonly ActionSet[], service: string): boolean {
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
