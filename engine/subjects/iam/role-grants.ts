import { grantsOnAny, isGrantedOnAny } from "../../iam/any-resource-grants.ts";
import type { ResourceType } from "../../iam/resource-types.ts";
import { type Join, oneOf } from "../../joins/join.ts";
import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf } from "../../three-valued.ts";
import type { RoleStatements } from "./role-statements.ts";

type Role = Modelled<"aws_iam_role">;

/** Something that a role may do to resources of a type, with the verb for it. */
export interface Ability {
  readonly action: string;
  readonly type: ResourceType;
  readonly verb: string;
}

/** Whether a role may do an action on any resource of a type, and by which policy, for people. */
export interface RoleGrant {
  readonly value: Maybe<boolean>;
  readonly note: string | null;
}

/** Whether the role that an attribute names may do it, at times at least. */
export function grantOf(found: Join<Role>, ability: Ability, statementsOf: RoleStatements): RoleGrant {
  if (found.kind === "one") return roleGrant(found.match, ability, statementsOf);
  if (found.kind === "several") {
    const grants = found.matches.map((match) => roleGrant(match, ability, statementsOf).value);
    const all = allOf(grants);
    const decided = all === true || anyOf(grants) === false;
    return { value: decided ? all : oneOf(found.matches, "the role is"), note: null };
  }
  return { value: found.kind === "unknown" ? found.unknown : unresolved("the role is not in this plan"), note: null };
}

function unresolved(detail: string): Unknown {
  return new Unknown("no-join", [], detail);
}

function roleGrant(role: Role, { action, type, verb }: Ability, statementsOf: RoleStatements): RoleGrant {
  const identity = statementsOf(role);
  const { address } = role.resource;
  const value = isGrantedOnAny(identity, action, type, "at-times");
  const allowing = identity.held.find(({ statement }) => grantsOnAny(statement, action, type) === true);
  if (value === true) return { value, note: `${address} may ${verb} by ${allowing?.policy ?? ""}` };
  if (value instanceof Unknown) return { value, note: null };
  const note =
    allowing === undefined
      ? `no policy of ${address} in this plan allows ${action}`
      : `a Deny takes what ${allowing.policy} allows ${address}`;
  return { value, note };
}
