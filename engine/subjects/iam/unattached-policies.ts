import { escalationsOf, type Held } from "../../iam/escalations.ts";
import { getOrAdd } from "../../joins/maps.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import type { Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import type { Holder } from "./holders.ts";
import { allPermissions } from "./permissions.ts";

/** What whoever gets a policy may do by it, of each policy that nothing in the plan attaches. */
export function unattachedPolicySubjects(context: JoinContext): SubjectOf<"iam-identity">[] {
  const held = heldByNobody(context);
  return context.model.aws_iam_policy.flatMap((policy) => {
    const own = held.get(policy.resource);
    if (own === undefined) return [];
    return [
      subject("iam-identity", policy.resource, null, {
        name: policy.attributes.name,
        identityKind: derivedFact("policy", { note: "nothing in this plan attaches it" }),
        escalations: derivedFact(escalationsOf(own, context.settings.escalationCombinations)),
      }),
    ];
  });
}

function heldByNobody(context: JoinContext): ReadonlyMap<PlanResource, Held> {
  const { statements, unread } = allPermissions(context);
  const isNobody = (holders: readonly Holder[]) => holders.every(({ isPossible }) => isPossible === true);
  const found = new Map<PlanResource, { statements: Statement[]; mayAllow: Unknown | null; mayDeny: Unknown | null }>();
  const heldIn = (resource: PlanResource) =>
    getOrAdd(found, resource, () => ({ statements: [], mayAllow: null, mayDeny: null }));
  for (const { statement, holders, resource } of statements) {
    if (isNobody(holders)) heldIn(resource).statements.push(statement);
  }
  for (const { unknown, holders, resource } of unread) {
    if (!isNobody(holders)) continue;
    const own = heldIn(resource);
    own.mayAllow ??= unknown;
    own.mayDeny ??= unknown;
  }
  return found;
}
