import { appliesToEveryResource, namesEveryAction } from "../../iam/actions.ts";
import { scopingKeys } from "../../iam/condition-scopes.ts";
import { isDeniedByDocument } from "../../iam/document-refusals.ts";
import { grantedActions } from "../../iam/granted-actions.ts";
import { isResourceWide } from "../../iam/wide-resources.ts";
import type { PolicyDocument, Statement } from "../../model/policy-document.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact } from "../subject.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { type HeldStatement, heldBy } from "./held-statement.ts";
import { haveBoundary, labelOf } from "./holders.ts";
import { actionFacts, passRoleFacts, sessionFacts } from "./permission-facts.ts";

/** Conditions that many administrators carry: they say how a caller signed in, not what it may do. */
const callerKeys = /^aws:(?:multifactorauth(?:present|age)|principaltag\/.*)$/;

export function statementFacts(held: HeldStatement, context: JoinContext) {
  const { statement, document, holders, sensitive, places } = held;
  const granted = grantedActions(statement);
  const { resources } = places;
  const holder = { note: heldBy(held) };
  return {
    effect: derivedFact(statement.effect, places.effect),
    namesEveryAction: derivedFact(namesEveryAction(statement), { ...places.at("Action"), ...holder }),
    appliesToEveryResource: derivedFact(appliesToEveryResource(statement), resources),
    isResourceWide: derivedFact(isResourceWide(statement), resources),
    usesNotAction: derivedFact(isWritten(statement.notActions, statement), { ...places.at("NotAction"), ...holder }),
    usesNotResource: derivedFact(isWritten(statement.notResources, statement), {
      ...places.at("NotResource"),
      ...holder,
    }),
    hasLiteralVariables: derivedFact(hasLiteralVariables(statement, document), resources),
    hasCondition: derivedFact(
      test(statement.conditions, (list) => list.length > 0),
      places.conditions,
    ),
    hasOnlyCallerConditions: derivedFact(
      test(
        statement.conditions,
        (list) => list.length > 0 && list.every(({ key }) => callerKeys.test(key.toLowerCase())),
      ),
      places.conditions,
    ),
    scopingKeys: derivedFact(scopingKeys(statement), places.conditions),
    isDeniedByDocument: derivedFact(isRefused(held), { path: statement.path, sensitive }),
    holders: derivedFact(holders.map(labelOf)),
    holdersHaveBoundary: derivedFact(haveBoundary(holders)),
    ...actionFacts(held, granted),
    ...passRoleFacts(held),
    ...sessionFacts(held),
    ...clusterFacts(held, granted, context),
  };
}

/** A list that the plan does not tell may turn out not to be there; of a statement that cannot be read, nothing is told. */
function isWritten(list: Statement["actions"], { effect, actions }: Statement): Maybe<boolean> {
  if (effect instanceof Unknown && effect === actions) return effect;
  return test(list, (written) => written !== null);
}

/** A part of the document that is not told may hold the Deny. */
export function isRefused({ statement, document: { statements, missing } }: HeldStatement): Maybe<boolean> {
  return anyOf([isDeniedByDocument(statement, statements), missing ?? false]);
}

/**
 * Whether a resource has a policy variable in a document of a version without them: then `${…}` stands for itself.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
function hasLiteralVariables({ resources }: Statement, { version }: PolicyDocument): Maybe<boolean> {
  const list = resources instanceof Unknown || resources === null ? [] : resources;
  const hasVariables = list.some((resource) => !(resource instanceof Unknown) && resource.includes("${"));
  return allOf([hasVariables, not(version === null ? false : test(version, (known) => known === "2012-10-17"))]);
}
