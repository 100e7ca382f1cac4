import { resourceTypesOf } from "../../iam/action-table.ts";
import { grants, namesAnArn, reachesAnyActionOf } from "../../iam/actions.ts";
import { requiresMfa } from "../../iam/condition-scopes.ts";
import { type GrantedActions, type Selection, selectFrom, summarised } from "../../iam/granted-actions.ts";
import { grantsPassRole, limitsPassedToService, namesEveryRole, passedToServices } from "../../iam/pass-role.ts";
import { isSensitive, shouldNameResources } from "../../iam/sensitive-actions.ts";
import { anyResource, coversType, isResourceWide, isWideFor, mayConcern } from "../../iam/wide-resources.ts";
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
      anyOf([granted.sets.some((set) => selectFrom(set, shouldNameResources) !== null), granted.open ?? false]),
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
  const sessions = sessionActions.map((name) => sessionRights(statement, name));
  return {
    grantsSessions: derivedFact(anyOf(sessions.map(({ isGranted }) => isGranted)), held.places.actions),
    wideSessionActions: derivedFact(
      sessions.flatMap(({ name, isWide }) => listIf(isWide, name)),
      { ...held.places.resources, note: heldBy(held) },
    ),
    requiresMfa: derivedFact(requiresMfa(statement), held.places.conditions),
  };
}

const sessionActions = ["ecs:ExecuteCommand", "ssm:StartSession"];

function sessionRights(statement: Statement, name: string) {
  const isNamed = grants(statement, name);
  if (isNamed === false) return { name, isGranted: false, isWide: false };
  // The document that a session runs is no target of it.
  const targets = resourceTypesOf(name).filter((type) => !type.includes(":document/"));
  return {
    name,
    isGranted: allOf([isNamed, mayConcern(statement, targets, (arn) => (namesAnArn(arn) ? true : arn))]),
    isWide: allOf([isNamed, anyResource(statement, (pattern) => targets.some((type) => coversType(pattern, type)))]),
  };
}
