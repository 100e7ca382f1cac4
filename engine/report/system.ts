import { compareText } from "../compare-text.ts";
import type { Joins } from "../joins/joins.ts";
import type { ResourceJoin } from "../joins/link-index.ts";
import { getOrAdd } from "../joins/maps.ts";
import { parseImageReference } from "../model/image-reference.ts";
import { formatKey } from "../plan/address.ts";
import { ownMember } from "../plan/json.ts";
import { isMarkedAt } from "../plan/marks.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import { createRedactor, type Redactor } from "./redact.ts";
import type { ReportSystem, SystemEdge, SystemKind, SystemNode } from "./report.ts";
import { serviceOf } from "./service.ts";

/** The resource types that are nodes, each with the attribute that holds its name. */
const drawn: Readonly<Record<string, { readonly kind: SystemKind; readonly name: string }>> = {
  aws_cloudwatch_event_target: { kind: "launch-point", name: "rule" },
  aws_cloudwatch_log_group: { kind: "log-group", name: "name" },
  aws_codebuild_project: { kind: "build-project", name: "name" },
  aws_default_security_group: { kind: "security-group", name: "name" },
  aws_ecr_repository: { kind: "repository", name: "name" },
  aws_ecrpublic_repository: { kind: "repository", name: "repository_name" },
  aws_ecs_cluster: { kind: "cluster", name: "name" },
  aws_ecs_express_gateway_service: { kind: "launch-point", name: "service_name" },
  aws_ecs_service: { kind: "launch-point", name: "name" },
  aws_ecs_task_definition: { kind: "task-definition", name: "family" },
  aws_ecs_task_set: { kind: "launch-point", name: "external_id" },
  aws_iam_policy: { kind: "policy", name: "name" },
  aws_iam_role: { kind: "role", name: "name" },
  aws_kms_external_key: { kind: "key", name: "description" },
  aws_kms_key: { kind: "key", name: "description" },
  aws_kms_replica_key: { kind: "key", name: "description" },
  aws_lambda_function: { kind: "function", name: "function_name" },
  aws_lb: { kind: "load-balancer", name: "name" },
  aws_scheduler_schedule: { kind: "launch-point", name: "name" },
  aws_secretsmanager_secret: { kind: "secret", name: "name" },
  aws_security_group: { kind: "security-group", name: "name" },
  aws_ssm_parameter: { kind: "secret", name: "name" },
};

/** The resource types that only say more about a node, each with the attribute that names it. */
const parts: Readonly<Record<string, string>> = {
  aws_codebuild_webhook: "project_name",
  aws_ecr_lifecycle_policy: "repository",
  aws_ecr_repository_policy: "repository",
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_iam_role_policy_attachments_exclusive: "role_name",
  aws_kms_alias: "target_key_id",
  aws_lambda_permission: "function_name",
  aws_secretsmanager_secret_policy: "secret_arn",
  aws_secretsmanager_secret_rotation: "secret_id",
  aws_secretsmanager_secret_version: "secret_id",
  aws_security_group_rule: "security_group_id",
  aws_vpc_security_group_egress_rule: "security_group_id",
  aws_vpc_security_group_ingress_rule: "security_group_id",
};

/** The planned system as a graph. What only says more about a node is a part of it, and what it names the node names. */
export function reportSystem(plan: Plan, { all, launches }: Joins): ReportSystem {
  const joins = all("picture");
  // A target or a schedule that starts something else than tasks is none.
  const launching = new Set(launches().map(({ resource }) => resource));
  const redactor = createRedactor(plan.sensitive);
  const owners = ownersOf(joins);
  const links = joins
    .filter((join) => !isOwnership(join))
    .flatMap((join) => (join.isImage ? imageLinks : linksOf)(join, owners, redactor));
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]));
  const resources = plan.resources.filter(
    (resource) =>
      isDrawn(resource) && (isLaunchPointForSure(resource) || launching.has(resource) || linked.has(resource.address)),
  );
  const partsOf = new Map<string, string[]>();
  for (const [part, owner] of owners) getOrAdd(partsOf, owner, () => []).push(part);
  const outside = [...new Set(links.flatMap(({ to }) => (isImageId(to) ? [to] : [])))];
  const nodes = [
    ...resources.map((resource) => resourceNode(resource, partsOf.get(resource.address) ?? [], redactor)),
    ...outside.map((id) => imageNode(id)),
  ].sort((one, other) => compareText(`${one.kind} ${one.id}`, `${other.kind} ${other.id}`));
  const known = new Set(nodes.map(({ id }) => id));
  return {
    nodes,
    edges: merge(links.filter(({ from, to }) => from !== to && known.has(from) && known.has(to))),
    unknownLinks: untoldLinks(joins, known, owners),
  };
}

/** Targets and schedules may start anything: they are drawn where they start tasks or name something that is drawn. */
function isLaunchPointForSure({ type }: PlanResource): boolean {
  return type !== "aws_cloudwatch_event_target" && type !== "aws_scheduler_schedule";
}

function isDrawn({ type, mode, isAws, willExist }: PlanResource): boolean {
  return mode === "managed" && isAws && willExist && Object.hasOwn(drawn, type);
}

function isOwnership({ resource, path }: ResourceJoin): boolean {
  return Object.hasOwn(parts, resource.type) && parts[resource.type] === path;
}

/** The node of each part, by address; none where the plan does not tell one. */
function ownersOf(joins: readonly ResourceJoin[]): Map<string, string> {
  return new Map(
    joins.flatMap((each) =>
      isOwnership(each) && each.join.kind === "one"
        ? [[each.resource.address, each.join.match.resource.address] as const]
        : [],
    ),
  );
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly attribute: string;
  readonly certainty: SystemEdge["certainty"];
}

function linksOf(
  { resource, path, join }: ResourceJoin,
  owners: ReadonlyMap<string, string>,
  redactor: Redactor,
): Link[] {
  const owner = owners.get(resource.address);
  const attribute = redactor.text(path);
  const link = {
    from: owner ?? resource.address,
    attribute: owner === undefined ? attribute : `${resource.address} ${attribute}`,
  };
  const toAddress = (address: string) => owners.get(address) ?? address;
  if (join.kind === "one") return [{ ...link, to: toAddress(join.match.resource.address), certainty: "exact" }];
  if (join.kind !== "several") return [];
  return join.matches.map((match) => ({ ...link, to: toAddress(match.resource.address), certainty: "one-of" }));
}

const imagePrefix = "image ";

function isImageId(id: string): boolean {
  return id.startsWith(imagePrefix);
}

function imageLinks(image: ResourceJoin, owners: ReadonlyMap<string, string>, redactor: Redactor): Link[] {
  if (image.join.kind !== "none") return linksOf(image, owners, redactor);
  const name = imageName(image);
  if (name === null) return [];
  // A container's name may stand before the path of its image.
  const isHidden = isMarkedAt(image.resource.node, image.path.slice(image.path.lastIndexOf(": ") + 1).trim());
  const to = `${imagePrefix}${isHidden ? "(sensitive)" : redactor.text(name)}`;
  return [{ from: image.resource.address, to, attribute: redactor.text(image.path), certainty: "exact" }];
}

/** `docker.io/datadog/agent`; null where the plan tells none, or something that is no name of an image. */
function imageName({ value }: ResourceJoin): string | null {
  const image = typeof value === "string" ? parseImageReference(value) : null;
  return image === null ? null : `${image.registry}/${image.repository}`;
}

function resourceNode(resource: PlanResource, parts: readonly string[], redactor: Redactor): SystemNode {
  const { address, type, moduleAddress, action, node, name, key } = resource;
  const { kind, name: attribute } = drawn[type] ?? { kind: "policy", name: "name" };
  const named = ownMember(node.value, attribute);
  const isTold = typeof named === "string" && named !== "" && redactor.text(named) === named;
  return {
    id: address,
    address,
    type,
    kind,
    service: serviceOf(type),
    label: isTold ? named : `${name}${formatKey(key)}`,
    module: moduleAddress,
    action,
    parts: parts.toSorted(compareText),
  };
}

function imageNode(id: string): SystemNode {
  const label = id.slice(imagePrefix.length);
  return { id, address: null, type: null, kind: "image", service: null, label, module: "", action: null, parts: [] };
}

function merge(links: readonly Link[]): SystemEdge[] {
  const edges = new Map<string, { from: string; to: string; exact: boolean; attributes: Set<string> }>();
  for (const { from, to, attribute, certainty } of links) {
    const key = JSON.stringify([from, to]);
    const edge = edges.get(key) ?? { from, to, exact: false, attributes: new Set() };
    edge.exact ||= certainty === "exact";
    edge.attributes.add(attribute);
    edges.set(key, edge);
  }
  return [...edges.values()]
    .map(({ from, to, exact, attributes }) => ({
      from,
      to,
      attributes: [...attributes].sort(compareText),
      certainty: exact ? ("exact" as const) : ("one-of" as const),
    }))
    .sort((one, other) => compareText(one.from, other.from) || compareText(one.to, other.to));
}

/** What names something that would be drawn, without the plan telling what; parts of which no node is known too. */
function untoldLinks(
  joins: readonly ResourceJoin[],
  nodes: ReadonlySet<string>,
  owners: ReadonlyMap<string, string>,
): number {
  return joins.filter((each) => {
    const { resource, to, join } = each;
    if (!Object.hasOwn(drawn, to)) return false;
    const isPart = Object.hasOwn(parts, resource.type);
    if (!isPart && !nodes.has(owners.get(resource.address) ?? resource.address)) return false;
    if (isOwnership(each) && join.kind === "several") return true;
    return join.kind === "unknown" || (join.kind === "none" && each.isImage && imageName(each) === null);
  }).length;
}
