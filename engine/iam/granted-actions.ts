import type { Statement } from "../model/policy-document.ts";
import { Unknown } from "../plan/unknown.ts";
import { actionsOfService, type TableAction, tableServices } from "./action-table.ts";
import { elementsOf, reachesService } from "./actions.ts";
import { matchesAction } from "./grants.ts";

/** The actions of the table's services that an Allow statement grants. */
export interface GrantedActions {
  readonly actions: readonly TableAction[];
  /** Why there may be others: an action that the plan does not tell. */
  readonly open: Unknown | null;
}

/** What `Action` names or `NotAction` leaves; the effect is another matter. */
export function grantedActions({ actions, notActions }: Statement): GrantedActions {
  const named = elementsOf(actions);
  const excepted = elementsOf(notActions);
  const open = [...named, ...excepted].find((element) => element instanceof Unknown) ?? null;
  const granted = new Set(known(named).flatMap(actionsMatching));
  if (notActions === null) return { actions: [...granted], open };
  // What an exception that the plan does not tell takes away, nothing tells.
  if (excepted.some((element) => element instanceof Unknown)) return { actions: [...granted], open };
  const without = new Set(known(excepted).flatMap(actionsMatching));
  for (const action of tableServices.flatMap(actionsOfService)) if (!without.has(action)) granted.add(action);
  return { actions: [...granted], open };
}

function known(elements: ReturnType<typeof elementsOf>): string[] {
  return elements.flatMap((element) => (element instanceof Unknown ? [] : [element]));
}

/** The actions of the table that a pattern matches. */
export function actionsMatching(pattern: string): TableAction[] {
  return tableServices
    .filter((service) => reachesService(pattern, service))
    .flatMap((service) => actionsOfService(service).filter(({ name }) => matchesAction(name, pattern)));
}

/** Names for people: `ecs:*` where all of a service's actions that could be in the list are. */
export function summarised(actions: readonly TableAction[], could: (action: TableAction) => boolean): string[] {
  const byService = new Map<string, TableAction[]>();
  for (const action of actions) byService.set(action.service, [...(byService.get(action.service) ?? []), action]);
  return [...byService].flatMap(([service, list]) => {
    const all = actionsOfService(service).filter(could).length;
    return list.length > 1 && list.length === all ? [`${service}:*`] : list.map(({ name }) => name);
  });
}
