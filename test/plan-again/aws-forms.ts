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
    return { ...object, attributes: { ...written(object), ...Object.fromEntries(missing) } };
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
  aws_secretsmanager_secret: ({ arn }, ofType) => ({
    policy: ofType("aws_secretsmanager_secret_policy").find((policy) => policy["secret_arn"] === arn)?.["policy"] ?? "",
  }),
  aws_vpc_endpoint: ({ id }, ofType) => ({
    policy:
      ofType("aws_vpc_endpoint_policy").find((policy) => policy["vpc_endpoint_id"] === id)?.["policy"] ??
      '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
  }),
  aws_route_table: ({ id }, ofType) => ({
    route: ofType("aws_route")
      .filter((route) => route["route_table_id"] === id)
      .map((route) => ({
        ...noRoute,
        cidr_block: route["destination_cidr_block"] ?? "",
        ipv6_cidr_block: route["destination_ipv6_cidr_block"] ?? "",
        gateway_id: route["gateway_id"] ?? "",
        nat_gateway_id: route["nat_gateway_id"] ?? "",
      })),
  }),
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

/** Texts in the form in which AWS gives them back. */
function written({ type, attributes }: StateObject): Attributes {
  const containers = attributes["container_definitions"];
  if (type === "aws_ecs_task_definition" && typeof containers === "string")
    return { ...attributes, container_definitions: rewritten(containers, containerForm) };
  if (!type.startsWith("aws_iam_")) return attributes;
  const policies = ["policy", "assume_role_policy"].flatMap((name) => {
    const text = attributes[name];
    return typeof text === "string" && text !== "" ? [[name, rewritten(text, policyForm)]] : [];
  });
  return { ...attributes, ...Object.fromEntries(policies) };
}

function rewritten(text: string, form: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(form(JSON.parse(text)));
  } catch {
    return text;
  }
}

/** Source: ECS API Reference, DescribeTaskDefinition: what is not given comes back as zero or empty. */
function containerForm(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((container: unknown) =>
    isJsonObject(container)
      ? {
          cpu: 0,
          environment: [],
          mountPoints: [],
          portMappings: [],
          systemControls: [],
          volumesFrom: [],
          ...container,
        }
      : container,
  );
}

/** Source: IAM User Guide, "IAM JSON policy grammar": a list of one is the one. */
function policyForm(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length === 1 && typeof value[0] === "string" ? value[0] : value.map(policyForm);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, policyForm(part)]));
}
