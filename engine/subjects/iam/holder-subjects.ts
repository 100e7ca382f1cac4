import { escalationsOf } from "../../iam/escalations.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import type { Holder } from "./holders.ts";
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
  let stray: Unknown | null = null;
  const each = (holders: readonly Holder[], resource: PlanResource, add: (holding: Holding) => void) => {
    for (const holder of holders) {
      // The attachment itself is a permission of its holder that is not told.
      if (holder.isPossible === true) continue;
      if (holder.name instanceof Unknown && holder.role.kind !== "one") stray ??= holder.name;
      else add(holdingOf(holdings, holder, resource));
    }
  };
  for (const { statement, holders, resource } of statements)
    each(holders, resource, (holding) => holding.statements.push(statement));
  for (const { unknown, holders, resource } of unread)
    each(holders, resource, (holding) => {
      holding.open ??= unknown;
    });
  return [...holdings.values()].map(({ holder, resource, statements: held, open }) => {
    const own = holder.role.kind === "one" ? null : `${holder.kind}/${nameOf(holder.name)}`;
    return subject("iam-holder", resource, own, {
      name: derivedFact(holder.name),
      holderKind: derivedFact(holder.kind),
      escalations: derivedFact(escalationsOf(held, open ?? stray, context.settings.escalationCombinations)),
    });
  });
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
