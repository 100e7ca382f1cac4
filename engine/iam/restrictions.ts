import { partsOfArn } from "../model/arn-parts.ts";
import type { Condition, Statement } from "../model/policy-document.ts";
import { parseRange } from "../network/address-ranges.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, not, test } from "../three-valued.ts";
import { namesAnArn } from "./actions.ts";
import { narrowed } from "./narrowing.ts";

/** What a condition key says of the caller. `network` keys tell where a call comes from, not whose it is. */
export type RestrictionKind =
  | "principal"
  | "account"
  | "organization"
  | "source"
  | "source-account"
  | "source-organization"
  | "encryption-context"
  | "network";

/** What a service of AWS calls for. */
export const sourceKinds = ["source", "source-account", "source-organization"] as const;

/** Source: IAM User Guide, "AWS global condition context keys". */
const kinds: Readonly<Record<string, RestrictionKind>> = {
  "aws:principalarn": "principal",
  "aws:principalaccount": "account",
  // Only requests to KMS have it. Source: AWS KMS Developer Guide, "AWS KMS condition keys".
  "kms:calleraccount": "account",
  "aws:principalorgid": "organization",
  "aws:principalorgpaths": "organization",
  "aws:sourcearn": "source",
  "aws:sourceaccount": "source-account",
  "aws:sourceorgid": "source-organization",
  "aws:sourceorgpaths": "source-organization",
  "aws:sourcevpce": "network",
  "aws:sourcevpc": "network",
  "aws:sourcevpcarn": "network",
  "aws:sourceip": "network",
  "aws:vpcsourceip": "network",
  "aws:vpceaccount": "network",
  "aws:vpceorgid": "network",
  "aws:vpceorgpaths": "network",
};

/**
 * What a service of AWS says of the data that it encrypts: the ARN of a log group, a trail, a secret. A caller of his own says
 * there what he likes. Source: AWS KMS Developer Guide, "kms:EncryptionContext:context-key".
 */
const encryptionContext = "kms:encryptioncontext:";

const positiveOperators = new Set([
  "stringequals",
  "stringequalsignorecase",
  "stringlike",
  "arnequals",
  "arnlike",
  "ipaddress",
]);

/** Policy variables that stand for the account and the organization of the resource whose policy it is. */
export const ownAccount = "${aws:ResourceAccount}";
export const ownOrganization = "${aws:ResourceOrgID}";

/** What conditions of one kind leave of all callers. */
export interface Restriction {
  /** Alternatives: ARNs and accounts, some of them as patterns, organizations by their ids. */
  readonly values: readonly Maybe<string>[];
  /** Unknown where one of them may be met by everybody. */
  readonly restricts: Maybe<boolean>;
}

/**
 * The restriction by conditions of one kind; null where none restricts. All conditions of a statement must hold, and of
 * the values of one condition any.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
export function restrictionOf({ conditions }: Statement, wanted: RestrictionKind): Restriction | null {
  if (conditions instanceof Unknown) return { values: [conditions], restricts: conditions };
  const found = conditions.flatMap((condition): Restriction[] => {
    if (kindOf(condition) !== wanted || !needsKey(condition, conditions)) return [];
    const values = elementsOf(condition.values).map((value) =>
      value instanceof Unknown ? value : plain(value, wanted),
    );
    const open = anyOf(values.map((value) => isOpen(value, wanted)));
    return open === true || values.length === 0 ? [] : [{ values, restricts: not(open) }];
  });
  const [first, ...others] = found;
  if (first === undefined) return null;
  return {
    values: others.reduce((left, { values }) => narrowed(left, values), first.values),
    restricts: anyOf(found.map(({ restricts }) => restricts)),
  };
}

/** Whether conditions of one of these kinds restrict who may call. */
export function isRestrictedBy(statement: Statement, wanted: readonly RestrictionKind[]): Maybe<boolean> {
  return anyOf(wanted.map((kind) => restrictionOf(statement, kind)?.restricts ?? false));
}

function kindOf({ key }: Condition): RestrictionKind | null {
  const name = key.toLowerCase();
  if (name.startsWith(encryptionContext)) return "encryption-context";
  return Object.hasOwn(kinds, name) ? (kinds[name] ?? null) : null;
}

/**
 * Whether a condition holds only for requests that have its key. `…IfExists` and `ForAllValues:` are true where the key
 * is missing, unless `Null` requires it beside them.
 */
function needsKey({ operator, key }: Condition, all: readonly Condition[]): boolean {
  if (isPositive(operator)) return true;
  const name = operator
    .toLowerCase()
    .replace(/^forallvalues:/, "")
    .replace(/ifexists$/, "");
  return isPositive(name) && all.some((other) => other.key.toLowerCase() === key.toLowerCase() && requiresKey(other));
}

function requiresKey({ operator, values }: Condition): boolean {
  return operator.toLowerCase() === "null" && Array.isArray(values) && values.length > 0 && values.every(isFalse);
}

function isFalse(value: unknown): boolean {
  return typeof value === "string" && value.toLowerCase() === "false";
}

/** A missing key makes `…IfExists` and `ForAllValues:` true, so neither restricts a caller that lacks it. */
export function isPositive(operator: string): boolean {
  return positiveOperators.has(operator.toLowerCase().replace(/^foranyvalue:/, ""));
}

/**
 * A value without policy variables, but for those of the own account and organization. What else a variable stands for
 * the caller has of itself, so that it may be anything. Paths of organizations become the organization.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags"; "AWS global condition context keys", aws:PrincipalOrgPaths.
 */
function plain(value: string, kind: RestrictionKind): string {
  const text = value.replace(/\$\{([^{}]*)\}/g, (_, variable: string) => {
    if (/^\s*aws:resourceaccount\s*$/i.test(variable)) return ownAccount;
    return /^\s*aws:resourceorg(?:id|paths)\s*$/i.test(variable) ? ownOrganization : "*";
  });
  return kind === "organization" || kind === "source-organization" ? (text.split("/")[0] ?? "") : text;
}

/** Whether everybody meets a value. The ARN of an object that this plan manages names that object, whatever it will be. */
function isOpen(value: Maybe<string>, kind: RestrictionKind): Maybe<boolean> {
  if (value instanceof Unknown) return namesAnArn(value) || beginsInAccount(value) ? false : value;
  // The context of Fargate's disks names an account by its id.
  if (kind === "encryption-context") return !/^\d{12}$/.test(value) && isOpenArn(value);
  if (kind === "principal" || kind === "source") return isOpenArn(value);
  if (kind === "network") return isWideNetwork(value);
  return /[*?]/.test(value);
}

/** Whether an unknown ARN is one of an account that stands in what is known of it: `arn:aws:s3:eu-west-1:111122223333:…`. */
function beginsInAccount({ known: { parts } }: Unknown): boolean {
  const start = parts?.[0];
  return typeof start === "string" && /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d{12}:/.test(start);
}

/** Whoever owns an account can name a role in it as the pattern wants: only the account, or a global name, restricts. */
function isOpenArn(arn: string): boolean {
  const [, , , , account = "*", ...resource] = partsOfArn(arn);
  if (account === "") return /^[*?]/.test(resource.join(":"));
  return account !== ownAccount && !/^\d{12}$/.test(account);
}

/** What networks of many owners share: wider than the /16, or than the /32 of IPv6, that one owner gets. */
function isWideNetwork(text: string): boolean {
  if (/[*?]/.test(text)) return true;
  const range = parseRange(text);
  return range !== null && range.prefix < (range.version === 6 ? 32 : 16);
}

/**
 * Whether the statement has a condition on one of these keys with a positive operator, and values only that are written
 * out, without wildcards or variables.
 */
export function requiresExactly(statement: Statement, hasKey: (key: string) => boolean): Maybe<boolean> {
  const values = valuesRequired(statement, hasKey);
  if (values instanceof Unknown) return values;
  if (values.length === 0) return false;
  return anyOf(values.map((list) => listIsExact(list)));
}

function listIsExact(list: Maybe<readonly Maybe<string>[]>): Maybe<boolean> {
  if (list instanceof Unknown) return list;
  if (list.length === 0) return false;
  return not(anyOf(list.map((value) => test(value, (text) => /[*?]|\$\{/.test(text)))));
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
