import { matchesGlob } from "../glob.ts";
import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, map, test } from "../three-valued.ts";
import { grants } from "./actions.ts";
import { scopesBy } from "./condition-scopes.ts";
import { narrowed } from "./narrowing.ts";
import { isArnOf, roleType } from "./resource-types.ts";
import { isPositive } from "./restrictions.ts";
import { anyResource, coversType, mayConcern } from "./wide-resources.ts";

/** Whether the statement is for every role of an account: `*`, `arn:aws:iam::111122223333:role/*`. */
export function namesEveryRole(statement: Statement): Maybe<boolean> {
  return anyResource(statement, (pattern) => coversType(pattern, roleType.format));
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
  return map(passedToConditions(statement), (conditions) => {
    const [first, ...others] = conditions.map(({ operator, values }) =>
      elementsOf(values).map((value) => map(value, (text) => asService(text, operator))),
    );
    return first === undefined ? [] : others.reduce(narrowed, first);
  });
}

/** Services are written in small letters; an operator that ignores the case takes others for them. */
function asService(text: string, operator: string): string {
  return /ignorecase$/i.test(operator) ? text.toLowerCase() : text;
}

/** Whether a role may be passed to a service, as far as conditions go. */
export function mayPassTo(statement: Statement, service: string): Maybe<boolean> {
  return map(passedToConditions(statement), (conditions) =>
    allOf(
      conditions.map(({ operator, values }) => {
        const matches = /like$/i.test(operator) ? matchesGlob : (text: string, value: string) => text === value;
        return anyOf(
          elementsOf(values).map((value) => test(value, (text) => matches(service, asService(text, operator)))),
        );
      }),
    ),
  );
}
