import type { Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, map } from "../three-valued.ts";
import { grants } from "./actions.ts";
import { scopesBy } from "./condition-scopes.ts";
import { isArnOf, roleType } from "./resource-types.ts";
import { isPositive } from "./restrictions.ts";
import { anyResource, coversTypeOfAccount, mayConcern } from "./wide-resources.ts";

/** Whether the statement is for every role of an account: `*`, `arn:aws:iam::111122223333:role/*`. */
export function namesEveryRole(statement: Statement): Maybe<boolean> {
  return anyResource(statement, (pattern) => coversTypeOfAccount(pattern, roleType.format));
}

/** Whether the statement lets somebody pass a role: on ARNs of other objects it lets nobody. */
export function grantsPassRole(statement: Statement): Maybe<boolean> {
  return allOf([
    grants(statement, "iam:PassRole"),
    mayConcern(statement, [roleType.format], (arn) => isArnOf(arn, roleType)),
  ]);
}

function passedToConditions(statement: Statement) {
  if (statement.conditions instanceof Unknown) return statement.conditions;
  return statement.conditions.filter(({ key, operator }) => /^iam:passedtoservice$/i.test(key) && isPositive(operator));
}

/** Whether a condition leaves only some services that a role may be passed to. */
export function limitsPassedToService(statement: Statement): Maybe<boolean> {
  const conditions = passedToConditions(statement);
  return map(conditions, (list) => anyOf(list.map(scopesBy)));
}

/** The services that a role may be passed to; empty where no condition says. Several conditions narrow each other. */
export function passedToServices(statement: Statement): Maybe<readonly Maybe<string>[]> {
  const conditions = passedToConditions(statement);
  if (conditions instanceof Unknown) return conditions;
  const [only, ...others] = conditions;
  if (only === undefined) return [];
  return others.length === 0 ? only.values : new Unknown("no-join", [], "what several conditions leave together");
}
