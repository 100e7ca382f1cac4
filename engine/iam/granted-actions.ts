import { matcherOf } from "../glob.ts";
import type { Statement } from "../model/policy-document.ts";
import { once } from "../once.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { type ActionGroup, type ActionSet, groupsOfService, namesOf, tableServices } from "./action-table.ts";
import { coversService, reachesService } from "./actions.ts";

/** The actions of the table's services that an Allow statement grants. */
export interface GrantedActions {
  readonly sets: readonly ActionSet[];
  /** Why there may be others: an action that the plan does not tell. */
  readonly open: Unknown | null;
}

/** What `Action` names or `NotAction` leaves; the effect is another matter. */
export function grantedActions({ actions, notActions }: Statement): GrantedActions {
  const named = elementsOf(actions);
  const excepted = elementsOf(notActions);
  const open = [...named, ...excepted].find((element) => element instanceof Unknown) ?? null;
  // If an element of NotAction is unknown, what it excludes is unknown too.
  const leaves = notActions !== null && !excepted.some((element) => element instanceof Unknown);
  const patterns = known(named);
  const exceptions = leaves ? known(excepted) : null;
  return { sets: tableServices.flatMap((service) => grantedOf(service, patterns, exceptions)), open };
}

/** The patterns that the plan tells, in lower case. */
function known(elements: readonly Maybe<string>[]): string[] {
  return elements.flatMap((element) => (element instanceof Unknown ? [] : [element.toLowerCase()]));
}

function grantedOf(service: string, patterns: readonly string[], exceptions: readonly string[] | null): ActionSet[] {
  const named = patterns.filter((pattern) => reachesService(pattern, service));
  if (named.some((pattern) => coversService(pattern, service))) return allOf(service);
  const isNamed = matcherOf(named);
  if (exceptions === null) return named.length === 0 ? [] : filtered(service, isNamed);
  const without = exceptions.filter((pattern) => reachesService(pattern, service));
  if (without.length === 0) return allOf(service);
  const isExcepted = matcherOf(without);
  return filtered(service, (key) => isNamed(key) || !isExcepted(key));
}

/** The actions of a service that a pattern matches: `*` any run, `?` one character, without regard to case. */
export function actionsMatching(pattern: string, service: string): ActionSet[] {
  return grantedOf(service, [pattern.toLowerCase()], null);
}

function allOf(service: string): ActionSet[] {
  return groupsOfService(service).map((group) => ({ group, names: null }));
}

function filtered(service: string, holds: (key: string) => boolean): ActionSet[] {
  return groupsOfService(service).flatMap((group) => {
    const keys = keysOf(group);
    const names = namesOf({ group, names: null }).filter((_, at) => holds(keys[at] ?? ""));
    return names.length === 0 ? [] : [{ group, names }];
  });
}

/** The names of a group's actions in lower case. */
const keysOf = once((group: ActionGroup) => namesOf({ group, names: null }).map((name) => name.toLowerCase()));

/** Which actions of a group a question is about: all, none, or those whose names a test accepts. */
export type Selection = (group: ActionGroup) => boolean | ((name: string) => boolean);

/** The selected actions of a set; null where none is. */
export function selectFrom(set: ActionSet, selection: Selection): ActionSet | null {
  const selected = selection(set.group);
  if (typeof selected === "boolean") return selected ? set : null;
  const names = namesOf(set).filter(selected);
  return names.length === 0 ? null : { group: set.group, names };
}

/** The selected actions, as names for people: `ecs:*` where they are all that could be selected of a service. */
export function summarised(sets: readonly ActionSet[], selection: Selection): string[] {
  const chosen = sets.flatMap((set) => selectFrom(set, selection) ?? []);
  return [...new Set(chosen.map(({ group }) => group.service))].flatMap((service) => {
    const own = chosen.filter(({ group }) => group.service === service);
    const isChosen = (group: ActionSet) => {
      const whole = selectFrom(group, selection);
      return whole === null || own.some((set) => isSame(set, whole));
    };
    return countsSeveral(own) && allOf(service).every(isChosen) ? [`${service}:*`] : own.flatMap(namesOf);
  });
}

function isSame(one: ActionSet, other: ActionSet): boolean {
  if (one.group !== other.group) return false;
  return one.names === other.names || namesOf(one).length === namesOf(other).length;
}

function countsSeveral([first, ...others]: readonly ActionSet[]): boolean {
  return first !== undefined && (others.length > 0 || namesOf(first).length > 1);
}
