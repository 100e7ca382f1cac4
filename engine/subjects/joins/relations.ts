import { ecrAccount, parseImageReference } from "../../model/image-reference.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { type Join, join } from "./join.ts";

/** What an attribute holds that names another resource. */
type Name = Maybe<string | null>;

/** `arn:aws:iam::111122223333:role/path/name` and `name` alike to `name`. */
export function lastPathSegment(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);
}

/** `arn:…:task-definition/family:7`, `family:7` and `family` alike to `family`. */
function familyOf(value: string): string {
  return value.slice(value.lastIndexOf("/") + 1).replace(/:\d+$/, "");
}

/** An ARN of a log group may end in `:*`. */
function logGroupOf(value: string): string {
  return value.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, "").replace(/:\*$/, "");
}

export function repositoryNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_ecr_repository">> {
  return join(name, from, model.aws_ecr_repository, ({ attributes }) => [attributes.name.value, attributes.arn.value]);
}

/** The repository of a container's image; none where the image is of another registry than a private ECR one. */
export function repositoryOfImage(
  image: Name,
  from: PlanResource,
  context: JoinContext,
): Join<Modelled<"aws_ecr_repository">> {
  if (image === null || image instanceof Unknown) return repositoryNamedBy(image, from, context);
  const parsed = parseImageReference(image);
  if (parsed === null || ecrAccount(parsed.registry) === null) return { kind: "none" };
  return repositoryNamedBy(parsed.repository, from, context);
}

export function taskDefinitionNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_ecs_task_definition">> {
  return join(
    name,
    from,
    model.aws_ecs_task_definition,
    ({ attributes }) => [attributes.family.value, attributes.arn.value],
    familyOf,
  );
}

export function clusterNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_ecs_cluster">> {
  return join(
    name,
    from,
    model.aws_ecs_cluster,
    ({ attributes }) => [attributes.name.value, attributes.arn.value, attributes.id.value],
    lastPathSegment,
  );
}

export function roleNamedBy(name: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_iam_role">> {
  return join(
    name,
    from,
    model.aws_iam_role,
    ({ attributes }) => [attributes.name.value, attributes.arn.value],
    lastPathSegment,
  );
}

export function policyNamedBy(arn: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_iam_policy">> {
  return join(arn, from, model.aws_iam_policy, ({ attributes }) => [attributes.arn.value]);
}

export function securityGroupNamedBy(
  id: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_security_group">> {
  return join(id, from, model.aws_security_group, ({ attributes }) => [attributes.id.value]);
}

export function subnetNamedBy(id: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_subnet">> {
  return join(id, from, model.aws_subnet, ({ attributes }) => [attributes.id.value]);
}

export function logGroupNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_cloudwatch_log_group">> {
  return join(
    name,
    from,
    model.aws_cloudwatch_log_group,
    ({ attributes }) => [attributes.name.value, attributes.arn.value],
    logGroupOf,
  );
}

export function projectNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_codebuild_project">> {
  return join(
    name,
    from,
    model.aws_codebuild_project,
    ({ attributes }) => [attributes.name.value, attributes.arn.value, attributes.id.value],
    lastPathSegment,
  );
}

export function functionNamedBy(
  arn: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_lambda_function">> {
  return join(
    arn,
    from,
    model.aws_lambda_function,
    ({ attributes }) => [attributes.function_name.value, attributes.arn.value],
    functionOf,
  );
}

/** `arn:…:function:name:qualifier` and `name` alike to `name`. */
export function functionOf(value: string): string {
  return /:function:([^:]+)/.exec(value)?.[1] ?? value;
}
