import { covers } from "../glob.ts";
import type { Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, test } from "../three-valued.ts";
import { appliesToEveryResource, namesEveryAction } from "./actions.ts";
import { isDeny } from "./statements.ts";

/** With more statements and patterns to compare than these AWS takes no document: what is behind them stays open. */
export const mostCompared = 100;

const tooMany = new Unknown("stated", [], `the document has more than ${mostCompared} patterns that may deny it`);

/** Whether a statement of the same document refuses all that this one could allow, without a condition. */
export function isDeniedByDocument(statement: Statement, document: readonly Statement[]): Maybe<boolean> {
  const candidates = refusalsOf(document)
    .thatMayRefuse(statement)
    .filter((other) => other !== statement);
  return anyOf([
    ...candidates
      .slice(0, mostCompared)
      .map((other) =>
        allOf([
          isDeny(other),
          test(other.conditions, (conditions) => conditions.length === 0),
          refusesActions(other, statement),
          refusesResources(other, statement),
        ]),
      ),
    candidates.length > mostCompared ? tooMany : false,
  ]);
}

/** The statements of a document that may refuse others, found by an action that both name. */
interface Refusals {
  readonly thatMayRefuse: (statement: Statement) => readonly Statement[];
}

/** Each document is asked once for each of its statements. */
const known = new WeakMap<readonly Statement[], Refusals>();

function refusalsOf(document: readonly Statement[]): Refusals {
  const found = known.get(document) ?? indexRefusals(document.filter(mayRefuse));
  known.set(document, found);
  return found;
}

function mayRefuse({ effect, conditions }: Statement): boolean {
  return (effect instanceof Unknown || effect === "Deny") && (conditions instanceof Unknown || conditions.length === 0);
}

function indexRefusals(refusals: readonly Statement[]): Refusals {
  const byAction = new Map<string, Statement[]>();
  /** Those whose actions are not all written out. */
  const others: Statement[] = [];
  for (const refusal of refusals) {
    const actions = elementsOf(refusal.actions);
    if (actions.every(isLiteral))
      for (const action of actions) {
        const same = byAction.get(action.toLowerCase());
        if (same === undefined) byAction.set(action.toLowerCase(), [refusal]);
        else same.push(refusal);
      }
    else others.push(refusal);
  }
  return {
    thatMayRefuse({ actions }) {
      const action = elementsOf(actions).find((each) => !(each instanceof Unknown));
      if (typeof action !== "string") return firstOf(refusals);
      const same = byAction.get(action.toLowerCase()) ?? [];
      return [...firstOf(others), ...firstOf(same)].sort((one, other) => one.index - other.index);
    },
  };
}

/** As many as tell that there are too many, one of which may be the statement itself. */
function firstOf(refusals: readonly Statement[]): readonly Statement[] {
  return refusals.slice(0, mostCompared + 2);
}

/** A text without wildcards includes itself alone. */
function isLiteral(pattern: Maybe<string>): pattern is string {
  return !(pattern instanceof Unknown) && !/[*?]/.test(pattern);
}

function refusesActions(deny: Statement, { actions, notActions }: Statement): Maybe<boolean> {
  return anyOf([
    namesEveryAction(deny),
    notActions === null && includesAll(elementsOf(deny.actions), elementsOf(actions), (text) => text.toLowerCase()),
  ]);
}

/** Whether a Deny is for all resources that another statement is for. */
export function refusesResources(deny: Statement, { resources, notResources }: Statement): Maybe<boolean> {
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
  const literals = new Set(outer.filter(isLiteral).map(clean));
  const patterns = outer.filter((wide) => !isLiteral(wide));
  const compared = patterns.slice(0, mostCompared);
  return allOf(
    inner.map((each) => {
      if (!(each instanceof Unknown) && literals.has(clean(each))) return true;
      if (each instanceof Unknown && literals.size > 0) return each;
      return anyOf([
        ...compared.map((wide) => {
          if (wide instanceof Unknown) return wide;
          return test(each, (narrow) => covers(clean(wide), clean(narrow)));
        }),
        patterns.length > mostCompared ? tooMany : false,
      ]);
    }),
  );
}
