import type { IdentityStatements } from "../../iam/identity-grants.ts";
import { isNamed } from "../../joins/join.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import type { Holder } from "./holders.ts";
import { allPermissions } from "./permissions.ts";

type Role = Modelled<"aws_iam_role">;

/** The statements that speak for each role: those of its own policies and of those that are attached to it. */
export type RoleStatements = (role: Role) => IdentityStatements;

export const roleStatements = once((context: JoinContext): RoleStatements => {
  const { statements, unread } = allPermissions(context);
  return once((role) => {
    const held: Statement[] = [];
    let missing: Unknown | null =
      role.attributes.permissions_boundary.state === "unset"
        ? null
        : new Unknown("stated", [], "a permissions boundary may refuse it");
    for (const { statement, holders } of statements) {
      const isHeld = isHeldBy(role, holders);
      if (isHeld === true) held.push(statement);
      else if (isHeld instanceof Unknown) missing ??= isHeld;
    }
    for (const { unknown, holders } of unread) {
      const isHeld = isHeldBy(role, holders);
      if (isHeld !== false) missing ??= isHeld instanceof Unknown ? isHeld : unknown;
    }
    return { statements: held, missing };
  });
});

function isHeldBy(role: Role, holders: readonly Holder[]): boolean | Unknown {
  let open: Unknown | null = null;
  for (const { role: holder, isPossible } of holders) {
    // The attachment that may name the policy is a permission of its holder that is not told.
    const isHeld = isPossible !== true && isNamed(holder, role);
    if (isHeld === true) return true;
    if (isHeld instanceof Unknown) open ??= isHeld;
  }
  return open ?? false;
}
