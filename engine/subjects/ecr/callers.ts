import { namesAnArn } from "../../iam/actions.ts";
import { namesAnyone, principalsOf } from "../../iam/principals.ts";
import { isRestrictedBy, restrictingValues } from "../../iam/restrictions.ts";
import type { Modelled } from "../../model/model.ts";
import type { Principal, Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, listIf, not } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { accountInArn, isOwnAccount } from "../iam/accounts.ts";
import { roleSets } from "../iam/role-sets.ts";

/** Somebody whom a statement names, or lets in by a condition. */
export interface Caller {
  readonly type: Principal["type"];
  /** As written; the address of the role where it is one of this plan. */
  readonly text: Maybe<string>;
  /** The role of this plan that is meant; several where it is one of them, or where a list of them is known at apply. */
  readonly roles: readonly Modelled<"aws_iam_role">[];
}

/**
 * The callers of an Allow. Everyone, narrowed by a condition on `aws:PrincipalArn`, is whom the condition names. An AWS
 * principal that is everyone has the text `*`.
 */
export function callersOf(statement: Statement, from: PlanResource, context: JoinContext): Maybe<readonly Caller[]> {
  const anyone = namesAnyone(statement);
  if (anyone instanceof Unknown) return anyone;
  if (anyone) {
    const narrowed = isRestrictedBy(statement, ["principal"]);
    if (narrowed instanceof Unknown) return narrowed;
    if (!narrowed) return [{ type: "*", text: "*", roles: [] }];
    const values = restrictingValues(statement, "principal");
    return values instanceof Unknown ? values : values.map((value) => caller("AWS", value, from, context));
  }
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return principals;
  return principals.map(({ type, value }) => caller(type, value, from, context));
}

export function caller(
  type: Principal["type"],
  value: Maybe<string>,
  from: PlanResource,
  context: JoinContext,
): Caller {
  if (type !== "AWS") return { type, text: value, roles: [] };
  const found = context.joins.named("aws_iam_role", isRoleName(value) ? value : null, from);
  if (found.kind === "one") {
    // A role of the same name in another account is another role.
    const account = value instanceof Unknown ? null : accountInArn(value);
    const isOwn = account === null || isOwnAccount(account, from, context);
    if (isOwn === true) return { type, text: found.match.resource.address, roles: [found.match] };
    return { type, text: isOwn instanceof Unknown ? isOwn : value, roles: [] };
  }
  // A reference to anything but a role names something else besides.
  const isOfRoles =
    value instanceof Unknown &&
    value.references.every(({ end }) => "target" in end && end.target.type === "aws_iam_role");
  return { type, text: value, roles: found.kind === "several" && isOfRoles ? found.matches : [] };
}

/** Only the ARN of a role says which one is meant; of an unknown value its references do. */
function isRoleName(value: Maybe<string>): boolean {
  return value instanceof Unknown ? namesAnArn(value) : /^arn:[a-z-]+:iam::\d{12}:role\//.test(value);
}

/** Those who are no build role: whom a pipeline does not need. */
export function outsideBuild(callers: readonly Caller[], context: JoinContext): Maybe<string>[] {
  return outsideRoles(callers, roleSets(context).isBuildRole);
}

/** Those who are none of the expected roles; of several that may be meant all must be. */
export function outsideRoles(
  callers: readonly Caller[],
  isExpected: (role: Modelled<"aws_iam_role">) => Maybe<boolean>,
): Maybe<string>[] {
  return callers.flatMap(({ roles, text }): Maybe<string>[] => {
    if (roles.length === 0) return [text];
    const expected = allOf(roles.map(isExpected));
    if (expected === true) return [];
    if (expected instanceof Unknown) return [expected];
    const isNone = roles.every((role) => isExpected(role) === false);
    return isNone && text instanceof Unknown ? roles.map(({ resource }) => resource.address) : [text];
  });
}

/** Those outside of the own accounts, services left out. */
export function outsideAccounts(callers: readonly Caller[], from: PlanResource, context: JoinContext): Maybe<string>[] {
  return callers.flatMap(({ type, roles, text }): Maybe<string>[] => {
    if (roles.length > 0 || type === "Service") return [];
    if (text instanceof Unknown) return type === "AWS" && namesAnArn(text) ? [] : [text];
    const account = type === "AWS" ? accountInArn(text) : null;
    if (account === null) return [text];
    return listIf(not(isOwnAccount(account, from, context)), text);
  });
}

export function servicesOf(callers: readonly Caller[]): Maybe<string>[] {
  return callers.filter(({ type }) => type === "Service").map(({ text }) => text);
}
