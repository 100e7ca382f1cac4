import { escalationsOf } from "../../iam/escalations.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { type Holder, ownHolder } from "./holders.ts";
import { allPermissions } from "./permissions.ts";

/** A role, user or group with all that it holds. */
interface Holding {
  readonly holder: Holder;
  readonly resource: PlanResource;
  readonly statements: Statement[];
  open: Unknown | null;
}

/** What each role, user and group may do by all its policies together. */
export function holderSubjects(context: JoinContext): SubjectOf<"iam-holder">[] {
  const { statements, unread } = allPermissions(context);
  const holdings = new Map<string, Holding>();
  const strays = new Map<Holder["kind"], Stray>();
  const each = (holders: readonly Holder[], resource: PlanResource, add: (holding: Holding) => void) => {
    for (const holder of holders) {
      // The attachment itself is a permission of its holder that is not told.
      if (holder.isPossible === true) continue;
      if (holder.name instanceof Unknown && holder.role.kind !== "one") {
        if (!strays.has(holder.kind)) strays.set(holder.kind, { unknown: holder.name, resource });
      } else add(holdingOf(holdings, holder, resource));
    }
  };
  for (const { statement, holders, resource } of statements)
    each(holders, resource, (holding) => holding.statements.push(statement));
  for (const { unknown, holders, resource } of unread)
    each(holders, resource, (holding) => {
      holding.open ??= unknown;
    });
  const [stray = null] = [...strays.values()];
  const held = [...holdings.values()].map(({ holder, resource, statements: own, open }) => {
    const name = holder.role.kind === "one" ? null : `${holder.kind}/${nameOf(holder.name)}`;
    const combinations = context.settings.escalationCombinations;
    return row(resource, name, holder, escalationsOf(own, open ?? stray?.unknown ?? null, combinations));
  });
  const others = [...strays].flatMap(([kind, each]) => possibleHolders(kind, each, holdings, context));
  return [...held, ...others];
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
): SubjectOf<"iam-holder">[] {
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
): SubjectOf<"iam-holder"> {
  return subject("iam-holder", resource, name, {
    name: derivedFact(holder.name),
    holderKind: derivedFact(holder.kind),
    escalations: derivedFact(escalations instanceof Unknown ? escalations : provenFirst(escalations)),
  });
}

/** What is proven is shown before what may be. */
function provenFirst(found: readonly Maybe<string>[]): Maybe<string>[] {
  const isUnknown = (each: Maybe<string>) => each instanceof Unknown;
  return [...found.filter((each) => !isUnknown(each)), ...found.filter(isUnknown)];
}

function holdingOf(holdings: Map<string, Holding>, holder: Holder, resource: PlanResource): Holding {
  const own = holder.role.kind === "one" ? holder.role.match.resource : resource;
  const key = holder.role.kind === "one" ? own.address : `${holder.kind} ${nameOf(holder.name)}`;
  const found = holdings.get(key) ?? { holder, resource: own, statements: [], open: null };
  holdings.set(key, found);
  return found;
}

function nameOf(name: Maybe<string>): string {
  return name instanceof Unknown ? "" : name;
}
