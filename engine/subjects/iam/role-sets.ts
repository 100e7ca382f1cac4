import { coversAction } from "../../iam/actions.ts";
import { principalsOf } from "../../iam/principals.ts";
import { anyStatement, isAllow } from "../../iam/statements.ts";
import { anySource } from "../../joins/reverse.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";

type Role = Modelled<"aws_iam_role">;

/** What the roles of a plan are for, worked out once a role. */
export interface RoleSets {
  /** Whether CodeBuild builds as the role: a project names it, or its trust policy lets CodeBuild assume it. */
  isBuildRole(role: Role): Maybe<boolean>;
  isUsedByTasks(role: Role): Maybe<boolean>;
  isExecutionRole(role: Role): Maybe<boolean>;
}

export const roleSets = once(({ joins }: JoinContext): RoleSets => {
  return {
    isBuildRole: once((role) =>
      anyOf([anySource(joins.to(role, "buildRoles")), trustsService(role, "codebuild.amazonaws.com")]),
    ),
    isUsedByTasks: once((role) => anySource(joins.to(role, "taskRole"))),
    isExecutionRole: once((role) => anySource(joins.to(role, "executionRole"))),
  };
});

const assumingActions = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/** Whether a trust statement is about becoming the role. Tags, and who is behind a session, only ride along with that. */
export function allowsAssuming(statement: Statement): Maybe<boolean> {
  return anyOf(assumingActions.map((action) => coversAction(statement, action)));
}

/** Whether the trust policy of a role lets an AWS service assume it. */
export function trustsService({ attributes }: Role, service: string): Maybe<boolean> {
  return anyStatement(attributes.assume_role_policy.document, (statement) => trusts(statement, service));
}

function trusts(statement: Statement, service: string): Maybe<boolean> {
  const principals = principalsOf(statement);
  return allOf([
    isAllow(statement),
    allowsAssuming(statement),
    principals instanceof Unknown
      ? principals
      : anyOf(principals.map(({ type, value }) => type === "Service" && test(value, (text) => text === service))),
  ]);
}
