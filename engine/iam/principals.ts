import type { Principal, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf } from "../three-valued.ts";
import { namesAnArn } from "./actions.ts";

/** The principals of a statement; empty where it has none. */
export function principalsOf(statement: Statement): Maybe<readonly Principal[]> {
  return statement.principals ?? [];
}

/**
 * Whether the statement names everyone: `*`, `{"AWS": "*"}`, an ARN with a wildcard for its account (AWS refuses it, and
 * it means what it looks like), or all but some by `NotPrincipal`.
 */
export function namesAnyone(statement: Statement): Maybe<boolean> {
  if (statement.notPrincipals !== null) return true;
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return principals;
  return anyOf(principals.map(isAnyone));
}

function isAnyone({ type, value }: Principal): Maybe<boolean> {
  if (type !== "*" && type !== "AWS" && type !== "other") return false;
  if (value instanceof Unknown) return namesAnArn(value) ? false : value;
  if (/^[*?]*\*[*?]*$/.test(value)) return true;
  const account = value.split(":")[4];
  return account !== undefined && /[*?]/.test(account);
}

/**
 * The accounts that a statement trusts as a whole: a bare account id, or the account's root. Elements that the plan does
 * not tell stay unknown.
 */
export function wholeAccounts(statement: Statement): Maybe<readonly Maybe<string>[]> {
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return principals;
  return principals.flatMap(({ type, value }): Maybe<string>[] => {
    if (type !== "AWS") return [];
    if (value instanceof Unknown) return namesAnArn(value) ? [] : [value];
    const account = /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
    return account === undefined ? [] : [account];
  });
}

/**
 * The accounts of all AWS principals of a statement, whole or by an identity in them. Elements that the plan does not tell
 * stay unknown, but for the ARNs of objects that it manages. Ids of deleted identities (`AROA…`) name no account.
 */
export function principalAccounts(statement: Statement): Maybe<readonly Maybe<string>[]> {
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return principals;
  return principals.flatMap(({ type, value }): Maybe<string>[] => {
    if (type !== "AWS") return [];
    if (value instanceof Unknown) return namesAnArn(value) ? [] : [value];
    const account = /^(?:arn:[a-z-]+:[a-z]+::)?(\d{12})(?::.*)?$/.exec(value)?.[1];
    return account === undefined ? [] : [account];
  });
}

/** The federated identity providers that a statement trusts. */
export function federatedProviders(statement: Statement): Maybe<readonly Maybe<string>[]> {
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return principals;
  return principals.filter(({ type }) => type === "Federated").map(({ value }) => value);
}
