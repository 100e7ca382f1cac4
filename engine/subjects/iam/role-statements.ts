import type { IdentityStatements } from "../../iam/identity-grants.ts";
import { isNamed } from "../../joins/join.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { boundaryOf } from "./boundaries.ts";
import type { HeldStatement } from "./held-statement.ts";
import type { Holder } from "./holders.ts";
import { allPermissions } from "./permissions.ts";

type Role = Modelled<"aws_iam_role">;

/** The statements that speak for a role, with the policies that they stand in. */
interface HeldStatements extends IdentityStatements {
  readonly held: readonly HeldStatement[];
}

/** The statements that speak for each role: those of its own policies and of those that are attached to it. */
export type RoleStatements = (role: Role) => HeldStatements;

interface Holding {
  readonly held: HeldStatement[];
  missing: Unknown | null;
  outside: Unknown | null;
}

export const roleStatements = once((context: JoinContext): RoleStatements => {
  const { statements, unread } = allPermissions(context);
  const holdings = new Map<Role, Holding>();
  const holdingOf = (role: Role) => {
    const found = holdings.get(role) ?? { held: [], missing: null, outside: null };
    holdings.set(role, found);
    return found;
  };
  // What may belong to any role: each lists those to which it does for certain.
  const strays: Stray[] = [];
  const hold = (holders: readonly Holder[], add: (holding: Holding) => void) => {
    const { certain, possible, stray } = rolesAmong(holders);
    for (const role of certain) add(holdingOf(role));
    for (const [role, unknown] of possible) if (!certain.has(role)) holdingOf(role).missing ??= unknown;
    if (stray !== null) strays.push({ unknown: stray, belongsTo: certain });
  };
  for (const statement of statements) hold(statement.holders, ({ held }) => held.push(statement));
  for (const { unknown, holders, isOutside } of unread)
    hold(holders, (holding) => {
      if (isOutside) holding.outside ??= unknown;
      else holding.missing ??= unknown;
    });
  return (role) => {
    const { held, missing, outside } = holdingOf(role);
    const stray = strays.find(({ belongsTo }) => !belongsTo.has(role))?.unknown ?? null;
    return {
      held,
      statements: held.map(({ statement }) => statement),
      missing: missing ?? stray,
      outside,
      boundary: boundaryOf(role, context),
    };
  };
});

interface Stray {
  readonly unknown: Unknown;
  readonly belongsTo: ReadonlySet<Role>;
}

/** The roles that are among the holders for certain, those that may be, and why any role may be. */
function rolesAmong(holders: readonly Holder[]) {
  const certain = new Set<Role>();
  const possible = new Map<Role, Unknown>();
  let stray: Unknown | null = null;
  for (const { role, isPossible } of holders) {
    // The attachment that may name the policy is a permission of its holder that is not told.
    if (isPossible === true || role.kind === "none") continue;
    if (role.kind === "unknown") stray ??= role.unknown;
    else if (role.kind === "one") certain.add(role.match);
    else
      for (const match of role.matches) {
        const isHeld = isNamed(role, match);
        if (isHeld instanceof Unknown) possible.set(match, isHeld);
      }
  }
  return { certain, possible, stray };
}
