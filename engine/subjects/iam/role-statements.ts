import type { IdentityStatements } from "../../iam/identity-grants.ts";
import { oneOf } from "../../joins/join.ts";
import { reverse } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import { Unknown } from "../../plan/unknown.ts";
import type { Holder } from "./holders.ts";
import type { Permissions } from "./permissions.ts";

type Role = Modelled<"aws_iam_role">;

/** The statements that speak for each role: those of its own policies and of those that are attached to it. */
export type RoleStatements = (role: Role) => IdentityStatements;

export function roleStatements({ statements, unread }: Permissions): RoleStatements {
  const statementsOf = heldBy(statements);
  const unreadOf = heldBy(unread);
  return once((role) => {
    const held = statementsOf(role);
    const unknown = unreadOf(role);
    const hasBoundary = role.attributes.permissions_boundary.state !== "unset";
    const boundary = hasBoundary ? new Unknown("stated", [], "a permissions boundary may refuse it") : null;
    return {
      statements: held.certain.map(({ statement }) => statement),
      missing: boundary ?? held.possible ?? unknown.certain[0]?.unknown ?? unknown.possible,
    };
  });
}

interface Held {
  readonly holders: readonly Holder[];
}

/** What a role holds for certain, and why it may hold one more. */
function heldBy<H extends Held>(all: readonly H[]) {
  const namings = all.flatMap((source) =>
    // The attachment that may name the policy is a permission of its holder that is not told.
    source.holders.flatMap(({ role, isPossible }) => (isPossible === true ? [] : [{ source, join: role }])),
  );
  const namedFrom = reverse(namings, (_, matches) => oneOf(matches));
  return (role: Role): { certain: readonly H[]; possible: Unknown | null } => {
    const { certain, possible } = namedFrom(role);
    const held = new Set(certain.map(({ source }) => source));
    return { certain: [...held], possible: possible.find(({ source }) => !held.has(source))?.unknown ?? null };
  };
}
