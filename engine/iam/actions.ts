import { matchesGlob } from "../glob.ts";
import type { Statement, StatementList } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../three-valued.ts";

function elementsOf(list: StatementList): readonly Maybe<string>[] {
  if (list === null) return [];
  return list instanceof Unknown ? [list] : list;
}

/** Whether an action pattern can match an action of the service; a wildcard may span the colon: `ecr*Image`, `e*`. */
function reachesService(pattern: string, service: string): boolean {
  for (const [at, wanted] of [...`${service}:`].entries()) {
    const character = pattern.charAt(at).toLowerCase();
    if (character === "*") return true;
    if (character !== "?" && character !== wanted) return false;
  }
  return true;
}

/** Whether a pattern matches texts that have nothing in common but what every one of them has. */
function matchesAll(pattern: string, samples: readonly string[]): boolean {
  return samples.every((sample) => matchesGlob(sample, pattern));
}

/** Whether a pattern matches every action of the service. */
function coversService(pattern: string, service: string): boolean {
  return matchesAll(pattern.toLowerCase(), [`${service}:q`, `${service}:wwwwwww`]);
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

/** Whether the statement's actions hold one action, by `Action` or by what `NotAction` leaves. */
export function namesAction(statement: Statement, action: string): Maybe<boolean> {
  const matches = (pattern: string) => matchesGlob(action.toLowerCase(), pattern.toLowerCase());
  const named = anyOf(elementsOf(statement.actions).map((pattern) => test(pattern, matches)));
  if (statement.notActions === null) return named;
  return anyOf([named, not(anyOf(elementsOf(statement.notActions).map((pattern) => test(pattern, matches))))]);
}

/** Whether the statement allows an action. */
export function grants(statement: Statement, action: string): Maybe<boolean> {
  return allOf([test(statement.effect, (effect) => effect === "Allow"), namesAction(statement, action)]);
}

/** Whether `Action` names every action of every service: `*`, `*:*`, `?*`. */
export function namesEveryAction(statement: Statement): Maybe<boolean> {
  return anyOf(
    elementsOf(statement.actions).map((action) =>
      test(action, (pattern) => matchesAll(pattern.toLowerCase(), ["q:q", "wwwwwww:wwwwwww"])),
    ),
  );
}

/** Whether the statement applies to every resource: `*`, an ARN of wildcards only, or all but some by `NotResource`. */
export function appliesToEveryResource(statement: Statement): Maybe<boolean> {
  if (statement.notResources !== null) return true;
  return anyOf(elementsOf(statement.resources).map(isEveryResource));
}

/** A pattern is for every resource if it is for unlike ones of a partition: `*`, `arn*`, `arn:aws:*:*:*:*`. */
function isEveryResource(resource: Maybe<string>): Maybe<boolean> {
  if (resource instanceof Unknown) return namesAnArn(resource) ? false : resource;
  return ["aws", "aws-cn", "aws-us-gov"].some((partition) =>
    matchesAll(resource, [`arn:${partition}:q:q:q:q`, `arn:${partition}:wwwwwww:wwwwwww:wwwwwww:wwwwwww/w`]),
  );
}

/**
 * Whether an unknown value is the ARN of objects that this plan manages: then it names one object, whatever it will be.
 * An expression that also uses anything else may be anything.
 */
export function namesAnArn(value: Unknown): boolean {
  return (
    value.references.length > 0 &&
    value.references.every(
      ({ end }) =>
        "target" in end &&
        end.target.mode === "managed" &&
        end.target.type.startsWith("aws_") &&
        /(?:^|_)arn$/.test(end.target.attribute),
    )
  );
}

/** Whether a statement of the same document refuses all that this one could allow, without a condition. */
export function isRefusedByDocument(statement: Statement, document: readonly Statement[]): Maybe<boolean> {
  return anyOf(
    document
      .filter((other) => other !== statement && other.effect !== "Allow")
      .map((other) =>
        allOf([
          test(other.effect, (effect) => effect === "Deny"),
          test(other.conditions, (conditions) => conditions.length === 0),
          namesEveryAction(other),
          other.notResources === null ? appliesToEveryResource(other) : false,
        ]),
      ),
  );
}
