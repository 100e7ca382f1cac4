import { actsOn } from "../../iam/acted-on.ts";
import { grants, reachesAnyActionOf } from "../../iam/actions.ts";
import { requiresMfa } from "../../iam/condition-scopes.ts";
import { type GrantedActions, type Selection, selectFrom, summarised } from "../../iam/granted-actions.ts";
import { grantsPassRole, limitsPassedToService, namesEveryRole, passedToServices } from "../../iam/pass-role.ts";
import { isArnOfFormats } from "../../iam/resource-types.ts";
import { isSensitive, shouldNameResources } from "../../iam/sensitive-actions.ts";
import { isResourceWide, isWideFor, mayConcern } from "../../iam/wide-resources.ts";
import { wideWildcards } from "../../iam/wildcards.ts";
import type { Statement } from "../../model/policy-document.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, not } from "../../three-valued.ts";
import { derivedFact } from "../subject.ts";
import { type HeldStatement, heldBy } from "./held-statement.ts";

/** What the statement allows of the services in the table, and on which of it everything. */
export function actionFacts(held: HeldStatement, granted: GrantedActions) {
  const { statement } = held;
  const wildcards = wideWildcards(statement);
  const wide = wideActions(statement, granted);
  const resources = held.places.resources;
  return {
    excludesIam: derivedFact(not(reachesAnyActionOf(statement, "iam")), held.places.actions),
    wildcardActions: derivedFact(wildcards.patterns, held.places.at("Action")),
    wildcardServices: derivedFact(wildcards.services, {
      ...held.places.at("Action"),
      note: notes(held.sensitive ? null : through(wildcards.patterns), heldBy(held)),
    }),
    grantsWrites: derivedFact(
      anyOf([
        ...granted.sets
          .filter((set) => selectFrom(set, shouldNameResources) !== null)
          .map(({ group }) => actsOn(statement, group)),
        granted.open ?? false,
      ]),
      held.places.actions,
    ),
    wideWriteActions: derivedFact(listOf(wide, shouldNameResources), { ...resources, note: heldBy(held) }),
    wideSensitiveActions: derivedFact(listOf(wide, isSensitive), resources),
  };
}

function through(patterns: readonly Maybe<string>[]): string | null {
  const known = patterns.filter((pattern) => !(pattern instanceof Unknown));
  return known.length === 0 ? null : `through ${known.join(", ")}`;
}

function notes(...parts: readonly (string | null)[]): string | null {
  const written = parts.filter((part) => part !== null);
  return written.length === 0 ? null : written.join("; ");
}

/** The granted actions that should name their resources and are granted on all of a type. */
function wideActions(statement: Statement, { sets, open }: GrantedActions): GrantedActions {
  const candidates = sets.flatMap((set) => selectFrom(set, shouldNameResources) ?? []);
  const widths = candidates.map(({ group }) => isWideFor(statement, group.resourceTypes));
  const unknown = widths.find((width) => width instanceof Unknown);
  const others = open === null ? false : allOf([open, isResourceWide(statement)]);
  return {
    sets: candidates.filter((_, at) => widths[at] === true),
    open: unknown instanceof Unknown ? unknown : others instanceof Unknown ? others : null,
  };
}

function listOf({ sets, open }: GrantedActions, selection: Selection): Maybe<string>[] {
  const names: Maybe<string>[] = summarised(sets, selection);
  return open === null ? names : [...names, open];
}

export function passRoleFacts(held: HeldStatement) {
  const { statement } = held;
  const conditions = held.places.conditions;
  const everyRole = namesEveryRole(statement);
  return {
    grantsPassRole: derivedFact(grantsPassRole(statement), held.places.actions),
    namesEveryRole: derivedFact(everyRole, { ...held.places.resources, note: heldBy(held) }),
    limitsPassedToService: derivedFact(limitsPassedToService(statement), {
      ...conditions,
      // Once in a sentence.
      note: everyRole === true ? null : heldBy(held),
    }),
    passedToServices: derivedFact(passedToServices(statement), conditions),
  };
}

/** Shells in containers and on machines. */
export function sessionFacts(held: HeldStatement) {
  const { statement } = held;
  const sessions = Object.entries(sessionTargets).map(([name, targets]) => sessionRights(statement, name, targets));
  return {
    grantsSessions: derivedFact(anyOf(sessions.map(({ isGranted }) => isGranted)), held.places.actions),
    wideSessionActions: derivedFact(
      sessions.flatMap(({ name, isWide }) => listIf(isWide, name)),
      { ...held.places.resources, note: heldBy(held) },
    ),
    requiresMfa: derivedFact(requiresMfa(statement), held.places.conditions),
  };
}

/**
 * What sessions run on; the document that a session runs is no target of it. ecs:ExecuteCommand needs its cluster as well,
 * which says how wide it is only where no task is named.
 */
const sessionTargets: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "ecs:ExecuteCommand": [["ecs:*:*:task/*/*"], ["ecs:*:*:cluster/*"]],
  "ssm:StartSession": [["ec2:*:*:instance/*", "ssm:*:*:managed-instance/*", "ecs:*:*:task/*/*"]],
};

function sessionRights(statement: Statement, name: string, targets: readonly (readonly string[])[]) {
  const isNamed = grants(statement, name);
  if (isNamed === false) return { name, isGranted: false, isWide: false };
  const concerns = targets.map((formats) => mayConcern(statement, formats, (arn) => isArnOfFormats(arn, formats)));
  const first = targets[concerns.findIndex((isConcerned) => isConcerned !== false)] ?? [];
  return { name, isGranted: allOf([isNamed, anyOf(concerns)]), isWide: allOf([isNamed, isWideFor(statement, first)]) };
}
