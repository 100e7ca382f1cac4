import { escalationsOf } from "../../iam/escalations.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { boundaryOfHolder } from "./boundaries.ts";
import { type Holder, ownHolder } from "./holders.ts";
import { allPermissions } from "./permissions.ts";
import { unattachedPolicySubjects } from "./unattached-policies.ts";

/** A role, user or group with all that it holds. */
interface Holding {
  readonly holder: Holder;
  readonly resource: PlanResource;
  readonly statements: Statement[];
  mayAllow: Unknown | null;
  mayDeny: Unknown | null;
}

/** What each role, user and group may do by all its policies together, and what policies that nobody holds allow. */
export function holderSubjects(context: JoinContext): SubjectOf<"iam-identity">[] {
  const { statements, unread } = allPermissions(context);
  const holdings = new Map<string, Holding>();
  const strays = new Map<Holder["kind"], Stray>();
  const strayDenies = new Map<Holder["kind"], Unknown>();
  const each = (
    holders: readonly Holder[],
    resource: PlanResource,
    mayDeny: boolean,
    add: (holding: Holding) => void,
  ) => {
    for (const holder of holders) {
      // The attachment itself is a permission of its holder that is not told.
      if (holder.isPossible === true) continue;
      if (holder.name instanceof Unknown && holder.role.kind !== "one") {
        if (!strays.has(holder.kind)) strays.set(holder.kind, { unknown: holder.name, resource });
        if (mayDeny && !strayDenies.has(holder.kind)) strayDenies.set(holder.kind, holder.name);
      } else add(holdingOf(holdings, holder, resource));
    }
  };
  for (const { statement, holders, resource } of statements)
    each(holders, resource, statement.effect !== "Allow", (holding) => holding.statements.push(statement));
  // A policy that the plan does not manage is not taken for one that denies.
  for (const { unknown, holders, resource, isOutside } of unread)
    each(holders, resource, !isOutside, (holding) => {
      holding.mayAllow ??= unknown;
      if (!isOutside) holding.mayDeny ??= unknown;
    });
  const held = [...holdings.values()].map(({ holder, resource, statements: own, mayAllow, mayDeny }) => {
    const name = holder.role.kind === "one" ? null : `${holder.kind}/${nameOf(holder.name)}`;
    const all = {
      statements: own,
      mayAllow: mayAllow ?? strays.get(holder.kind)?.unknown ?? null,
      mayDeny: mayDeny ?? strayDenies.get(holder.kind) ?? null,
      boundary: boundaryOfHolder(holder, context),
    };
    return row(resource, name, holder, escalationsOf(all, context.settings.escalationCombinations));
  });
  const others = [...strays].flatMap(([kind, each]) => possibleHolders(kind, each, holdings, context));
  return [...held, ...others, ...unattachedPolicySubjects(context)];
}

/** A policy whose holder the plan does not tell. */
interface Stray {
  readonly unknown: Unknown;
  readonly resource: PlanResource;
}

/** Who holds nothing that the plan tells may hold what a stray policy allows: each role, or whoever it is. */
function possibleHolders(
  kind: Holder["kind"],
  { unknown, resource }: Stray,
  holdings: ReadonlyMap<string, unknown>,
  { model }: JoinContext,
): SubjectOf<"iam-identity">[] {
  const roles = kind === "role" ? model.aws_iam_role : [];
  if (roles.length === 0) return [row(resource, kind, { kind, name: unknown }, unknown)];
  return roles
    .filter((role) => !holdings.has(role.resource.address))
    .map((role) => row(role.resource, null, ownHolder(role), unknown));
}

function row(
  resource: PlanResource,
  name: string | null,
  holder: Pick<Holder, "kind" | "name">,
  escalations: ReturnType<typeof escalationsOf> | Unknown,
): SubjectOf<"iam-identity"> {
  return subject("iam-identity", resource, name, {
    name: derivedFact(holder.name),
    identityKind: derivedFact(holder.kind),
    escalations: derivedFact(escalations),
  });
}

function holdingOf(holdings: Map<string, Holding>, holder: Holder, resource: PlanResource): Holding {
  const own = holder.role.kind === "one" ? holder.role.match.resource : resource;
  const key = holder.role.kind === "one" ? own.address : `${holder.kind} ${nameOf(holder.name)}`;
  const found = holdings.get(key) ?? { holder, resource: own, statements: [], mayAllow: null, mayDeny: null };
  holdings.set(key, found);
  return found;
}

function nameOf(name: Maybe<string>): string {
  return name instanceof Unknown ? "" : name;
}
