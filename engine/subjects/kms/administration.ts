import { coversAction, grants } from "../../iam/actions.ts";
import { isUnconditional } from "../../iam/identity-grants.ts";
import { namesEveryone, principalsOf } from "../../iam/principals.ts";
import { isDeny } from "../../iam/statements.ts";
import type { Modelled } from "../../model/model.ts";
import type { PolicyDocument, Principal, Statement } from "../../model/policy-document.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { accountInArn, isOwnAccount } from "../iam/accounts.ts";
import { derivedFact } from "../subject.ts";

type Key = Modelled<"aws_kms_key" | "aws_kms_replica_key" | "aws_kms_external_key" | "aws_kms_replica_external_key">;
type KeyPolicy = Modelled<"aws_kms_key_policy">;

/**
 * Whether somebody may change the policy of a key afterwards, and whether KMS is asked not to look. Without that it refuses a
 * policy which locks everybody out. Source: AWS KMS API Reference, PutKeyPolicy, BypassPolicyLockoutSafetyCheck.
 */
export function administrationOf(key: Key, context: JoinContext) {
  const { certain, possible } = context.joins.to(key, "keyPolicy");
  const [separate] = certain;
  const { resource, attributes } = separate === undefined ? key : separate.source;
  const address = resource === key.resource ? {} : { address: resource.address };
  const open = separate === undefined ? possible[0]?.unknown : undefined;
  const { policy, bypass_policy_lockout_safety_check: bypass } = attributes;
  return {
    isManageable: derivedFact(open ?? (policy.state === "unset" || isManageable(policy.document, resource, context)), {
      path: policy.path,
      sensitive: policy.sensitive,
      ...address,
    }),
    bypassesLockoutCheck: { ...bypass, ...address },
  };
}

function isManageable(
  document: KeyPolicy["attributes"]["policy"]["document"],
  from: PlanResource,
  context: JoinContext,
) {
  return document instanceof Unknown ? document : letsAdminister(document, from, context);
}

/** Nobody of another account may change the policy of a key, whatever it says. */
function letsAdminister({ statements, missing }: PolicyDocument, from: PlanResource, context: JoinContext) {
  const isDenied = anyOf(
    statements.map((deny) =>
      allOf([isDeny(deny), coversAction(deny, action), namesEveryone(deny), isUnconditional(deny)]),
    ),
  );
  const isAllowed = anyOf([
    ...statements.map((allow) => allOf([grants(allow, action), namesOwn(allow, from, context)])),
    missing ?? false,
  ]);
  return allOf([isAllowed, not(isDenied)]);
}

const action = "kms:PutKeyPolicy";

function namesOwn(statement: Statement, from: PlanResource, context: JoinContext): Maybe<boolean> {
  const principals = principalsOf(statement);
  if (statement.notPrincipals !== null || principals instanceof Unknown)
    return new Unknown("stated", [], "whom it names");
  return anyOf(principals.map((principal) => mayBeOwn(principal, from, context)));
}

/** An account that the plan does not tell to be another one is the own one. */
function mayBeOwn({ type, value }: Principal, from: PlanResource, context: JoinContext): Maybe<boolean> {
  if (type !== "AWS" && type !== "*") return false;
  const account = value instanceof Unknown ? null : accountInArn(value);
  return account === null || isOwnAccount(account, from, context);
}
