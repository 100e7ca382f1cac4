import { covers, patternsMeet } from "../glob.ts";
import { sixParts } from "../model/arn-parts.ts";
import type { PolicyDocument, Statement } from "../model/policy-document.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, map, not, test } from "../three-valued.ts";
import { coversAction, grants } from "./actions.ts";
import { arnPatternsMeet } from "./arns.ts";
import { type IdentityStatements, identityOf, isUnconditional } from "./identity-grants.ts";
import { isArnOf, type ResourceType } from "./resource-types.ts";
import { everyOf } from "./wide-resources.ts";

/**
 * How sure a grant must be. `at-times`: an Allow under a condition is enough, and a policy that the plan does not manage is
 * not taken for one that denies; for permissions that are a danger. `always`: for permissions that something needs.
 */
export type Certainty = "at-times" | "always";

/**
 * Whether an identity may do an action on any resource of a type. A Deny takes an Allow away if it leaves nothing of what
 * that is for.
 */
export function isGrantedOnAny(
  identity: IdentityStatements,
  action: string,
  type: ResourceType,
  certainty: Certainty,
): Maybe<boolean> {
  const { missing, outside, boundary } = identity;
  const about = identity.statements.filter((statement) => coversAction(statement, action) !== false);
  const denies = about.filter(({ effect }) => effect !== "Allow");
  const isLeft = ({ isOfType, pattern }: Area) =>
    allOf([isOfType, not(anyOf(denies.map((deny) => takesAll(deny, action, pattern, type))))]);
  const allows = about.map((allow) =>
    allOf([
      grants(allow, action),
      anyOf(areasOf(allow, type).map(isLeft)),
      certainty === "at-times" || isUnconditional(allow),
    ]),
  );
  const mayDeny = missing ?? (certainty === "always" ? outside : null);
  // What is not told may allow anything that no Deny takes.
  const others = allOf([missing ?? outside ?? false, isLeft({ isOfType: true, pattern: everyArn(type) })]);
  const isWithinBoundary =
    boundary === null || map(boundary, (document) => boundaryAllows(document, action, type, certainty));
  return allOf([anyOf([...allows, others]), not(mayDeny ?? false), isWithinBoundary]);
}

/** What a boundary allows on some resources of the type need not be what the identity is allowed. */
function boundaryAllows(
  document: PolicyDocument,
  action: string,
  type: ResourceType,
  certainty: Certainty,
): Maybe<boolean> {
  if (isGrantedOnAny(identityOf(document), action, type, certainty) === false) return false;
  const about = document.statements.filter((statement) => coversAction(statement, action) !== false);
  const isWhole = allOf([
    document.missing ?? true,
    ...about.map(({ effect }) => test(effect, (found) => found === "Allow")),
    anyOf(
      about.map((allow) =>
        allOf([
          coversAction(allow, action),
          anyOf(elementsOf(allow.resources).map((resource) => takesIn(resource, everyArn(type), type))),
          isUnconditional(allow),
        ]),
      ),
    ),
  ]);
  return isWhole === true ? true : new Unknown("stated", [], "a permissions boundary may deny it");
}

/** Whether a statement allows an action on any resource of a type, under whatever condition. */
export function grantsOnAny(statement: Statement, action: string, type: ResourceType): Maybe<boolean> {
  return isGrantedOnAny(
    { statements: [statement], missing: null, outside: null, boundary: null },
    action,
    type,
    "at-times",
  );
}

/** What one element of `Resource` says of the resources of a type. */
interface Area {
  readonly isOfType: Maybe<boolean>;
  readonly pattern: Maybe<string>;
}

function areasOf({ resources, notResources }: Statement, type: ResourceType): Area[] {
  const every = everyArn(type);
  const named = elementsOf(resources).map((resource) => ({
    isOfType: resource instanceof Unknown ? isArnOf(resource, type) : meets(resource, every, type),
    pattern: resource,
  }));
  if (notResources === null) return named;
  const leavesNone = anyOf(elementsOf(notResources).map((resource) => takesIn(resource, every, type)));
  return [...named, { isOfType: not(leavesNone), pattern: every }];
}

/** The pattern for all ARNs of a type. */
function everyArn({ format }: ResourceType): string {
  return `arn:*:${everyOf(format)}`;
}

/** Whether a statement denies the action on all that a pattern takes in. */
function takesAll(deny: Statement, action: string, pattern: Maybe<string>, type: ResourceType): Maybe<boolean> {
  const { effect, resources, notResources } = deny;
  const takes =
    notResources === null
      ? anyOf(elementsOf(resources).map((resource) => takesIn(resource, pattern, type)))
      : not(anyOf(elementsOf(notResources).map((resource) => meets(resource, pattern, type))));
  return allOf([test(effect, (found) => found === "Deny"), coversAction(deny, action), takes, isUnconditional(deny)]);
}

/** Whether a resource element and a pattern have a resource of the type in common. */
function meets(resource: Maybe<string>, pattern: Maybe<string>, type: ResourceType): Maybe<boolean> {
  if (resource instanceof Unknown) return isArnOf(resource, type) === false ? false : resource;
  const known = pattern instanceof Unknown ? everyArn(type) : pattern;
  const doMeet = [known, everyArn(type)].every((other) => elementsMeet(resource, other));
  return doMeet && pattern instanceof Unknown ? pattern : doMeet;
}

/** An element that ends early goes on over the colons, or with stars. */
function elementsMeet(one: string, other: string): boolean {
  const others = sixParts(other);
  return arnPatternsMeet(one, other) || sixParts(one).every((part, at) => patternsMeet(part, others[at] ?? ""));
}

/** Whether a resource element takes in all resources of the type that a pattern does. */
function takesIn(resource: Maybe<string>, pattern: Maybe<string>, type: ResourceType): Maybe<boolean> {
  if (resource instanceof Unknown) {
    // An object of this plan is one resource, a pattern with wildcards is several.
    const isOne = isArnOf(resource, type);
    const isSeveral = !(pattern instanceof Unknown) && /[*?]/.test(pattern);
    return isOne === false || (isOne === true && isSeveral) ? false : resource;
  }
  if (!(pattern instanceof Unknown)) return takesInText(resource, pattern, type);
  return takesInText(resource, everyArn(type), type) === true || meets(resource, pattern, type);
}

/**
 * Part by part; an identity is in one partition. An account that is named may be the only one in which the identity may do
 * anything, as others must allow it in policies of their resources.
 */
function takesInText(wide: string, narrow: string, type: ResourceType): Maybe<boolean> {
  const [wides, narrows, every] = [sixParts(wide), sixParts(narrow), sixParts(everyArn(type))];
  const takesInPart = (at: number) =>
    covers(wides[at] ?? "", narrows[at] ?? "") || covers(wides[at] ?? "", every[at] ?? "");
  if (![0, 2, 3, 5].every(takesInPart)) return false;
  if (takesInPart(4)) return true;
  return patternsMeet(wides[4] ?? "", narrows[4] ?? "")
    ? new Unknown("stated", [], "whether a Deny names the account of the role")
    : false;
}
