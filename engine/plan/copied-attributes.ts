/** Which part of a copy an owner holds. */
type OwnedPart =
  | { readonly kind: "whole" }
  /** One element: its members, each with the attribute of the owner that says the same. */
  | { readonly kind: "element"; readonly members: Readonly<Record<string, string>> }
  /** One text of a list: the attribute of the owner that holds it. */
  | { readonly kind: "text"; readonly attribute: string }
  /** Every element whose `member` the owner's list does not hold: the owner takes it away. */
  | { readonly kind: "others"; readonly member: string; readonly attribute: string }
  /** Sources or destinations of a security group: AWS puts those of several rules into one element. */
  | { readonly kind: "sources" };

/** A type whose resources hold what the copy repeats. */
export interface CopyOwner {
  readonly type: string;
  /** The attribute that names the resource with the copy; null for an owner that speaks for all resources of that type. */
  readonly names: string | null;
  readonly part: OwnedPart;
  /** Only those owners whose attribute has this value, where the type makes several sorts of things. */
  readonly only?: { readonly attribute: string; readonly value: unknown };
  /** Whether it takes away what it does not list. With it gone nothing changes in AWS. */
  readonly isExclusive?: boolean;
}

/** An attribute that the provider fills, where nobody writes it, with what other resources hold. */
export interface CopiedAttribute {
  /** The types that have the attribute. */
  readonly types: readonly string[];
  readonly attribute: string;
  readonly owners: readonly CopyOwner[];
  /**
   * Whether policies of the pack judge what it holds at the owner. Where they do not, policies of a team may look at the
   * copy, which stays as long as it is true.
   */
  readonly isJudgedAtOwner: boolean;
}

const whole = { kind: "whole" } as const;
const text = (attribute: string): OwnedPart => ({ kind: "text", attribute });

/** All of the attribute is what one other resource holds. */
function copyOf(type: string, attribute: string, owner: string, names: string): CopiedAttribute {
  return { types: [type], attribute, owners: [{ type: owner, names, part: whole }], isJudgedAtOwner: false };
}

/** Each text of the list is what one other resource holds. */
function listOf(type: string, attribute: string, owner: string, names: string, value: string): CopiedAttribute {
  return { types: [type], attribute, owners: [{ type: owner, names, part: text(value) }], isJudgedAtOwner: false };
}

function groupRules(attribute: "ingress" | "egress"): CopiedAttribute {
  const part = { kind: "sources" } as const;
  const names = "security_group_id";
  return {
    types: ["aws_security_group", "aws_default_security_group"],
    attribute,
    owners: [
      { type: "aws_security_group_rule", names, part, only: { attribute: "type", value: attribute } },
      { type: `aws_vpc_security_group_${attribute}_rule`, names, part },
    ],
    isJudgedAtOwner: true,
  };
}

function networkAclRules(attribute: "ingress" | "egress"): CopiedAttribute {
  const part = { kind: "element", members: { rule_no: "rule_number" } } as const;
  const only = { attribute: "egress", value: attribute === "egress" };
  return {
    types: ["aws_network_acl"],
    attribute,
    owners: [{ type: "aws_network_acl_rule", names: "network_acl_id", part, only }],
    isJudgedAtOwner: false,
  };
}

const bucketParts = {
  policy: "policy",
  acl: "acl",
  grant: "acl",
  logging: "logging",
  versioning: "versioning",
  server_side_encryption_configuration: "server_side_encryption_configuration",
  lifecycle_rule: "lifecycle_configuration",
  cors_rule: "cors_configuration",
  website: "website_configuration",
  replication_configuration: "replication_configuration",
  object_lock_configuration: "object_lock_configuration",
  acceleration_status: "accelerate_configuration",
  request_payer: "request_payment_configuration",
} as const;

/**
 * The optional attributes of the provider's schema that it computes as copies of other resources. Source: the provider's
 * schema, and the notes on conflicting resources in the documentation of each type.
 */
export const copiedAttributes: readonly CopiedAttribute[] = [
  groupRules("ingress"),
  groupRules("egress"),
  {
    types: ["aws_iam_role"],
    attribute: "inline_policy",
    owners: [
      { type: "aws_iam_role_policy", names: "role", part: { kind: "element", members: { name: "name" } } },
      {
        type: "aws_iam_role_policies_exclusive",
        names: "role_name",
        part: { kind: "others", member: "name", attribute: "policy_names" },
        isExclusive: true,
      },
    ],
    isJudgedAtOwner: true,
  },
  {
    types: ["aws_iam_role"],
    attribute: "managed_policy_arns",
    owners: [
      { type: "aws_iam_role_policy_attachment", names: "role", part: text("policy_arn") },
      { type: "aws_iam_role_policy_attachments_exclusive", names: "role_name", part: whole, isExclusive: true },
      // It detaches its policy from all roles, users and groups that it does not list.
      { type: "aws_iam_policy_attachment", names: null, part: text("policy_arn") },
    ],
    isJudgedAtOwner: true,
  },
  {
    types: ["aws_secretsmanager_secret"],
    attribute: "policy",
    owners: [{ type: "aws_secretsmanager_secret_policy", names: "secret_arn", part: whole }],
    isJudgedAtOwner: true,
  },
  {
    types: ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"],
    attribute: "policy",
    owners: [{ type: "aws_kms_key_policy", names: "key_id", part: whole }],
    isJudgedAtOwner: true,
  },
  {
    types: ["aws_route_table", "aws_default_route_table"],
    attribute: "route",
    owners: [
      { cidr_block: "destination_cidr_block" },
      { ipv6_cidr_block: "destination_ipv6_cidr_block" },
      { destination_prefix_list_id: "destination_prefix_list_id" },
    ].map((members) => ({ type: "aws_route", names: "route_table_id", part: { kind: "element", members } })),
    isJudgedAtOwner: true,
  },
  {
    types: ["aws_ec2_managed_prefix_list"],
    attribute: "entry",
    owners: [
      {
        type: "aws_ec2_managed_prefix_list_entry",
        names: "prefix_list_id",
        part: { kind: "element", members: { cidr: "cidr" } },
      },
    ],
    isJudgedAtOwner: true,
  },
  {
    types: ["aws_vpc_endpoint"],
    attribute: "policy",
    owners: [{ type: "aws_vpc_endpoint_policy", names: "vpc_endpoint_id", part: whole }],
    isJudgedAtOwner: true,
  },
  ...(["ingress", "egress"] as const).map(networkAclRules),
  listOf("aws_network_acl", "subnet_ids", "aws_network_acl_association", "network_acl_id", "subnet_id"),
  listOf(
    "aws_route_table",
    "propagating_vgws",
    "aws_vpn_gateway_route_propagation",
    "route_table_id",
    "vpn_gateway_id",
  ),
  ...[
    ["route_table_ids", "aws_vpc_endpoint_route_table_association", "route_table_id"],
    ["subnet_ids", "aws_vpc_endpoint_subnet_association", "subnet_id"],
    ["security_group_ids", "aws_vpc_endpoint_security_group_association", "security_group_id"],
  ].map(([attribute = "", owner = "", value = ""]) =>
    listOf("aws_vpc_endpoint", attribute, owner, "vpc_endpoint_id", value),
  ),
  listOf(
    "aws_vpc_endpoint_service",
    "allowed_principals",
    "aws_vpc_endpoint_service_allowed_principal",
    "vpc_endpoint_service_id",
    "principal_arn",
  ),
  listOf(
    "aws_network_interface",
    "security_groups",
    "aws_network_interface_sg_attachment",
    "network_interface_id",
    "security_group_id",
  ),
  copyOf("aws_internet_gateway", "vpc_id", "aws_internet_gateway_attachment", "internet_gateway_id"),
  copyOf("aws_vpn_gateway", "vpc_id", "aws_vpn_gateway_attachment", "vpn_gateway_id"),
  ...Object.entries(bucketParts).map(([attribute, suffix]) =>
    copyOf("aws_s3_bucket", attribute, `aws_s3_bucket_${suffix}`, "bucket"),
  ),
  copyOf("aws_s3_access_point", "policy", "aws_s3control_access_point_policy", "access_point_arn"),
  ...["policy", "redrive_policy", "redrive_allow_policy"].map((attribute) =>
    copyOf("aws_sqs_queue", attribute, `aws_sqs_queue_${attribute}`, "queue_url"),
  ),
  copyOf("aws_sns_topic", "policy", "aws_sns_topic_policy", "arn"),
  copyOf("aws_api_gateway_rest_api", "policy", "aws_api_gateway_rest_api_policy", "rest_api_id"),
  ...["aws_opensearch_domain", "aws_elasticsearch_domain"].map((type) =>
    copyOf(type, "access_policies", `${type}_policy`, "domain_name"),
  ),
  listOf("aws_rds_cluster", "iam_roles", "aws_rds_cluster_role_association", "db_cluster_identifier", "role_arn"),
  copyOf("aws_redshift_cluster", "iam_roles", "aws_redshift_cluster_iam_roles", "cluster_identifier"),
  listOf(
    "aws_autoscaling_group",
    "target_group_arns",
    "aws_autoscaling_attachment",
    "autoscaling_group_name",
    "lb_target_group_arn",
  ),
  listOf("aws_autoscaling_group", "load_balancers", "aws_autoscaling_attachment", "autoscaling_group_name", "elb"),
  listOf("aws_elb", "instances", "aws_elb_attachment", "elb", "instance"),
];
