import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { normalise } from "../../engine/model/model.ts";
import { copiedAttributes } from "../../engine/plan/copied-attributes.ts";
import { readPlan } from "../../engine/plan/read.ts";
import { inWorkspace, missingForPlans } from "../../fixtures/plan.ts";
import { planDocument } from "../check-fixture.ts";
import { unless } from "../needs.ts";
import { type ResourceSchema, readSchemas } from "../plan-again/schema.ts";
import { isThorough } from "../thorough.ts";

// The table of copies against the schema of the provider, of which `provider-schema.txt` holds a line for each type.

const listed = fileURLToPath(new URL("./provider-schema.txt", import.meta.url));
const provider = "registry.terraform.io/hashicorp/aws";
const missing = isThorough
  ? missingForPlans()
  : "need npm run test:thorough, as Terraform takes seconds for the schema";

const modelledTypes = Object.keys(normalise(readPlan(planDocument("destroy"))));

/** Those whose attributes are judged, those that hold copies, and those that own what is copied. */
const types = [
  ...new Set([
    ...modelledTypes,
    ...copiedAttributes.flatMap((row) => [...row.types, ...row.owners.map((owner) => owner.type)]),
  ]),
]
  .filter((type) => type.startsWith("aws_"))
  .sort();

/** Types that the version of the provider which is at hand does not have. */
const newer = ["aws_ecs_express_gateway_service"];

/** What of a type somebody may write: `name*` where the provider computes it otherwise, `name{}` for a block. */
function line(type: string, { block }: ResourceSchema): string {
  const attributes = Object.entries(block.attributes)
    .filter(([, { optional, required }]) => optional === true || required === true)
    .map(([name, { computed }]) => `${name}${computed === true ? "*" : ""}`);
  return [`${type}:`, ...attributes, ...Object.keys(block.block_types).map((name) => `${name}{}`)].join(" ");
}

describe("the schema of the provider", unless(missing === null, missing ?? ""), () => {
  it("is what is committed", { timeout: 300_000 }, async () => {
    const lay = async (work: string) => {
      const folder = join(work, "root");
      mkdirSync(folder);
      writeFileSync(
        join(folder, "main.tf"),
        'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n',
      );
      return folder;
    };
    const schemas = await inWorkspace(lay, async (workspace) => readSchemas(workspace.schemas()));
    const lines = types.filter((type) => !newer.includes(type)).map((type) => line(type, schemas(provider, type)));
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(listed);
  });
});

/** By type what somebody may write, each with whether the provider computes it otherwise. */
const schema = new Map(
  readFileSync(listed, "utf8")
    .trim()
    .split("\n")
    .map((text) => {
      const [type = "", ...names] = text.split(/:? /);
      return [type, new Map(names.map((name) => [name.replace(/\*|\{\}/, ""), name.endsWith("*")]))] as const;
    }),
);

/**
 * What the provider computes where nobody writes it, and is no copy of another resource, by why it is none. A name without
 * a type is one of every type.
 */
const noCopies: Readonly<Record<string, readonly string[]>> = {
  "a name or an id that AWS or the provider makes": [
    "id",
    "name",
    "name_prefix",
    "identifier",
    "identifier_prefix",
    "statement_id",
    "statement_id_prefix",
    "target_id",
    "external_id",
    "aws_ssm_parameter.arn",
    "group_name",
  ],
  "tags, with those of the provider's configuration": ["tags_all"],
  "what AWS takes by default, or finds for itself": [
    "architectures",
    "auto_enable",
    "auto_enable_organization_members",
    "availability_zone",
    "availability_zone_id",
    "cidr_block",
    "cluster",
    "data_type",
    "description",
    "enable_dns_hostnames",
    "enable_fault_injection",
    "enable_network_address_usage_metrics",
    "enabled",
    "encryption_key",
    "enforce_security_group_inbound_rules_on_private_link_traffic",
    "finding_publishing_frequency",
    "iam_role",
    "internal",
    "ip_address_type",
    "ipv6_cidr_block",
    "ipv6_cidr_block_network_border_group",
    "key_id",
    "launch_type",
    "log_group_class",
    "multi_region",
    "network_interface_id",
    "network_mode",
    "platform_version",
    "private_dns_enabled",
    "private_dns_hostname_type_on_launch",
    "rotation_period_in_days",
    "aws_lb.security_groups",
    "service_region",
    "source_code_hash",
    "source_security_group_id",
    "subnets",
    "tier",
    "triggers",
    "version_stages",
    "aws_default_security_group.vpc_id",
    "aws_security_group.vpc_id",
    "aws_vpc_endpoint_policy.policy",
  ],
  "one of two arguments for the same": ["insecure_value", "value"],
  "a setting of a database, of which only the passwords are judged": [
    "allocated_storage",
    "backup_retention_period",
    "backup_target",
    "backup_window",
    "ca_cert_identifier",
    "character_set_name",
    "database_insights_mode",
    "db_name",
    "db_subnet_group_name",
    "domain_fqdn",
    "engine",
    "engine_lifecycle_support",
    "engine_version",
    "iops",
    "kms_key_id",
    "license_model",
    "maintenance_window",
    "master_user_secret_kms_key_id",
    "monitoring_role_arn",
    "multi_az",
    "nchar_character_set_name",
    "network_type",
    "option_group_name",
    "parameter_group_name",
    "performance_insights_kms_key_id",
    "performance_insights_retention_period",
    "port",
    "replica_mode",
    "snapshot_identifier",
    "storage_throughput",
    "storage_type",
    "timezone",
    "username",
    "vpc_security_group_ids",
  ],
};

describe("the table of copies", () => {
  it("names what the provider has", () => {
    const wrong = copiedAttributes.flatMap(({ types: holders, attribute, owners }) => [
      ...holders.filter((type) => schema.get(type)?.has(attribute) !== true).map((type) => `${type}.${attribute}`),
      ...owners.flatMap(({ type, names, part, only }) => {
        const own = [
          names,
          only?.attribute,
          ...("attribute" in part ? [part.attribute] : []),
          ...("members" in part ? Object.values(part.members) : []),
        ].filter((name) => typeof name === "string");
        return own.filter((name) => schema.get(type)?.has(name) !== true).map((name) => `${type}.${name}`);
      }),
    ]);
    expect(wrong).toEqual([]);
  });

  it("holds every attribute of a judged type that the provider computes, or the list of what is no copy does", () => {
    const table = new Set(copiedAttributes.flatMap((row) => row.types.map((type) => `${type}.${row.attribute}`)));
    const none = new Set(Object.values(noCopies).flat());
    const computed = modelledTypes.flatMap((type) =>
      [...(schema.get(type) ?? [])].flatMap(([name, isComputed]) => (isComputed ? [{ type, name }] : [])),
    );
    const open = computed.filter(
      ({ type, name }) => !table.has(`${type}.${name}`) && !none.has(name) && !none.has(`${type}.${name}`),
    );
    expect(open.map(({ type, name }) => `${type}.${name}`)).toEqual([]);
    const known = new Set(computed.flatMap(({ type, name }) => [name, `${type}.${name}`]));
    expect([...none].filter((name) => !known.has(name))).toEqual([]);
    expect([...none].filter((name) => table.has(name))).toEqual([]);
  });
});
