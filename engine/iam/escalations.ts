import type { PolicyDocument, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { allOf, anyOf, listIf, map, not, test } from "../three-valued.ts";
import { grantsOnEvery, grantsOnSome } from "./acted-on.ts";
import { groupOf } from "./action-table.ts";
import { coversAction } from "./actions.ts";
import { scopesBy } from "./condition-scopes.ts";
import { refusesResources } from "./document-refusals.ts";
import { receivers } from "./escalation-combinations.ts";
import { mayPassTo } from "./pass-role.ts";
import { isDeny } from "./statements.ts";
import { isWideFor } from "./wide-resources.ts";

/** What one holder is allowed and denied, and why there may be more of either. */
export interface Held {
  readonly statements: readonly Statement[];
  readonly mayAllow: Unknown | null;
  readonly mayDeny: Unknown | null;
  /** What the permissions boundary of the holder allows at most; null where it has none. */
  readonly boundary?: Maybe<PolicyDocument> | null;
}

/** The combinations that the statements of one holder allow together, and that its permissions boundary allows as well. */
export function escalationsOf(held: Held, combinations: readonly string[]): Maybe<string>[] {
  const { boundary = null } = held;
  const isAllowed = combinationsIn(held);
  const isBounded = isWithin(boundary);
  return provenFirst(
    combinations.flatMap((combination) => {
      const found = isAllowed(combination);
      return found === false ? [] : listIf(allOf([found, isBounded(combination)]), combination);
    }),
  );
}

function isWithin(boundary: Maybe<PolicyDocument> | null): (combination: string) => Maybe<boolean> {
  if (boundary === null) return () => true;
  if (boundary instanceof Unknown) return () => boundary;
  const { statements, missing } = boundary;
  return combinationsIn({ statements, mayAllow: missing, mayDeny: missing });
}

/** Whether statements allow a combination together. */
function combinationsIn({ statements, mayAllow, mayDeny }: Held): (combination: string) => Maybe<boolean> {
  const denies = statements.filter(({ effect }) => effect !== "Allow");
  const isLeft = (statement: Statement, action: string) =>
    not(anyOf([...denies.map((deny) => takes(deny, statement, action)), mayDeny ?? false]));
  const held = new Map<string, Maybe<boolean>>();
  const isHeld = (action: string) => {
    const known = held.get(action) ?? anyOf([...statements.map((each) => allows(each, action)), mayAllow ?? false]);
    held.set(action, known);
    return known;
  };
  const allows = (statement: Statement, action: string) => {
    const grants = grantsOnSome(statement, action);
    return grants === false ? false : allOf([grants, isLeft(statement, action)]);
  };
  return (combination) => {
    const [deciding = "", ...others] = combination.split("+");
    // What no statement allows is not looked at further.
    const areHeld = allOf([deciding, ...others].map(isHeld));
    if (areHeld === false) return false;
    const decidedBy = (statement: Statement) =>
      allOf([decides(statement, deciding, others), isLeft(statement, deciding)]);
    const isDecided = allOf([
      anyOf([...statements.map(decidedBy), mayAllow ?? false]),
      ...denies.map((deny) => leavesEvery(deny, deciding)),
    ]);
    return allOf([areHeld, isDecided]);
  };
}

function decides(statement: Statement, action: string, others: readonly string[]): Maybe<boolean> {
  const [service = ""] = others[0]?.split(":") ?? [];
  const receiver = action === "iam:PassRole" && Object.hasOwn(receivers, service) ? receivers[service] : undefined;
  return allOf([
    grantsOnEvery(statement, action),
    isForAll(statement, action),
    receiver === undefined || mayPassTo(statement, receiver),
  ]);
}

/**
 * Whether no condition leaves only some of what an action is for: identities with a boundary or a tag, or policies by their
 * ARN. That is how AWS has administrators delegate, but what is left may be an administrator's policy: unknown. Who may
 * take a boundary off is not bound by it, and tags do not reliably limit which roles are passed.
 * Sources: IAM User Guide, "Permissions boundaries for IAM entities", delegating responsibility to others; "Grant a user
 * permissions to pass a role to an AWS service".
 */
function isForAll({ conditions }: Statement, action: string): Maybe<boolean> {
  if (action === "iam:PassRole") return true;
  const keys = /^iam:Delete\w+PermissionsBoundary$/.test(action) ? tagKey : delegatingKey;
  return map(conditions, (all) => {
    const isLimited = anyOf(all.filter(({ key }) => keys.test(key)).map(scopesBy));
    return isLimited === true ? limited : not(isLimited);
  });
}

const limited = new Unknown("stated", [], "a condition leaves only some identities or policies to it");
const tagKey = /^[a-z-]+:resourcetag\/./i;
const delegatingKey = /^(?:iam:permissionsboundary$|iam:policyarn$|[a-z-]+:resourcetag\/.)/i;

/** Whether a Deny takes all that a statement allows of an action: a Deny wins whatever else allows. */
function takes(deny: Statement, statement: Statement, action: string): Maybe<boolean> {
  const types = groupOf(action)?.resourceTypes ?? [];
  const isForAll = anyOf([
    refusesResources(deny, statement),
    deny.notResources === null && types.length > 0 && allOf(types.map((type) => isWideFor(deny, [type]))),
  ]);
  return allOf([denies(deny, action), isForAll]);
}

/** Whether a Deny leaves an action on every resource: not where it is for all resources but some. */
function leavesEvery(deny: Statement, action: string): Maybe<boolean> {
  const { notResources } = deny;
  if (notResources === null) return true;
  const left = { ...deny, effect: "Allow", resources: notResources, notResources: null };
  return anyOf([not(denies(deny, action)), grantsOnEvery(left, action)]);
}

/** One under a condition denies at times only, and is none here. */
function denies(deny: Statement, action: string): Maybe<boolean> {
  const isAlways = test(deny.conditions, (conditions) => conditions.length === 0);
  return allOf([isDeny(deny), isAlways, coversAction(deny, action)]);
}

/** What is proven stands before what is open. */
function provenFirst(combinations: readonly Maybe<string>[]): Maybe<string>[] {
  const open = combinations.filter((combination) => combination instanceof Unknown);
  return [...combinations.filter((combination) => !(combination instanceof Unknown)), ...open.slice(0, 1)];
}
