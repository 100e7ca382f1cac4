import { compareText } from "../../engine/compare-text.ts";
import { isJsonObject } from "../../engine/plan/json.ts";
import type { StateObject } from "./state.ts";

/** How AWS gives back what it was given. */

type Attributes = StateObject["attributes"];

/** The objects as they are after a refresh: with copies of each other, and with texts as AWS writes them. */
export function asAwsHolds(objects: readonly StateObject[]): StateObject[] {
  const ofType = (type: string) => objects.filter((object) => object.type === type).map(({ attributes }) => attributes);
  return objects.map((object) => {
    const copies = copiesOf[object.type]?.(object.attributes, ofType) ?? {};
    const missing = Object.entries(copies).filter(([name]) => isNothing(object.attributes[name]));
    return { ...object, attributes: { ...asWritten(object.type, object.attributes), ...Object.fromEntries(missing) } };
  });
}

function isNothing(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

type Copies = (own: Attributes, ofType: (type: string) => Attributes[]) => Attributes;

const groupCopies: Copies = ({ id }, ofType) => {
  const older = ofType("aws_security_group_rule").filter((rule) => rule["security_group_id"] === id);
  const newer = (direction: string) =>
    ofType(`aws_vpc_security_group_${direction}_rule`).filter((rule) => rule["security_group_id"] === id);
  const rules = (direction: string) =>
    merged([
      ...older.filter(({ type }) => type === direction).map((rule) => fromOlder(rule)),
      ...newer(direction).map((rule) => fromNewer(rule)),
    ]);
  return { ingress: rules("ingress"), egress: rules("egress") };
};

const routeCopies: Copies = ({ id }, ofType) => ({
  route: ofType("aws_route")
    .filter((route) => route["route_table_id"] === id)
    .map((route) => ({
      ...noRoute,
      cidr_block: route["destination_cidr_block"] ?? "",
      ipv6_cidr_block: route["destination_ipv6_cidr_block"] ?? "",
      gateway_id: route["gateway_id"] ?? "",
      nat_gateway_id: route["nat_gateway_id"] ?? "",
    })),
});

/** The types that hold copies, with what they hold. */
const copiesOf: Readonly<Record<string, Copies>> = {
  aws_security_group: groupCopies,
  aws_default_security_group: groupCopies,
  aws_iam_role: ({ name }, ofType) => ({
    inline_policy: ofType("aws_iam_role_policy")
      .filter(({ role }) => role === name)
      .map((policy) => ({ name: policy["name"], policy: policy["policy"] })),
    managed_policy_arns: [
      ...ofType("aws_iam_role_policy_attachment").filter(({ role }) => role === name),
      ...ofType("aws_iam_policy_attachment").filter(({ roles }) => Array.isArray(roles) && roles.includes(name)),
    ].map((attachment) => attachment["policy_arn"]),
  }),
  // Source: ECS API Reference, CreateService: without a launch type it is EC2, unless the cluster has a strategy.
  aws_ecs_service: ({ capacity_provider_strategy: strategy }, ofType) => ({
    launch_type: isNothing(strategy) && ofType("aws_ecs_cluster_capacity_providers").length === 0 ? "EC2" : "",
  }),
  aws_secretsmanager_secret: ({ arn }, ofType) => ({
    policy: ofType("aws_secretsmanager_secret_policy").find((policy) => policy["secret_arn"] === arn)?.["policy"] ?? "",
  }),
  aws_vpc_endpoint: ({ id }, ofType) => ({
    policy:
      ofType("aws_vpc_endpoint_policy").find((policy) => policy["vpc_endpoint_id"] === id)?.["policy"] ??
      '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
  }),
  aws_ec2_managed_prefix_list: ({ id }, ofType) => ({
    entry: ofType("aws_ec2_managed_prefix_list_entry")
      .filter((entry) => entry["prefix_list_id"] === id)
      .map(({ cidr, description }) => ({ cidr, description: description ?? "" })),
  }),
  aws_default_route_table: routeCopies,
  aws_route_table: routeCopies,
};

const noRoute = {
  carrier_gateway_id: "",
  core_network_arn: "",
  destination_prefix_list_id: "",
  egress_only_gateway_id: "",
  local_gateway_id: "",
  network_interface_id: "",
  transit_gateway_id: "",
  vpc_endpoint_id: "",
  vpc_peering_connection_id: "",
};

interface Rule {
  readonly protocol: unknown;
  readonly from_port: unknown;
  readonly to_port: unknown;
  readonly description: unknown;
  readonly cidr_blocks: readonly unknown[];
  readonly ipv6_cidr_blocks: readonly unknown[];
  readonly prefix_list_ids: readonly unknown[];
  readonly security_groups: readonly unknown[];
  readonly self: boolean;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : isNothing(value ?? null) ? [] : [value]);

function fromOlder(rule: Attributes): Rule {
  return {
    protocol: rule["protocol"],
    from_port: rule["protocol"] === "-1" ? 0 : rule["from_port"],
    to_port: rule["protocol"] === "-1" ? 0 : rule["to_port"],
    description: rule["description"] ?? "",
    cidr_blocks: list(rule["cidr_blocks"]),
    ipv6_cidr_blocks: list(rule["ipv6_cidr_blocks"]),
    prefix_list_ids: list(rule["prefix_list_ids"]),
    security_groups: list(rule["source_security_group_id"]),
    self: rule["self"] === true,
  };
}

function fromNewer(rule: Attributes): Rule {
  const isSelf = rule["referenced_security_group_id"] === rule["security_group_id"];
  return {
    protocol: rule["ip_protocol"],
    from_port: rule["ip_protocol"] === "-1" ? 0 : rule["from_port"],
    to_port: rule["ip_protocol"] === "-1" ? 0 : rule["to_port"],
    description: rule["description"] ?? "",
    cidr_blocks: list(rule["cidr_ipv4"]),
    ipv6_cidr_blocks: list(rule["cidr_ipv6"]),
    prefix_list_ids: list(rule["prefix_list_id"]),
    security_groups: isSelf ? [] : list(rule["referenced_security_group_id"]),
    self: isSelf,
  };
}

/** Rules of one protocol with the same ports are one element. */
function merged(rules: readonly Rule[]): Rule[] {
  const elements = new Map<string, Rule>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.protocol, rule.from_port, rule.to_port, rule.description]);
    const found = elements.get(key);
    elements.set(
      key,
      found === undefined
        ? rule
        : {
            ...found,
            cidr_blocks: [...found.cidr_blocks, ...rule.cidr_blocks],
            ipv6_cidr_blocks: [...found.ipv6_cidr_blocks, ...rule.ipv6_cidr_blocks],
            prefix_list_ids: [...found.prefix_list_ids, ...rule.prefix_list_ids],
            security_groups: [...found.security_groups, ...rule.security_groups],
            self: found.self || rule.self,
          },
    );
  }
  return [...elements.values()];
}

/** The attributes that hold JSON, and how AWS gives that back. */
const texts: Readonly<Record<string, Readonly<Record<string, (value: unknown) => unknown>>>> = {
  aws_ecr_lifecycle_policy: { policy: sorted },
  aws_ecr_registry_policy: { policy: policyForm },
  aws_ecr_repository_policy: { policy: policyForm },
  aws_ecs_task_definition: { container_definitions: containersForm },
  aws_iam_group_policy: { policy: policyForm },
  aws_iam_policy: { policy: policyForm },
  aws_iam_role: { assume_role_policy: policyForm },
  aws_iam_role_policy: { policy: policyForm },
  aws_iam_user_policy: { policy: policyForm },
  aws_kms_key: { policy: policyForm },
  aws_secretsmanager_secret_policy: { policy: policyForm },
  aws_sns_topic_policy: { policy: policyForm },
  aws_vpc_endpoint: { policy: policyForm },
  aws_vpc_endpoint_policy: { policy: policyForm },
};

/** The attributes of a resource with their texts as AWS writes them. */
export function asWritten(type: string, attributes: Attributes): Attributes {
  const changed = Object.entries(texts[type] ?? {}).flatMap(([name, form]) => {
    const text = attributes[name];
    return typeof text === "string" && text !== "" ? [[name, rewritten(text, form)]] : [];
  });
  return { ...attributes, ...Object.fromEntries(changed) };
}

function rewritten(text: string, form: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(form(JSON.parse(text)));
  } catch {
    return text;
  }
}

/** With the keys of all objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => compareText(one, other));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}

/** Source: ECS API Reference, DescribeTaskDefinition: what is not given comes back as zero or empty, and lists by name. */
function containersForm(value: unknown): unknown {
  return Array.isArray(value) ? value.map(containerForm) : value;
}

function containerForm(container: unknown): unknown {
  if (!isJsonObject(container)) return container;
  const given = Object.entries(container).filter(([, part]) => part !== null);
  const full: Record<string, unknown> = {
    cpu: 0,
    environment: [],
    essential: true,
    mountPoints: [],
    portMappings: [],
    systemControls: [],
    volumesFrom: [],
    ...Object.fromEntries(given),
  };
  const named = ["environment", "secrets"].flatMap((name) =>
    Array.isArray(full[name]) ? [[name, byName(full[name])]] : [],
  );
  return sorted({ ...full, ...Object.fromEntries(named) });
}

function byName(elements: readonly unknown[]): unknown[] {
  const nameOf = (element: unknown) => (isJsonObject(element) ? String(element["name"]) : "");
  return elements.toSorted((one, other) => compareText(nameOf(one), nameOf(other)));
}

/**
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language" (a list of one is the one) and "AWS JSON policy elements:
 * Principal" (an account is saved as the ARN of its root).
 */
function policyForm(document: unknown): unknown {
  const form = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) {
      const parts = value.map((part: unknown) => form(part, key));
      if (!parts.every((part) => typeof part === "string")) return parts;
      return parts.length === 1 ? parts[0] : parts.toSorted(compareText);
    }
    if (isJsonObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, form(part, name)]));
    return key === "AWS" && typeof value === "string" && /^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value;
  };
  return sorted(form(document, ""));
}
