import { matchesGlob } from "../../glob.ts";
import { pullActions, pushActions } from "../../iam/ecr-actions.ts";
import { type NoRefusal, type Refusal, refusalOf } from "../../iam/refused-callers.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, map, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { caller, isRole, outsidersOf } from "../iam/callers.ts";
import { roleSets } from "../iam/role-sets.ts";
import { derivedFact } from "../subject.ts";

/** Whether the policy of a repository refuses pushes and pulls to all but some, and to whom it does not. */
export function refusalFacts(repository: Modelled<"aws_ecr_repository">, context: JoinContext) {
  const sets = roleSets(context);
  const { certain, possible } = context.joins.to(repository, "repositoryPolicy");
  const [first] = certain;
  if (first === undefined) {
    const none = derivedFact(possible[0]?.unknown ?? false);
    const nobody = derivedFact(possible[0]?.unknown ?? []);
    return {
      deniesPush: none,
      pushExemptions: nobody,
      deniesBuildRoles: none,
      deniesPull: none,
      pullExemptions: nobody,
    };
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
    const admissions = found.spared.map((value) => ({ bounds: [[caller("AWS", value, resource, context)]] }));
    const spared = outsidersOf(admissions, (each) => isRole(each, isExpected));
    return {
      refuses: derivedFact(true, from),
      spared: derivedFact(spared, { ...from, note: noteOn(spared) }),
    };
  };
  const refusalOfPush = refusal(pushActions);
  const push = facts(refusalOfPush, sets.isBuildRole);
  const pull = facts(refusal(pullActions), (role) => anyOf([sets.isBuildRole(role), sets.isExecutionRole(role)]));
  return {
    deniesPush: push.refuses,
    pushExemptions: push.spared,
    deniesBuildRoles: derivedFact(
      map(refusalOfPush, (found) => "spared" in found && hitsBuildRoles(found, resource, context)),
      from,
    ),
    deniesPull: pull.refuses,
    pullExemptions: pull.spared,
  };
}

type Role = Modelled<"aws_iam_role">;

/** Whether no build role of the plan is spared, nor anybody of `allowed_push_principals`. */
function hitsBuildRoles({ spared, refused }: Refusal, from: PlanResource, context: JoinContext): Maybe<boolean> {
  const callersOf = (values: readonly Maybe<string>[]) =>
    values.map((value) => ({ value, ...caller("AWS", value, from, context) }));
  const hit = new Set(callersOf(refused).flatMap(({ roles, text }) => [...roles, text]));
  const pushes = callersOf(spared).map((each) => {
    const { value, text, roles } = each;
    if (hit.has(text) || roles.some((role) => hit.has(role) || !hasPath(role, value))) return false;
    if (roles.length > 0) return isRole(each, roleSets(context).isBuildRole);
    return test(text, (known) => context.settings.allowedPushPrincipals.some((pattern) => matchesGlob(known, pattern)));
  });
  return not(anyOf(pushes));
}

/** A role has one path, and its ARN with another one names nobody. */
function hasPath({ attributes }: Role, arn: Maybe<string>): boolean {
  const path = attributes.path.value;
  const written = arn instanceof Unknown ? null : /:role(\/.*\/|\/)[^/]+$/.exec(arn)?.[1];
  return written === null || written === undefined || path instanceof Unknown || written === path;
}

/** What is often written and does not mean what it looks like. Source: AWS global condition context keys, aws:PrincipalArn. */
function noteOn(spared: readonly Maybe<string>[]): string | null {
  const known = spared.filter((value) => typeof value === "string");
  if (known.some((value) => value.includes(":assumed-role/")))
    return "the session of a role has the ARN of the role in aws:PrincipalArn, so the ARN of a session exempts nobody";
  return known.some((value) => value.endsWith(":root"))
    ? "the ARN of an account's root is that of its root user only"
    : null;
}
