import { covers, patternsMeet } from "../../glob.ts";
import { namesAnArn } from "../../iam/actions.ts";
import { isAnyone, namesAnyone, principalsOf, wholeAccount } from "../../iam/principals.ts";
import {
  isRestrictedBy,
  ownAccount,
  ownOrganization,
  type Restriction,
  restrictionOf,
  sourceKinds,
} from "../../iam/restrictions.ts";
import type { Modelled } from "../../model/model.ts";
import type { Principal, Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { targetsOf } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { StatementPlaces } from "../policy-statements.ts";
import { derivedFact } from "../subject.ts";
import { accountInArn, isOwnAccount } from "./accounts.ts";
import { arnsOfPlan, asShown, rolesByArn } from "./planned-arns.ts";

type Role = Modelled<"aws_iam_role">;

/** Somebody whom a principal or a condition names. */
export interface Caller {
  /** `aws` is an account or an identity in one; `source` is what a service of AWS calls for. */
  readonly kind: "everyone" | "aws" | "organization" | "source" | "service" | "other";
  /** As written; the address of the role where it is one of this plan. */
  readonly text: Maybe<string>;
  /** The role of this plan that is meant; several where it is one of them, or where a list of them is known at apply. */
  readonly roles: readonly Role[];
}

/**
 * One principal of an Allow, with the conditions that narrow it: each of the bounds holds, so that whoever is let in is
 * among the callers of all of them. The narrowest stands first.
 */
export interface Admission {
  readonly principal: Principal;
  readonly bounds: readonly (readonly Caller[])[];
}

/** Whom an Allow lets in. */
export function admissionsOf(statement: Statement, from: PlanResource, context: JoinContext): readonly Admission[] {
  const restrictions = {
    principal: restrictionOf(statement, "principal"),
    account: restrictionOf(statement, "account"),
    organization: restrictionOf(statement, "organization"),
  };
  const byConditions = {
    sources: sourcesOf(statement),
    contexts: callersBy(restrictionOf(statement, "encryption-context"), "source"),
    organizations: callersBy(restrictions.organization, "organization"),
  };
  const admissions = principalsIn(statement).map((principal): Admission => {
    const { type, value } = principal;
    const { organizations, sources, contexts } = byConditions;
    const accounts = callersBy(accountsOf(restrictions.account, value), "aws");
    if (type === "Service") {
      const bounds = [...sources, ...contexts];
      return { principal, bounds: bounds.length > 0 ? bounds : [[named("service", value)]] };
    }
    if (type === "Federated" || type === "CanonicalUser") return { principal, bounds: [[named("other", value)]] };
    const identities = identitiesOf(restrictions.principal, value, restrictions.account).map((each) =>
      caller("AWS", each, from, context),
    );
    const byIdentity = restrictions.principal === null ? [] : [identities];
    const isEveryone = isAnyone(principal);
    return isEveryone === true
      ? { principal, bounds: [...byIdentity, ...sources, ...accounts, ...organizations, [named("everyone", "*")]] }
      : {
          principal,
          bounds: [
            ...byIdentity,
            ...accounts,
            [caller("AWS", asShown(value, from, context), from, context)],
            ...organizations,
          ],
        };
  });
  // Roles of this plan are of the own account.
  const roles = new Set(
    admissions.flatMap(({ bounds }) =>
      bounds.flat().flatMap((each) => each.roles.map(({ attributes }) => attributes.name.value)),
    ),
  );
  return admissions.filter(({ principal }) => !isSessionOf(principal, roles, from, context));
}

function named(kind: Caller["kind"], text: Maybe<string>): Caller {
  return { kind, text, roles: [] };
}

/** The principals; all but some are everyone, and what is not told is one that is not told. */
function principalsIn(statement: Statement): readonly Principal[] {
  const { notPrincipals } = statement;
  if (notPrincipals !== null) return [{ type: "AWS", value: notPrincipals instanceof Unknown ? notPrincipals : "*" }];
  const principals = principalsOf(statement);
  return principals instanceof Unknown ? [{ type: "AWS", value: principals }] : principals;
}

function callersBy(restriction: Restriction | null, kind: Caller["kind"]): (readonly Caller[])[] {
  return restriction === null ? [] : [restriction.values.map((value) => named(kind, value))];
}

/** What services of AWS may call for; each condition on it is a bound of its own. */
function sourcesOf(statement: Statement): (readonly Caller[])[] {
  return sourceKinds.flatMap((kind) =>
    callersBy(restrictionOf(statement, kind), kind === "source-organization" ? "organization" : "source"),
  );
}

/** The accounts that conditions name, as far as the principal may be in them: of another account nobody is let in. */
function accountsOf(restriction: Restriction | null, principal: Maybe<string>): Restriction | null {
  const own = principal instanceof Unknown ? null : accountOf(principal);
  if (restriction === null || own === null) return restriction;
  const mayBeOwn = (each: Maybe<string>) => each instanceof Unknown || each === ownAccount || each === own;
  return { ...restriction, values: restriction.values.filter(mayBeOwn) };
}

/** The identities that conditions name, as far as they may be the principal and stand in the accounts that conditions name. */
function identitiesOf(
  restriction: Restriction | null,
  principal: Maybe<string>,
  accounts: Restriction | null,
): readonly Maybe<string>[] {
  const all = restriction?.values ?? [];
  return all.filter((identity) => {
    if (identity instanceof Unknown) return true;
    const account = accountOf(identity);
    const isAmong = accounts?.values.every(
      (each) => !(each instanceof Unknown) && each !== ownAccount && each !== account,
    );
    if (account !== null && isAmong === true) return false;
    return principal instanceof Unknown || mayBe(principal, identity);
  });
}

/** Whether a principal may be the identity of an `aws:PrincipalArn`: for the session of a role that is the role. */
function mayBe(principal: string, identity: string): boolean {
  const whole = wholeAccount(principal);
  if (whole !== null)
    return accountOf(identity) === null || accountOf(identity) === whole || identity.includes(ownAccount);
  if (!principal.startsWith("arn:") || identity.includes("${")) return true;
  const role = /^(arn:[a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal);
  const [, start = "", account = "", name = ""] = role ?? [];
  return role === null
    ? patternsMeet(principal, identity)
    : patternsMeet(`${start}:iam::${account}:role/*${name}`, identity);
}

/** The account that an ARN, a pattern for ARNs or an id names. */
function accountOf(text: string): string | null {
  return accountInArn(text.replace(/^arn:[a-z*?-]+:[a-z*?-]*:/, "arn:aws:iam:"));
}

/** Whoever a principal names, with the roles of this plan that it is. */
export function caller(
  type: Principal["type"],
  value: Maybe<string>,
  from: PlanResource,
  context: JoinContext,
): Caller {
  if (type !== "AWS" && type !== "*" && type !== "other") return named(type === "Service" ? "service" : "other", value);
  const found = context.joins.named("aws_iam_role", roleName(value), from);
  const exact = value instanceof Unknown ? undefined : rolesByArn(context).get(value);
  const role = exact ?? (found.kind === "one" ? found.match : undefined);
  if (role !== undefined) {
    // A role of the same name in another account is another role, and one that this plan manages there is none of the own.
    const account = value instanceof Unknown ? null : accountOf(value);
    const isOwn = account === null || isOwnAccount(account, from, context);
    if (isOwn === true) return { kind: "aws", text: role.resource.address, roles: [role] };
    return named("aws", isOwn instanceof Unknown ? isOwn : value);
  }
  // A reference to anything but a role names something else besides.
  const isOfRoles =
    value instanceof Unknown &&
    targetsOf(value.references)?.every(({ type: named }) => named === "aws_iam_role") === true;
  return { kind: "aws", text: value, roles: found.kind === "several" && isOfRoles ? found.matches : [] };
}

/** Only the ARN of a role says which one is meant; of an unknown value its references do. */
function roleName(value: Maybe<string>): Maybe<string> | null {
  if (value instanceof Unknown) return namesAnArn(value) ? value : null;
  const form = /^arn:[a-z*-]+:iam::(?:\d{12}|\$\{aws:ResourceAccount\}):role\/(?:[^*?]*\/)?([^*?/]+)$/;
  return form.exec(value)?.[1] ?? null;
}

/** Whether a principal is the session of a role of the own account that is a principal itself: then it is no other. */
function isSessionOf(
  { value }: Principal,
  roles: ReadonlySet<Maybe<string> | null>,
  from: PlanResource,
  context: JoinContext,
): boolean {
  const [, account = "", role = ""] =
    (value instanceof Unknown ? null : /^arn:[a-z-]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(value)) ?? [];
  return roles.has(role) && isOwnAccount(account, from, context) === true;
}

/** Those who are let in and are not as expected; of several roles that may be meant all must be. */
export function outsidersOf(
  admissions: readonly Pick<Admission, "bounds">[],
  isExpected: (caller: Caller) => Maybe<boolean>,
): Maybe<string>[] {
  const found = admissions.flatMap(({ bounds }): Maybe<string>[] => {
    const answers = bounds.map((callers) => allOf(callers.map(isExpected)));
    const isWithin = anyOf(answers);
    if (isWithin === true) return [];
    if (isWithin instanceof Unknown) return [isWithin];
    return (bounds[0] ?? []).filter((each) => isExpected(each) === false).flatMap(textsOf);
  });
  return [...new Set(found)];
}

function textsOf({ text, roles }: Caller): Maybe<string>[] {
  return text instanceof Unknown && roles.length > 0 ? roles.map(({ resource }) => resource.address) : [text];
}

/** All whom the statement lets in, each as narrow as it says. */
export function textsOfCallers(admissions: readonly Admission[]): Maybe<string>[] {
  return admissions.flatMap(({ bounds }) => bounds[0] ?? []).map(({ text }) => text);
}

/** Whether all roles that a caller may be are as expected; others are not. */
export function isRole({ roles, text }: Caller, isExpected: (role: Role) => Maybe<boolean>): Maybe<boolean> {
  if (roles.length === 0) return text instanceof Unknown ? text : false;
  const answers = roles.map(isExpected);
  const all = allOf(answers);
  // One of several roles is meant: which, nothing tells.
  return all === false && text instanceof Unknown && answers.some((answer) => answer !== false) ? text : all;
}

/** Whether a caller is of the own accounts or the own organization. */
export function isOwn({ kind, roles, text }: Caller, from: PlanResource, context: JoinContext): Maybe<boolean> {
  if (roles.length > 0) return true;
  if (kind === "everyone" || kind === "service" || kind === "other") return text instanceof Unknown ? text : false;
  if (text instanceof Unknown) return namesAnArn(text) ? true : text;
  if (kind === "organization") return text === ownOrganization;
  if (text.includes(ownAccount)) return true;
  const account = accountOf(text);
  if (account !== null) return isOwnAccount(account, from, context);
  // The ARN of a bucket holds no account.
  if (kind !== "source" || !/^arn:[^:]*:[^:]*:[^:]*::/.test(text)) return false;
  return arnsOfPlan(context).has(text) ? true : new Unknown("stated", [], `whose ${text} is, its ARN does not show`);
}

/** Whether a caller is some identities of an account: not the account, nor as good as all identities in it. */
function isPartOfAccount({ text, roles }: Caller): boolean {
  if (roles.length > 0) return true;
  if (text instanceof Unknown) return namesAnArn(text);
  return wholeAccount(text) === null && !covers(text.split(":").slice(5).join(":") || "*", "role/?*");
}

/**
 * Those whom a statement lets in that are not of the own accounts. A service that no condition binds to them is such: it acts
 * for whoever asks it to. Source: IAM User Guide, "The confused deputy problem", cross-service confused deputy prevention.
 */
export function callersOutsideAccounts(
  statement: Statement,
  from: PlanResource,
  context: JoinContext,
): readonly Maybe<string>[] {
  return outsidersOf(
    admissionsOf(statement, from, context),
    (each) => each.kind === "other" || isOwn(each, from, context),
  );
}

/** The foreign accounts that a statement lets in as a whole, and the sources in them. */
export function foreignAccounts(
  statement: Statement,
  from: PlanResource,
  context: JoinContext,
): readonly Maybe<string>[] {
  const outsiders = outsidersOf(admissionsOf(statement, from, context), (each) => {
    if (each.kind === "service" || each.kind === "other") return true;
    return each.kind === "aws" && isPartOfAccount(each) ? true : isOwn(each, from, context);
  });
  return outsiders.map((text) => (text instanceof Unknown ? text : (accountOf(text) ?? text)));
}

/** Whether a condition binds services to what the own accounts and the own organization call them for. */
export function isForOwnSources(statement: Statement, from: PlanResource, context: JoinContext): Maybe<boolean> {
  return anyOf(sourcesOf(statement).map((sources) => allOf(sources.map((each) => isOwn(each, from, context)))));
}

/** Facts on whom a statement lets in, which all kinds of grants have. */
export function grantFacts(statement: Statement, { principals, conditions }: StatementPlaces) {
  const organization = restrictionOf(statement, "organization");
  const foreign = organization?.values.filter((id) => id !== ownOrganization) ?? [];
  const isOwnOrganization = organization !== null && foreign.length === 0;
  const isOpenToEveryone = allOf([
    anyOf(principalsIn(statement).map(isAnyone)),
    !isOwnOrganization,
    not(isRestrictedBy(statement, ["principal", "account", ...sourceKinds])),
  ]);
  return {
    namesAnyone: derivedFact(namesAnyone(statement), principals),
    isOpenToEveryone: derivedFact(isOpenToEveryone, principals),
    restrictedToOrganizations: derivedFact(organization?.restricts ?? false, conditions),
    organizationIds: derivedFact(foreign, conditions),
    restrictedToNetworks: derivedFact(isRestrictedBy(statement, ["network"]), conditions),
  };
}
