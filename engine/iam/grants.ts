import { matchesGlob } from "../glob.ts";
import type { Statement } from "../model/policy-document.ts";
import type { Maybe } from "../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../three-valued.ts";
import { elementsOf } from "./actions.ts";

/** Whether an action pattern matches an action: `*` any run, `?` one character, without regard to case. */
export function matchesAction(action: string, pattern: string): boolean {
  return matchesGlob(action.toLowerCase(), pattern.toLowerCase());
}

/** Whether the statement allows the action, by `Action` or because `NotAction` leaves it. */
export function grants(statement: Statement, action: string): Maybe<boolean> {
  const matches = (pattern: Maybe<string>) => test(pattern, (known) => matchesAction(action, known));
  const named = anyOf(elementsOf(statement.actions).map(matches));
  const left = statement.notActions === null ? false : not(anyOf(elementsOf(statement.notActions).map(matches)));
  return allOf([test(statement.effect, (effect) => effect === "Allow"), anyOf([named, left])]);
}
