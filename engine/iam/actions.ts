import { covers, matcherOf, matchesGlob, patternsMeet } from "../glob.ts";
import type { Statement, StatementList } from "../model/policy-document.ts";
import { holdsArnOfOthers } from "../model/resource-type.ts";
import { once } from "../once.ts";
import { isMadeUp, type Target, targetsOf } from "../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, map, not, test } from "../three-valued.ts";
import { partitions } from "./arns.ts";
import { isAllow } from "./statements.ts";

/** Whether an action pattern can match an action of the service; a wildcard may span the colon: `ecr*Image`, `e*`. */
export function reachesService(pattern: string, service: string): boolean {
  return patternsMeet(pattern.toLowerCase(), `${service}:*`);
}

/** Whether a pattern matches every action of the service. */
export function coversService(pattern: string, service: string): boolean {
  return covers(pattern.toLowerCase(), `${service}:?*`);
}

/** Whether the statement's actions reach any action of the service, by `Action` or by what `NotAction` leaves. */
export function reachesAnyActionOf(statement: Statement, service: string): Maybe<boolean> {
  const named = anyOf(
    elementsOf(statement.actions).map((action) => test(action, (pattern) => reachesService(pattern, service))),
  );
  if (statement.notActions === null) return named;
  const excepted = anyOf(
    elementsOf(statement.notActions).map((action) => test(action, (pattern) => coversService(pattern, service))),
  );
  return anyOf([named, not(excepted)]);
}

/** Whether the statement is about an action (`ecr:PutImage`), by `Action` or by a `NotAction` that leaves it out. */
export function coversAction(statement: Statement, action: string): Maybe<boolean> {
  const key = action.toLowerCase();
  return statement.notActions === null
    ? names(statement.actions, key)
    : anyOf([names(statement.actions, key), not(names(statement.notActions, key))]);
}

/** Whether a list names an action, which is given in lower case. */
function names(list: StatementList, key: string): Maybe<boolean> {
  if (list instanceof Unknown) return list;
  if (list === null) return false;
  const { isNamed, open } = namedIn(list);
  return isNamed(key) || open;
}

/** A list as it is asked, which is made once: a statement is asked about hundreds of actions. */
const namedIn = once((list: readonly Maybe<string>[]) => ({
  isNamed: matcherOf(list.flatMap((element) => (element instanceof Unknown ? [] : [element.toLowerCase()]))),
  open: list.find((element) => element instanceof Unknown) ?? false,
}));

/** A statement as far as it is about actions of one service: without what it names of others. */
export function aboutService(statement: Statement, service: string): Statement {
  const reaching = (list: StatementList) =>
    list === null || list instanceof Unknown
      ? list
      : list.filter((element) => element instanceof Unknown || reachesService(element, service));
  return { ...statement, actions: reaching(statement.actions), notActions: reaching(statement.notActions) };
}

/** What of `Action` names an action, as it is written; empty where `NotAction` leaves it. */
export function patternsFor({ actions }: Statement, action: string): readonly string[] {
  const known = elementsOf(actions).filter((element): element is string => !(element instanceof Unknown));
  return known.filter((pattern) => matchesGlob(action.toLowerCase(), pattern.toLowerCase()));
}

/** Whether the statement allows an action, as far as its own words go: conditions and other statements are not looked at. */
export function grants(statement: Statement, action: string): Maybe<boolean> {
  return allOf([isAllow(statement), coversAction(statement, action)]);
}

/** Whether `Action` names every action of every service: `*`, `*:*`, `?*`, or one pattern for each letter that services begin with. */
export function namesEveryAction(statement: Statement): Maybe<boolean> {
  const actions = elementsOf(statement.actions);
  const isIn = (every: string) => anyOf(actions.map((action) => test(action, (pattern) => covers(pattern, every))));
  const first = actions[0];
  // Few statements have so many patterns, and each is compared with every letter.
  const hasSeveral = typeof first === "string" && actions.length >= letters.length;
  return anyOf([isIn("?*:?*"), hasSeveral && allOf([...letters].map((letter) => isIn(`${letter}*:?*`)))]);
}

const letters = "abcdefghijklmnopqrstuvwxyz";

/**
 * Whether the statement applies to every resource: `*`, an ARN of wildcards only, or all but some by `NotResource`. A
 * `NotResource` that the plan does not tell may turn out not to be there.
 */
export function appliesToEveryResource(statement: Statement): Maybe<boolean> {
  const { resources, notResources } = statement;
  const leavesMost = map(notResources, (list) => list !== null);
  return anyOf([leavesMost, ...elementsOf(resources).map(isEveryResource)]);
}

/** A pattern is for every resource if it takes in all of a partition: `*`, `arn*`, `arn:aws:*:*:*:*`. */
export function isEveryResource(resource: Maybe<string>): Maybe<boolean> {
  if (resource instanceof Unknown) return namesOneObject(resource) ? false : resource;
  return partitions.some((partition) => covers(resource, `arn:${partition}:?*:*:*:?*`));
}

/** Whether an unknown value is, or begins with, what AWS makes up for an object of this plan: `"${aws_s3_bucket.x.arn}/*"`. */
export function namesOneObject(value: Unknown): boolean {
  const first = value.known.parts?.[0];
  return isMadeUp(value) || (first instanceof Unknown && isMadeUp(first));
}

/**
 * Whether an unknown value is the ARN of objects that this plan manages: then it names one object, whatever it will be.
 * An expression that also uses anything else may be anything.
 */
export function namesAnArn(value: Unknown): boolean {
  return targetsOf(value.references)?.every((target) => namedType(target) !== null) ?? false;
}

/**
 * Terraform's type of the object whose ARN an attribute is; null where it may be something else. Of all attributes that end
 * in `arn` some are the object's own; one for a role holds that of a role, whatever object uses it.
 */
export function namedType({ mode, type, attribute }: Target): string | null {
  if (mode !== "managed" || !type.startsWith("aws_") || holdsArnOfOthers(type)) return null;
  if (/^(?:arn|arn_without_revision|qualified_arn|stream_arn|execution_arn)$/.test(attribute)) return type;
  return /(?:^|_)role_arn$/.test(attribute) ? "aws_iam_role" : null;
}
