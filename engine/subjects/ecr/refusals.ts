import { pullActions, pushActions } from "../../iam/ecr-actions.ts";
import { type NoRefusal, type Refusal, refusalOf } from "../../iam/refused-callers.ts";
import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { roleSets } from "../iam/role-sets.ts";
import { derivedFact } from "../subject.ts";
import { caller, outsideRoles } from "./callers.ts";

/** Whether the policy of a repository refuses pushes and pulls to all but some, and to whom it does not. */
export function refusalFacts(repository: Modelled<"aws_ecr_repository">, context: JoinContext) {
  const sets = roleSets(context);
  const { certain, possible } = context.joins.to(repository, "repositoryPolicy");
  const [first] = certain;
  if (first === undefined) {
    const none = derivedFact(possible[0]?.unknown ?? false);
    const nobody = derivedFact(possible[0]?.unknown ?? []);
    return { refusesPush: none, pushExemptions: nobody, refusesPull: none, pullExemptions: nobody };
  }
  const { resource, attributes } = first.source;
  const { document } = attributes.policy;
  const refusal = (actions: readonly string[]) =>
    document instanceof Unknown ? document : refusalOf(document, actions);
  const from = { path: attributes.policy.path, address: resource.address };
  const facts = (found: Maybe<Refusal | NoRefusal>, isExpected: (role: Role) => Maybe<boolean>) => {
    if (found instanceof Unknown) return { refuses: derivedFact(found, from), spared: derivedFact(found, from) };
    if ("reason" in found)
      return {
        refuses: derivedFact(false, { ...from, note: found.reason }),
        spared: derivedFact([], from),
      };
    const callers = found.spared.map((value) => caller("AWS", value, resource, context));
    const spared = outsideRoles(callers, isExpected);
    return {
      refuses: derivedFact(true, from),
      spared: derivedFact(spared, { ...from, note: noteOn(spared) }),
    };
  };
  const push = facts(refusal(pushActions), sets.isBuildRole);
  const pull = facts(refusal(pullActions), (role) => anyOf([sets.isBuildRole(role), sets.isExecutionRole(role)]));
  return {
    refusesPush: push.refuses,
    pushExemptions: push.spared,
    refusesPull: pull.refuses,
    pullExemptions: pull.spared,
  };
}

type Role = Modelled<"aws_iam_role">;

/** What is often written and does not mean what it looks like. Source: AWS global condition context keys, aws:PrincipalArn. */
function noteOn(spared: readonly Maybe<string>[]): string | null {
  const known = spared.filter((value) => typeof value === "string");
  if (known.some((value) => value.includes(":assumed-role/")))
    return "the session of a role has the ARN of the role in aws:PrincipalArn, so the ARN of a session spares nobody";
  return known.some((value) => value.endsWith(":root"))
    ? "the ARN of an account's root is that of its root user only"
    : null;
}
