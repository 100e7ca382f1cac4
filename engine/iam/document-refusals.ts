import { covers } from "../glob.ts";
import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, test } from "../three-valued.ts";
import { appliesToEveryResource, namesEveryAction } from "./actions.ts";
import { isDeny } from "./statements.ts";

/** Whether a statement of the same document refuses all that this one could allow, without a condition. */
export function isRefusedByDocument(statement: Statement, document: readonly Statement[]): Maybe<boolean> {
  return anyOf(
    document
      .filter((other) => other !== statement && other.effect !== "Allow")
      .map((other) =>
        allOf([
          isDeny(other),
          test(other.conditions, (conditions) => conditions.length === 0),
          refusesActions(other, statement),
          refusesResources(other, statement),
        ]),
      ),
  );
}

function refusesActions(deny: Statement, { actions, notActions }: Statement): Maybe<boolean> {
  return anyOf([
    namesEveryAction(deny),
    notActions === null && includesAll(elementsOf(deny.actions), elementsOf(actions), (text) => text.toLowerCase()),
  ]);
}

function refusesResources(deny: Statement, { resources, notResources }: Statement): Maybe<boolean> {
  if (deny.notResources !== null) return false;
  return anyOf([
    appliesToEveryResource(deny),
    notResources === null && includesAll(elementsOf(deny.resources), elementsOf(resources), (text) => text),
  ]);
}

function includesAll(
  outer: readonly Maybe<string>[],
  inner: readonly Maybe<string>[],
  clean: (text: string) => string,
): Maybe<boolean> {
  if (inner.length === 0) return false;
  return allOf(
    inner.map((each) =>
      anyOf(
        outer.map((wide) => {
          if (wide instanceof Unknown) return wide;
          return test(each, (narrow) => covers(clean(wide), clean(narrow)));
        }),
      ),
    ),
  );
}
