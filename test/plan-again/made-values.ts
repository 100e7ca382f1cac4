import { createHash } from "node:crypto";

/** What AWS and the provider make of an object: its ARN, its id, and the defaults that they fill in. */

const account = "111122223333";
const region = "eu-west-1";

type Values = Readonly<Record<string, unknown>>;

/** Hexadecimal digits that are the same for the same text. */
export function digits(text: string, count: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, count);
}

/** The ARNs of objects, with the attributes in braces. Source: AWS Service Authorization Reference. */
const arns: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_rule: "events:R:A:rule/{name}",
  aws_cloudwatch_log_group: "logs:R:A:log-group:{name}",
  aws_codebuild_project: "codebuild:R:A:project/{name}",
  aws_ecr_repository: "ecr:R:A:repository/{name}",
  aws_ecs_cluster: "ecs:R:A:cluster/{name}",
  aws_ecs_service: "ecs:R:A:service/main/{name}",
  aws_ecs_task_definition: "ecs:R:A:task-definition/{family}:1",
  aws_iam_group: "iam::A:group/{name}",
  aws_iam_policy: "iam::A:policy/{name}",
  aws_iam_role: "iam::A:role/{name}",
  aws_iam_user: "iam::A:user/{name}",
  aws_kms_key: "kms:R:A:key/#",
  aws_lambda_function: "lambda:R:A:function:{function_name}",
  aws_lb: "elasticloadbalancing:R:A:loadbalancer/app/{name}/#",
  aws_scheduler_schedule: "scheduler:R:A:schedule/default/{name}",
  aws_secretsmanager_secret: "secretsmanager:R:A:secret:{name}-AbCdEf",
  aws_sns_topic: "sns:R:A:{name}",
  aws_sqs_queue: "sqs:R:A:{name}",
  aws_ssm_parameter: "ssm:R:A:parameter{name}",
};

/** The beginnings of the ids of EC2. */
const prefixes: Readonly<Record<string, string>> = {
  aws_default_security_group: "sg",
  aws_internet_gateway: "igw",
  aws_route_table: "rtb",
  aws_route_table_association: "rtbassoc",
  aws_security_group: "sg",
  aws_security_group_rule: "sgrule",
  aws_subnet: "subnet",
  aws_vpc: "vpc",
  aws_vpc_endpoint: "vpce",
  aws_vpc_security_group_egress_rule: "sgr",
  aws_vpc_security_group_ingress_rule: "sgr",
};

/** Types whose id is their ARN, and those whose id is another of their attributes. */
const ids: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_rule: "name",
  aws_cloudwatch_log_group: "name",
  aws_codebuild_project: "arn",
  aws_ecr_repository: "name",
  aws_ecs_cluster: "arn",
  aws_ecs_service: "arn",
  aws_ecs_task_definition: "family",
  aws_iam_group: "name",
  aws_iam_policy: "arn",
  aws_iam_role: "name",
  aws_iam_user: "name",
  aws_kms_alias: "name",
  aws_lambda_function: "function_name",
  aws_lb: "arn",
  aws_secretsmanager_secret: "arn",
  aws_secretsmanager_secret_policy: "secret_arn",
  aws_ssm_parameter: "name",
};

/** What AWS takes for arguments that are not written, where it is not an empty text. */
const defaults: Readonly<Record<string, Values>> = {
  aws_cloudwatch_event_rule: { is_enabled: true, state: "ENABLED" },
  aws_ecs_service: { launch_type: "EC2", cluster: `arn:aws:ecs:${region}:${account}:cluster/default` },
  aws_ecs_task_definition: { network_mode: "bridge" },
  aws_ssm_parameter: { data_type: "text", tier: "Standard" },
};

/** A value for an attribute that the provider computes; undefined where none is known of it. */
export function madeText(type: string, address: string, attribute: string, values: Values): string | undefined {
  const given = defaults[type]?.[attribute];
  if (typeof given === "string") return given;
  const text = (name: string) => {
    const value = values[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  if (attribute === "name") return `${text("name_prefix") ?? "terraform-"}20260101000000000000000001`;
  if (type === "aws_vpc" && attribute === "cidr_block") return "10.200.0.0/16";
  if (attribute === "registry_id" || attribute === "owner_id") return account;
  if (attribute === "key_id" && type === "aws_kms_key") return keyId(address);
  if (attribute === "repository_url") return `${account}.dkr.ecr.${region}.amazonaws.com/${text("name")}`;
  if (attribute === "arn") {
    const form = arns[type] ?? `${type.replace(/^aws_/, "").replace(/_.*/, "")}:R:A:${type}/#`;
    const named = form.replace(
      /\{(\w+)\}/,
      (_, name: string) => text(name) ?? madeText(type, address, name, values) ?? "",
    );
    return `arn:aws:${named.replace("R:A", `${region}:${account}`).replace("::A:", `::${account}:`).replace("#", keyId(address))}`;
  }
  if (attribute === "id") {
    const other = ids[type];
    if (other !== undefined) return text(other) ?? madeText(type, address, other, values);
    const prefix = prefixes[type];
    return prefix === undefined ? digits(address, 16) : `${prefix}-0${digits(address, 16)}`;
  }
  return undefined;
}

/** What AWS takes for an argument that is not a text. */
export function madeValue(type: string, attribute: string): unknown {
  return defaults[type]?.[attribute];
}

function keyId(address: string): string {
  const all = digits(address, 32);
  return [all.slice(0, 8), all.slice(8, 12), all.slice(12, 16), all.slice(16, 20), all.slice(20)].join("-");
}
