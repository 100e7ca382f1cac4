import { principalsOf } from "../../iam/principals.ts";
import { isNamed, type Join } from "../../joins/join.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { once } from "../../once.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";

type Role = Modelled<"aws_iam_role">;

/** What the roles of a plan are for, settled once for all policies. */
export interface RoleSets {
  /** Whether CodeBuild builds as the role: a project names it, or its trust policy lets CodeBuild assume it. */
  isBuildRole(role: Role): Maybe<boolean>;
  isTaskRole(role: Role): Maybe<boolean>;
  isExecutionRole(role: Role): Maybe<boolean>;
}

export const roleSets = once((context: JoinContext): RoleSets => {
  const { model } = context;
  const named = (name: Maybe<string | null>, from: Role["resource"]) => context.joins.named("aws_iam_role", name, from);
  const build = model.aws_codebuild_project.flatMap(({ resource, attributes }) => {
    const batches = attributes.build_batch_config.value;
    const batch = elementsOf(batches);
    return [
      named(attributes.service_role.value, resource),
      ...batch.map((each) => named(each instanceof Unknown ? each : each.service_role.value, resource)),
    ];
  });
  const task = model.aws_ecs_task_definition.map(({ resource, attributes }) =>
    named(attributes.task_role_arn.value, resource),
  );
  const execution = model.aws_ecs_task_definition.map(({ resource, attributes }) =>
    named(attributes.execution_role_arn.value, resource),
  );
  return {
    isBuildRole: (role) => anyOf([isAmong(role, build), trustsService(role, "codebuild.amazonaws.com")]),
    isTaskRole: (role) => isAmong(role, task),
    isExecutionRole: (role) => isAmong(role, execution),
  };
});

function isAmong(role: Role, joins: readonly Join<Role>[]): Maybe<boolean> {
  return anyOf(joins.map((found) => isNamed(found, role)));
}

/** Whether the trust policy of a role lets an AWS service assume it. */
export function trustsService({ attributes }: Role, service: string): Maybe<boolean> {
  const document = attributes.assume_role_policy.document;
  if (document instanceof Unknown) return document;
  return anyOf([...document.statements.map((statement) => trusts(statement, service)), document.missing ?? false]);
}

function trusts(statement: Statement, service: string): Maybe<boolean> {
  const principals = principalsOf(statement);
  return allOf([
    test(statement.effect, (effect) => effect === "Allow"),
    principals instanceof Unknown
      ? principals
      : anyOf(principals.map(({ type, value }) => type === "Service" && test(value, (text) => text === service))),
  ]);
}
