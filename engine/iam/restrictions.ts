import type { Condition, Statement } from "../model/policy-document.ts";
import { parseRange } from "../network/address-ranges.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, not, test } from "../three-valued.ts";
import { namesAnArn } from "./actions.ts";

/** What a condition key says of the caller. `network` keys tell where a call comes from, not whose it is. */
export type RestrictionKind = "principal" | "account" | "organization" | "source" | "network";

const kinds: Readonly<Record<string, RestrictionKind>> = {
  "aws:principalarn": "principal",
  "aws:principalaccount": "account",
  "aws:principalorgid": "organization",
  "aws:principalorgpaths": "organization",
  "aws:sourcearn": "source",
  "aws:sourceaccount": "source",
  "aws:sourceorgid": "source",
  "aws:sourcevpce": "network",
  "aws:sourcevpc": "network",
  "aws:sourceip": "network",
};

const positiveOperators = new Set([
  "stringequals",
  "stringequalsignorecase",
  "stringlike",
  "arnequals",
  "arnlike",
  "ipaddress",
]);

/**
 * A condition of an Allow that narrows who may call. All operators and keys of one statement must hold, so one that
 * restricts is enough.
 */
interface Restriction {
  readonly kind: RestrictionKind;
  readonly values: Maybe<readonly Maybe<string>[]>;
  readonly restricts: Maybe<boolean>;
}

/** Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "AWS global condition context keys". */
function restrictionsOf(statement: Statement): Maybe<readonly Restriction[]> {
  if (statement.conditions instanceof Unknown) return statement.conditions;
  return statement.conditions.flatMap((condition) => {
    const kind = Object.hasOwn(kinds, condition.key.toLowerCase()) ? kinds[condition.key.toLowerCase()] : undefined;
    if (kind === undefined || !isPositive(condition.operator)) return [];
    return [{ kind, values: condition.values, restricts: narrows(condition) }];
  });
}

/** A missing key makes `…IfExists` and `ForAllValues:` true, so neither restricts a caller that lacks it. */
export function isPositive(operator: string): boolean {
  return positiveOperators.has(operator.toLowerCase().replace(/^foranyvalue:/, ""));
}

/** The values are alternatives: one that anybody meets opens the whole. */
function narrows({ key, values }: Condition): Maybe<boolean> {
  if (values instanceof Unknown) return values;
  if (values.length === 0) return false;
  const open = anyOf(
    values.map((value) => (value instanceof Unknown ? isOpenUnknown(value) : isOpenValue(key.toLowerCase(), value))),
  );
  return not(open);
}

/** The ARN of an object that this plan manages names that object, whatever it will be. */
function isOpenUnknown(value: Unknown): Maybe<boolean> {
  return namesAnArn(value) ? false : value;
}

function isOpenValue(key: string, value: string): boolean {
  switch (key) {
    case "aws:principalarn":
    case "aws:sourcearn":
      return isOpenArn(value);
    case "aws:sourceip":
      return isWideNetwork(value);
    case "aws:principalorgpaths":
      return /[*?]/.test(value.split("/")[0] ?? "");
    default:
      return /[*?]/.test(value);
  }
}

/** Whoever owns an account can name a role in it as the pattern wants: only the account, or a global name, restricts. */
function isOpenArn(arn: string): boolean {
  const [, , , , account = "*", ...resource] = arn.split(":");
  if (account !== "") return /[*?]/.test(account);
  return /^[*?]/.test(resource.join(":"));
}

/** What networks of many owners share: wider than a /8, or than the /32 of IPv6 that a provider gets. */
function isWideNetwork(text: string): boolean {
  if (/[*?]/.test(text)) return true;
  const range = parseRange(text);
  return range !== null && range.prefix < (range.version === 6 ? 32 : 8);
}

/** Whether any condition of one of these kinds restricts. */
export function isRestrictedBy(statement: Statement, wanted: readonly RestrictionKind[]): Maybe<boolean> {
  const restrictions = restrictionsOf(statement);
  if (restrictions instanceof Unknown) return restrictions;
  return anyOf(restrictions.filter(({ kind }) => wanted.includes(kind)).map(({ restricts }) => restricts));
}

/** The values of restricting conditions of one kind, `aws:PrincipalOrgID`'s for instance. */
export function restrictingValues(statement: Statement, wanted: RestrictionKind): Maybe<readonly Maybe<string>[]> {
  const restrictions = restrictionsOf(statement);
  if (restrictions instanceof Unknown) return restrictions;
  return restrictions
    .filter(({ kind, restricts }) => kind === wanted && restricts !== false)
    .flatMap(({ values }) => elementsOf(values));
}

/** Whether the statement has a condition on one of these keys with a positive operator and values without wildcards only. */
export function requiresExactly(statement: Statement, hasKey: (key: string) => boolean): Maybe<boolean> {
  const values = valuesRequired(statement, hasKey);
  if (values instanceof Unknown) return values;
  if (values.length === 0) return false;
  return anyOf(values.map((list) => listIsExact(list)));
}

function listIsExact(list: Maybe<readonly Maybe<string>[]>): Maybe<boolean> {
  if (list instanceof Unknown) return list;
  if (list.length === 0) return false;
  return not(anyOf(list.map((value) => test(value, (text) => /[*?]/.test(text)))));
}

/** The value lists of all conditions with a positive operator on keys that the test accepts (given in lower case). */
export function valuesRequired(
  statement: Statement,
  hasKey: (key: string) => boolean,
): Maybe<readonly Maybe<readonly Maybe<string>[]>[]> {
  if (statement.conditions instanceof Unknown) return statement.conditions;
  return statement.conditions
    .filter(({ key, operator }) => hasKey(key.toLowerCase()) && isPositive(operator))
    .map(({ values }) => values);
}
