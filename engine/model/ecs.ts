import * as z from "zod";
import { Unknown } from "../plan/unknown.ts";
import { attribute, block, listOf, mapOf, onlyBlock } from "./attribute.ts";
import { containerDefinitions } from "./container-definitions.ts";

export const ecsTaskDefinition = {
  family: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  container_definitions: containerDefinitions,
  execution_role_arn: attribute(z.string()),
  task_role_arn: attribute(z.string()),
  network_mode: attribute(z.string(), { kind: "optional-computed" }),
  pid_mode: attribute(z.string()),
  ipc_mode: attribute(z.string()),
  requires_compatibilities: attribute(listOf(z.string()), { default: [] }),
  runtime_platform: onlyBlock({ operating_system_family: attribute(z.string(), { default: "LINUX" }) }),
  volume: block(
    {
      name: attribute(z.string()),
      host_path: attribute(z.string()),
      docker_volume_configuration: onlyBlock({
        driver: attribute(z.string(), { kind: "optional-computed", default: "local" }),
        driver_opts: attribute(mapOf(z.string()), { default: {} }),
        scope: attribute(z.string(), { kind: "optional-computed", default: "task" }),
        autoprovision: attribute(z.boolean(), { default: false }),
      }),
      efs_volume_configuration: onlyBlock({
        transit_encryption: attribute(z.string(), { default: "DISABLED" }),
        authorization_config: onlyBlock({
          access_point_id: attribute(z.string()),
          iam: attribute(z.string(), { default: "DISABLED" }),
        }),
      }),
    },
    { nesting: "set" },
  ),
};

const tags = z.record(z.string(), z.union([z.instanceof(Unknown), z.string().nullable()]));

/** The tags that are written, and those together with the default tags of the provider, where the plan tells them. */
const tagged = {
  tags: attribute(tags, { default: {} }),
  tags_all: attribute(tags, { kind: "computed" }),
};

const capacityProviderStrategy = block({ capacity_provider: attribute(z.string()) }, { nesting: "set" });

/** How a launch point places its tasks, in the terms that all kinds of launch points share. */
export const placement = {
  launch_type: attribute(z.string(), { kind: "optional-computed" }),
  capacity_provider_strategy: capacityProviderStrategy,
  platform_version: attribute(z.string(), { kind: "optional-computed" }),
  network_configuration: block({
    assign_public_ip: attribute(z.boolean(), { default: false }),
    security_groups: attribute(listOf(z.string()), { default: [] }),
    subnets: attribute(listOf(z.string()), { default: [] }),
  }),
  /** Hooks into a deployment exist since provider 6. */
  deployment_configuration: onlyBlock({
    lifecycle_hook: block({ hook_target_arn: attribute(z.string()) }, { nesting: "set" }),
  }),
};

/** Where no cluster is named, ECS takes the one named default. Source: ECS API Reference, CreateService.cluster. */
const clusterOrDefault = attribute(z.string(), { default: "default", kind: "optional-computed" });

export const ecsService = {
  name: attribute(z.string()),
  id: attribute(z.string(), { kind: "computed" }),
  task_definition: attribute(z.string()),
  cluster: clusterOrDefault,
  deployment_controller: onlyBlock({ type: attribute(z.string(), { default: "ECS" }) }),
  ...tagged,
  enable_execute_command: attribute(z.boolean(), { default: false }),
  ...placement,
};

export const ecsTaskSet = {
  service: attribute(z.string()),
  task_definition: attribute(z.string()),
  cluster: attribute(z.string()),
  ...placement,
};

export const ecsCluster = {
  name: attribute(z.string()),
  ...tagged,
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
  setting: block({ name: attribute(z.string()), value: attribute(z.string()) }, { computed: true, nesting: "set" }),
  configuration: onlyBlock({
    execute_command_configuration: onlyBlock({
      kms_key_id: attribute(z.string()),
      logging: attribute(z.string(), { default: "DEFAULT" }),
      log_configuration: onlyBlock({
        cloud_watch_encryption_enabled: attribute(z.boolean(), { default: false }),
        cloud_watch_log_group_name: attribute(z.string()),
        s3_bucket_encryption_enabled: attribute(z.boolean(), { default: false }),
        s3_bucket_name: attribute(z.string()),
      }),
    }),
  }),
};

/** The two kinds that exist beside FARGATE and FARGATE_SPOT; managed instances since provider 6. */
export const ecsCapacityProvider = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
  auto_scaling_group_provider: block({}),
  managed_instances_provider: block({}),
};

export const ecsAccountSettingDefault = {
  name: attribute(z.string()),
  value: attribute(z.string()),
};

export const ecsClusterCapacityProviders = {
  cluster_name: attribute(z.string()),
  default_capacity_provider_strategy: capacityProviderStrategy,
};

/** Since provider 6: a service, its task definition and its load balancer in one resource. */
export const ecsExpressGatewayService = {
  service_name: attribute(z.string(), { kind: "computed" }),
  cluster: clusterOrDefault,
  network_configuration: block(
    {
      security_groups: attribute(listOf(z.string()), { default: [], kind: "optional-computed" }),
      subnets: attribute(listOf(z.string()), { default: [], kind: "optional-computed" }),
    },
    { computed: true },
  ),
  primary_container: onlyBlock({
    image: attribute(z.string()),
    command: attribute(listOf(z.string()), { default: [] }),
    environment: block({ name: attribute(z.string()), value: attribute(z.string(), { mayBeEmpty: true }) }),
    secret: block({ name: attribute(z.string()), value_from: attribute(z.string()) }),
  }),
};
