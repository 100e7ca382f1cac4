import { parseImageReference, privateEcrRegistry } from "../../model/image-reference.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { mayBeIn } from "./ecr-registries.ts";
import { type Join, join, sameProvider } from "./join.ts";

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

/**
 * The repository of a container's image, in the registry that the image names, whatever provider manages it; none where
 * that is no private ECR registry.
 */
export function repositoryOfImage(
  image: Name,
  from: PlanResource,
  context: JoinContext,
): Join<Modelled<"aws_ecr_repository">> {
  if (image === null || image instanceof Unknown) return repositoryNamedBy(image, from, context);
  const parsed = parseImageReference(image);
  const registry = parsed === null ? null : privateEcrRegistry(parsed.registry);
  if (parsed === null || registry === null) return { kind: "none" };
  const candidates = context.model.aws_ecr_repository.filter(({ resource }) => mayBeIn(resource, registry, context));
  const matches = candidates.filter(({ attributes }) => attributes.name.value === parsed.repository);
  const [match, ...others] = matches;
  if (match !== undefined)
    return others.length === 0 ? { kind: "one", match, by: "value" } : { kind: "several", matches, by: "value" };
  return unnamed(candidates.map(({ attributes }) => attributes.name.value));
}

/** Where no candidate has the name, one whose name the plan does not tell may have it. */
function unnamed(names: readonly Name[]): Join<never> {
  const unknown = names.find((name) => name instanceof Unknown);
  return unknown === undefined ? { kind: "none" } : { kind: "unknown", unknown };
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

/** The name of the cluster that an attribute names, by name, ARN or reference. */
export function clusterNameOf(cluster: Name, from: PlanResource, context: JoinContext): Name {
  if (!(cluster instanceof Unknown)) return cluster === null ? null : lastPathSegment(cluster);
  const found = clusterNamedBy(cluster, from, context);
  return found.kind === "one" ? found.match.attributes.name.value : cluster;
}

/** Names of services are unique within their cluster only: `cluster` tells which of one name is meant. */
export function serviceNamedBy(
  name: Name,
  cluster: Name,
  from: PlanResource,
  context: JoinContext,
): Join<Modelled<"aws_ecs_service">> {
  const services = context.model.aws_ecs_service;
  if (name instanceof Unknown) return join(name, from, services, () => []);
  const clusterName = clusterNameOf(cluster, from, context);
  const inCluster = (service: Modelled<"aws_ecs_service">) =>
    clusterNameOf(service.attributes.cluster.value, service.resource, context) === clusterName;
  const found = join(
    name,
    from,
    services.filter(inCluster),
    ({ attributes }) => [attributes.name.value, attributes.id.value],
    lastPathSegment,
  );
  return found.kind === "none" && clusterName instanceof Unknown ? { kind: "unknown", unknown: clusterName } : found;
}

export function capacityProviderNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_ecs_capacity_provider">> {
  return join(
    name,
    from,
    model.aws_ecs_capacity_provider,
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

export function userNamedBy(name: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_iam_user">> {
  return join(name, from, model.aws_iam_user, ({ attributes }) => [attributes.name.value, attributes.arn.value]);
}

export function groupNamedBy(name: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_iam_group">> {
  return join(name, from, model.aws_iam_group, ({ attributes }) => [attributes.name.value, attributes.arn.value]);
}

export function policyNamedBy(arn: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_iam_policy">> {
  return join(arn, from, model.aws_iam_policy, ({ attributes }) => [attributes.arn.value]);
}

export function securityGroupNamedBy(
  id: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_security_group" | "aws_default_security_group">> {
  return join(id, from, [...model.aws_security_group, ...model.aws_default_security_group], ({ attributes }) => [
    attributes.id.value,
  ]);
}

export function vpcNamedBy(id: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_vpc">> {
  return join(id, from, model.aws_vpc, ({ attributes }) => [attributes.id.value]);
}

export function routeTableNamedBy(
  id: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_route_table">> {
  return join(id, from, model.aws_route_table, ({ attributes }) => [attributes.id.value]);
}

export function subnetNamedBy(id: Name, from: PlanResource, { model }: JoinContext): Join<Modelled<"aws_subnet">> {
  return join(id, from, model.aws_subnet, ({ attributes }) => [attributes.id.value]);
}

/** The log group of a name or ARN; in another region than `from` where `region` says so. */
export function logGroupNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
  region: Name = null,
): Join<Modelled<"aws_cloudwatch_log_group">> {
  const groups = model.aws_cloudwatch_log_group;
  if (name === null || name instanceof Unknown) return join(name, from, groups, () => []);
  if (region instanceof Unknown) return { kind: "unknown", unknown: region };
  const isElsewhere = region !== null && from.region !== null && region !== from.region;
  const there = isElsewhere ? { ...from, region, providerKey: null } : from;
  const found = join<LogGroup>(
    name,
    there,
    groups,
    ({ attributes }) => [attributes.name.value, attributes.arn.value],
    logGroupOf,
  );
  if (found.kind !== "none") return found;
  const possible = groups.filter((group) => sameProvider(group.resource, there) && mayBeNamed(group, logGroupOf(name)));
  return unnamed(possible.map(({ attributes }) => attributes.name.value));
}

type LogGroup = Modelled<"aws_cloudwatch_log_group">;

/** A name that the provider generates starts with the prefix. */
function mayBeNamed({ attributes }: LogGroup, name: string): boolean {
  const prefix = attributes.name_prefix.value;
  return typeof prefix !== "string" || name.startsWith(prefix);
}

export function eventRuleNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_cloudwatch_event_rule">> {
  return join(name, from, model.aws_cloudwatch_event_rule, ({ attributes }) => [attributes.name.value]);
}

export function detectorNamedBy(
  id: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_guardduty_detector">> {
  return join(id, from, model.aws_guardduty_detector, ({ attributes }) => [attributes.id.value]);
}

/** An ARN of a secret ends in six random characters that are no part of its name. */
function secretNameOf(value: string): string {
  const name = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:([^:]*)/.exec(value)?.[1];
  return name === undefined ? value : name.replace(/-[A-Za-z0-9]{6}$/, "");
}

export function secretNamedBy(
  name: Name,
  from: PlanResource,
  { model }: JoinContext,
): Join<Modelled<"aws_secretsmanager_secret">> {
  return join(
    name,
    from,
    model.aws_secretsmanager_secret,
    ({ attributes }) => [attributes.name.value, attributes.arn.value, attributes.id.value],
    secretNameOf,
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
