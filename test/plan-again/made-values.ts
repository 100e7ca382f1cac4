import { createHash } from "node:crypto";

/** What AWS and the provider make of an object: its ARN, its id, and the defaults that they fill in. */

const account = "111122223333";

type Values = Readonly<Record<string, unknown>>;

/** Hexadecimal digits that are the same for the same text. */
export function digits(text: string, count: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, count);
}

/** The ARNs of objects, with the attributes in braces. Source: AWS Service Authorization Reference. */
const arns: Readonly<Record<string, string>> = {
  aws_acm_certificate: "acm:R:A:certificate/#",
  aws_alb: "elasticloadbalancing:R:A:loadbalancer/app/{name}/#",
  aws_autoscaling_group: "autoscaling:R:A:autoScalingGroup:#:autoScalingGroupName/{name}",
  aws_cloudtrail: "cloudtrail:R:A:trail/{name}",
  aws_cloudwatch_event_rule: "events:R:A:rule/{name}",
  aws_cloudwatch_log_group: "logs:R:A:log-group:{name}",
  aws_codebuild_project: "codebuild:R:A:project/{name}",
  aws_codebuild_source_credential: "codebuild:R:A:token/github",
  aws_db_instance: "rds:R:A:db:{identifier}",
  aws_ecr_repository: "ecr:R:A:repository/{name}",
  aws_ecrpublic_repository: "ecr-public::A:repository/{repository_name}",
  aws_ecs_capacity_provider: "ecs:R:A:capacity-provider/{name}",
  aws_ecs_cluster: "ecs:R:A:cluster/{name}",
  aws_ecs_service: "ecs:R:A:service/main/{name}",
  aws_ecs_task_definition: "ecs:R:A:task-definition/{family}:1",
  aws_efs_access_point: "elasticfilesystem:R:A:access-point/{id}",
  aws_efs_file_system: "elasticfilesystem:R:A:file-system/{id}",
  aws_flow_log: "ec2:R:A:vpc-flow-log/{id}",
  aws_guardduty_detector: "guardduty:R:A:detector/{id}",
  aws_iam_group: "iam::A:group/{name}",
  aws_iam_instance_profile: "iam::A:instance-profile/{name}",
  aws_iam_openid_connect_provider: "iam::A:oidc-provider/{url}",
  aws_iam_policy: "iam::A:policy/{name}",
  aws_iam_role: "iam::A:role/{name}",
  aws_iam_user: "iam::A:user/{name}",
  aws_kms_alias: "kms:R:A:{name}",
  aws_kms_key: "kms:R:A:key/#",
  aws_lambda_alias: "lambda:R:A:function:{function_name}:{name}",
  aws_lambda_function: "lambda:R:A:function:{function_name}",
  aws_launch_template: "ec2:R:A:launch-template/{id}",
  aws_lb: "elasticloadbalancing:R:A:loadbalancer/app/{name}/#",
  aws_lb_listener: "elasticloadbalancing:R:A:listener/app/main/#/#",
  aws_lb_target_group: "elasticloadbalancing:R:A:targetgroup/{name}/#",
  aws_s3_bucket: "s3:::{bucket}",
  aws_scheduler_schedule: "scheduler:R:A:schedule/default/{name}",
  aws_secretsmanager_secret: "secretsmanager:R:A:secret:{name}-AbCdEf",
  aws_sns_topic: "sns:R:A:{name}",
  aws_sqs_queue: "sqs:R:A:{name}",
  aws_ssm_parameter: "ssm:R:A:parameter/{name}",
  aws_vpc: "ec2:R:A:vpc/{id}",
};

/** The beginnings of the ids of EC2 and of what is numbered as there. */
const prefixes: Readonly<Record<string, string>> = {
  aws_default_subnet: "subnet",
  aws_efs_access_point: "fsap",
  aws_efs_file_system: "fs",
  aws_eip: "eipalloc",
  aws_flow_log: "fl",
  aws_internet_gateway: "igw",
  aws_launch_template: "lt",
  aws_main_route_table_association: "rtbassoc",
  aws_nat_gateway: "nat",
  aws_ec2_managed_prefix_list: "pl",
  aws_route_table: "rtb",
  aws_route_table_association: "rtbassoc",
  aws_security_group: "sg",
  aws_security_group_rule: "sgrule",
  aws_subnet: "subnet",
  aws_vpc: "vpc",
  aws_vpc_endpoint: "vpce",
  aws_vpc_peering_connection: "pcx",
  aws_vpc_security_group_egress_rule: "sgr",
  aws_vpc_security_group_ingress_rule: "sgr",
  aws_vpn_gateway: "vgw",
};

/** Types whose id is another of their attributes. */
const ids: Readonly<Record<string, string>> = {
  aws_acm_certificate: "arn",
  aws_alb: "arn",
  aws_autoscaling_group: "name",
  aws_cloudtrail: "arn",
  aws_cloudwatch_event_rule: "name",
  aws_cloudwatch_log_group: "name",
  aws_codebuild_project: "arn",
  aws_codebuild_webhook: "project_name",
  aws_db_subnet_group: "name",
  aws_default_route_table: "default_route_table_id",
  aws_ecr_lifecycle_policy: "repository",
  aws_ecr_pull_through_cache_rule: "ecr_repository_prefix",
  aws_ecr_repository: "name",
  aws_ecr_repository_creation_template: "prefix",
  aws_ecr_repository_policy: "repository",
  aws_ecrpublic_repository: "repository_name",
  aws_ecs_capacity_provider: "arn",
  aws_ecs_cluster: "arn",
  aws_ecs_cluster_capacity_providers: "cluster_name",
  aws_ecs_service: "arn",
  aws_ecs_task_definition: "family",
  aws_iam_group: "name",
  aws_iam_instance_profile: "name",
  aws_iam_openid_connect_provider: "arn",
  aws_iam_policy: "arn",
  aws_iam_role: "name",
  aws_iam_user: "name",
  aws_kms_alias: "name",
  aws_lambda_alias: "arn",
  aws_lambda_function: "function_name",
  aws_lb: "arn",
  aws_lb_listener: "arn",
  aws_lb_target_group: "arn",
  aws_s3_bucket: "bucket",
  aws_secretsmanager_secret: "arn",
  aws_secretsmanager_secret_policy: "secret_arn",
  aws_secretsmanager_secret_rotation: "secret_id",
  aws_sns_topic: "arn",
  aws_sns_topic_policy: "arn",
  aws_ssm_parameter: "name",
  aws_vpc_endpoint_policy: "vpc_endpoint_id",
};

/** Attributes that name what AWS makes along with an object. */
const companions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_vpc: { default_security_group_id: "sg", default_route_table_id: "rtb", main_route_table_id: "rtb" },
};

/** The beginnings of the unique ids of IAM. Source: IAM User Guide, "IAM identifiers". */
const uniqueIds: Readonly<Record<string, string>> = {
  aws_iam_group: "AGPA",
  aws_iam_instance_profile: "AIPA",
  aws_iam_role: "AROA",
  aws_iam_user: "AIDA",
};

/** What AWS takes for arguments that are not written, where it is not an empty text. */
const defaults: Readonly<Record<string, Values>> = {
  aws_cloudwatch_event_rule: { is_enabled: true, state: "ENABLED" },
  aws_ecs_service: { cluster: `arn:aws:ecs:eu-west-1:${account}:cluster/default` },
  aws_ecs_task_definition: { revision: 1 },
  aws_lambda_function: { version: "$LATEST" },
  aws_secretsmanager_secret_rotation: { rotation_enabled: true },
  aws_ssm_parameter: { data_type: "text", tier: "Standard" },
};

/** Which object is made, and where. */
export interface Origin {
  readonly type: string;
  readonly address: string;
  readonly region: string;
}

/** A value for an attribute that the provider computes; undefined where none is known of it. */
export function madeText(origin: Origin, attribute: string, values: Values): string | undefined {
  const { type, address, region } = origin;
  const given = defaults[type]?.[attribute];
  if (typeof given === "string") return given;
  const text = textIn(values);
  const companion = companions[type]?.[attribute];
  if (companion !== undefined) return `${companion}-0${digits(madeId(origin, values) ?? "", 16)}`;
  switch (attribute) {
    case "id":
      return madeId(origin, values);
    case "arn":
      return madeArn(origin, values);
    case "name":
      return `${text("name_prefix") ?? "terraform-"}20260101000000000000000001`;
    case "bucket":
      return `${text("bucket_prefix") ?? "terraform-"}20260101000000000000000001`;
    case "unique_id":
      return `${uniqueIds[type] ?? "A"}${digits(address, 17).toUpperCase()}`;
    case "registry_id":
    case "owner_id":
      return account;
    case "repository_url":
      return `${account}.dkr.ecr.${region}.amazonaws.com/${text("name")}`;
    case "cidr_block":
      return type === "aws_vpc" ? "10.200.0.0/16" : undefined;
    case "address":
      return type === "aws_db_instance" ? `main.${digits(address, 12)}.${region}.rds.amazonaws.com` : undefined;
    case "zone_id":
      return `Z${digits(address, 20).toUpperCase()}`;
    case "key_id":
      return type === "aws_kms_key" ? keyId(address) : undefined;
    default:
      return undefined;
  }
}

function textIn(values: Values): (name: string) => string | undefined {
  return (name) => {
    const value = values[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
}

function madeId(origin: Origin, values: Values): string | undefined {
  const { type, address } = origin;
  const text = textIn(values);
  // A VPC has one group of its own, which this resource adopts.
  if (type === "aws_default_security_group") return `sg-0${digits(text("vpc_id") ?? "", 16)}`;
  const other = ids[type];
  if (other !== undefined) return text(other) ?? madeText(origin, other, values);
  const prefix = prefixes[type];
  return prefix === undefined ? digits(address, 16) : `${prefix}-0${digits(address, 16)}`;
}

function madeArn(origin: Origin, values: Values): string {
  const { type, address, region } = origin;
  const form = arns[type] ?? `${type.replace(/^aws_/, "").replace(/_.*/, "")}:R:A:${type}/#`;
  const named = form.replace(/\{(\w+)\}/g, (_, name: string) =>
    ownName(textIn(values)(name) ?? madeText(origin, name, values) ?? ""),
  );
  return `arn:aws:${named.replace("R:A", `${region}:${account}`).replace("::A:", `::${account}:`).replaceAll("#", keyId(address))}`;
}

/** What AWS takes for an argument that is not a text. */
export function madeValue(type: string, attribute: string): unknown {
  return defaults[type]?.[attribute];
}

/** A function may be named by its ARN, and a parameter by its path. */
function ownName(text: string): string {
  return text.startsWith("arn:") ? text.slice(text.lastIndexOf(":") + 1) : text.replace(/^\/|^https:\/\//, "");
}

function keyId(address: string): string {
  const all = digits(address, 32);
  return [all.slice(0, 8), all.slice(8, 12), all.slice(12, 16), all.slice(16, 20), all.slice(20)].join("-");
}
