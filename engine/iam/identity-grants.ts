import type { PolicyDocument, Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, map, not, test } from "../three-valued.ts";
import { coversAction } from "./actions.ts";

/** The statements that speak for an identity, and why there may be more. */
export interface IdentityStatements {
  readonly statements: readonly Statement[];
  /** Why some statements could not be read. */
  readonly missing: Unknown | null;
  /** What attached policies that the plan does not manage say. */
  readonly outside: Unknown | null;
  /** The permissions boundary, which must allow as well what these allow; null where there is none. */
  readonly boundary: Maybe<PolicyDocument> | null;
}

/** Whether an element of `Resource` names the resource that is meant. */
export type ResourceTest = (resource: Maybe<string>) => Maybe<boolean>;

/**
 * Whether an identity may do an action on a resource, by its identity policies alone. A statement with a condition
 * allows or refuses at times, which is neither; one that cannot be read may refuse as well as allow.
 */
export function isGranted(
  { statements, missing, outside, boundary }: IdentityStatements,
  action: string,
  isResource: ResourceTest,
): Maybe<boolean> {
  const withEffect = (effect: string) =>
    anyOf(
      statements.map((statement) =>
        allOf([
          test(statement.effect, (found) => found === effect),
          coversAction(statement, action),
          namesResource(statement, isResource),
          isUnconditional(statement),
        ]),
      ),
    );
  const hidden = missing ?? outside ?? false;
  return allOf([
    anyOf([withEffect("Allow"), hidden]),
    not(anyOf([withEffect("Deny"), hidden])),
    boundary === null || map(boundary, (document) => isGranted(identityOf(document), action, isResource)),
  ]);
}

/** A document as if it were all that speaks for an identity. */
export function identityOf({ statements, missing }: PolicyDocument): IdentityStatements {
  return { statements, missing, outside: null, boundary: null };
}

export function isUnconditional({ conditions }: Statement): Maybe<boolean> {
  if (conditions instanceof Unknown) return conditions;
  return conditions.length === 0 ? true : new Unknown("stated", [], "a statement for it holds only under a condition");
}

function namesResource({ resources, notResources }: Statement, isResource: ResourceTest): Maybe<boolean> {
  return notResources === null
    ? anyOf(elementsOf(resources).map(isResource))
    : not(anyOf(elementsOf(notResources).map(isResource)));
}
