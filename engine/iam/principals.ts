import type { Principal, Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, test } from "../three-valued.ts";
import { namesAnArn } from "./actions.ts";

/** The principals of a statement; empty where it has none. */
export function principalsOf(statement: Statement): Maybe<readonly Principal[]> {
  return statement.principals ?? [];
}

/**
 * Whether the statement names everyone: `*`, `{"AWS": "*"}`, an ARN with a wildcard for its account (AWS refuses it, and
 * it means what it looks like), or all but some by `NotPrincipal`. A `NotPrincipal` that the plan does not tell may turn
 * out not to be there.
 */
export function namesAnyone(statement: Statement): Maybe<boolean> {
  if (statement.notPrincipals instanceof Unknown) return statement.notPrincipals;
  if (statement.notPrincipals !== null) return true;
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return principals;
  return anyOf(principals.map(isAnyone));
}

/** Whether a principal is everyone. */
export function isAnyone({ type, value }: Principal): Maybe<boolean> {
  if (type !== "*" && type !== "AWS" && type !== "other") return false;
  if (value instanceof Unknown) return namesAnArn(value) ? false : value;
  if (isEveryone(value)) return true;
  const account = value.split(":")[4];
  return account !== undefined && /[*?]/.test(account);
}

/** Whether a statement applies to everybody for certain, as a Deny must: an ARN with a wildcard is not everybody. */
export function namesEveryone({ principals }: Statement): Maybe<boolean> {
  if (principals === null || principals instanceof Unknown) return principals ?? false;
  return anyOf(
    principals.map(({ type, value }) => {
      if (type !== "*" && type !== "AWS") return false;
      return value instanceof Unknown ? value : isEveryone(value);
    }),
  );
}

function isEveryone(value: string): boolean {
  return /^[*?]*\*[*?]*$/.test(value);
}

/** The account that a principal names as a whole, by its id or its root; null where it names none. */
export function wholeAccount(principal: string): string | null {
  return /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1] ?? null;
}

/** The federated identity providers that a statement trusts. */
export function federatedProviders(statement: Statement): Maybe<readonly Maybe<string>[]> {
  const principals = principalsOf(statement);
  if (principals instanceof Unknown) return principals;
  return principals.filter(({ type }) => type === "Federated").map(({ value }) => value);
}

/** The names of services: `events.amazonaws.com`, `alexa-appkit.amazon.com`. */
const service = /^[a-z0-9][a-z0-9.-]*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)$/;

/** Whether an argument that takes any principal names a service. */
export function isServiceName(principal: Maybe<string | null>): Maybe<boolean> {
  if (principal instanceof Unknown && namesAnArn(principal)) return false;
  return test(principal, (name) => name !== null && service.test(name));
}

/** The principal that such an argument names. */
export function principalNamed(value: Maybe<string | null>): Principal {
  if (value instanceof Unknown || value === null) return { type: "AWS", value: value ?? "" };
  if (service.test(value)) return { type: "Service", value };
  return { type: value === "*" ? "*" : "AWS", value };
}
