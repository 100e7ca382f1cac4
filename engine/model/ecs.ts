import * as z from "zod/mini";
import { Unknown } from "../plan/unknown.ts";
import { attribute, block, onlyBlock } from "./attribute.ts";
import { containerDefinitions } from "./container-definitions.ts";
import { boolean, mapOf, string, strings } from "./schemas.ts";

export const ecsTaskDefinition = {
  family: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  container_definitions: containerDefinitions,
  execution_role_arn: attribute(string),
  task_role_arn: attribute(string),
  network_mode: attribute(string, { kind: "optional-computed" }),
  pid_mode: attribute(string),
  ipc_mode: attribute(string),
  requires_compatibilities: attribute(strings, { default: [] }),
  runtime_platform: onlyBlock({ operating_system_family: attribute(string, { default: "LINUX" }) }),
  volume: block(
    {
      name: attribute(string),
      host_path: attribute(string),
      docker_volume_configuration: onlyBlock({
        driver: attribute(string, { kind: "optional-computed", default: "local" }),
        driver_opts: attribute(mapOf(string), { default: {} }),
        scope: attribute(string, { kind: "optional-computed", default: "task" }),
        autoprovision: attribute(boolean, { default: false }),
      }),
      efs_volume_configuration: onlyBlock({
        transit_encryption: attribute(string, { default: "DISABLED" }),
        authorization_config: onlyBlock({
          access_point_id: attribute(string),
          iam: attribute(string, { default: "DISABLED" }),
        }),
      }),
    },
    { nesting: "set" },
  ),
};

const tags = z.record(string, z.union([z.instanceof(Unknown), z.nullable(string)]));

/** The tags that are written, and those together with the default tags of the provider, where the plan tells them. */
const tagged = {
  tags: attribute(tags, { default: {} }),
  tags_all: attribute(tags, { kind: "computed" }),
};

const capacityProviderStrategy = block({ capacity_provider: attribute(string) }, { nesting: "set" });

/** How a launch point places its tasks, in the terms that all kinds of launch points share. */
export const placement = {
  launch_type: attribute(string, { kind: "optional-computed" }),
  capacity_provider_strategy: capacityProviderStrategy,
  platform_version: attribute(string, { kind: "optional-computed" }),
  network_configuration: block({
    assign_public_ip: attribute(boolean, { default: false }),
    security_groups: attribute(strings, { default: [] }),
    subnets: attribute(strings, { default: [] }),
  }),
  /** Hooks into a deployment exist since provider 6. */
  deployment_configuration: onlyBlock({
    lifecycle_hook: block({ hook_target_arn: attribute(string) }, { nesting: "set" }),
  }),
};

/** Where no cluster is named, ECS takes the one named default. Source: ECS API Reference, CreateService.cluster. */
const clusterOrDefault = attribute(string, { default: "default", kind: "optional-computed" });

export const ecsService = {
  name: attribute(string),
  id: attribute(string, { kind: "computed" }),
  task_definition: attribute(string),
  cluster: clusterOrDefault,
  deployment_circuit_breaker: onlyBlock({
    enable: attribute(boolean, { default: false }),
    rollback: attribute(boolean, { default: false }),
  }),
  alarms: onlyBlock({
    enable: attribute(boolean),
    rollback: attribute(boolean),
  }),
  load_balancer: block({ target_group_arn: attribute(string) }, { nesting: "set" }),
  deployment_controller: onlyBlock({ type: attribute(string, { default: "ECS" }) }),
  ...tagged,
  enable_execute_command: attribute(boolean, { default: false }),
  ...placement,
};

export const ecsTaskSet = {
  service: attribute(string),
  task_definition: attribute(string),
  cluster: attribute(string),
  ...placement,
};

export const ecsCluster = {
  name: attribute(string),
  ...tagged,
  arn: attribute(string, { kind: "computed" }),
  id: attribute(string, { kind: "computed" }),
  setting: block({ name: attribute(string), value: attribute(string) }, { computed: true, nesting: "set" }),
  configuration: onlyBlock({
    managed_storage_configuration: onlyBlock({
      fargate_ephemeral_storage_kms_key_id: attribute(string),
      kms_key_id: attribute(string),
    }),
    execute_command_configuration: onlyBlock({
      kms_key_id: attribute(string),
      logging: attribute(string, { default: "DEFAULT" }),
      log_configuration: onlyBlock({
        cloud_watch_encryption_enabled: attribute(boolean, { default: false }),
        cloud_watch_log_group_name: attribute(string),
        s3_bucket_encryption_enabled: attribute(boolean, { default: false }),
        s3_bucket_name: attribute(string),
      }),
    }),
  }),
};

/** The two kinds that exist beside FARGATE and FARGATE_SPOT; managed instances since provider 6. */
export const ecsCapacityProvider = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  id: attribute(string, { kind: "computed" }),
  auto_scaling_group_provider: block({}),
  managed_instances_provider: block({}),
};

export const ecsAccountSettingDefault = {
  name: attribute(string),
  value: attribute(string),
};

export const ecsClusterCapacityProviders = {
  cluster_name: attribute(string),
  default_capacity_provider_strategy: capacityProviderStrategy,
};

/** Since provider 6: a service, its task definition and its load balancer in one resource. */
export const ecsExpressGatewayService = {
  service_name: attribute(string, { kind: "computed" }),
  cluster: clusterOrDefault,
  network_configuration: block(
    {
      security_groups: attribute(strings, { default: [], kind: "optional-computed" }),
      subnets: attribute(strings, { default: [], kind: "optional-computed" }),
    },
    { computed: true },
  ),
  primary_container: onlyBlock({
    image: attribute(string),
    command: attribute(strings, { default: [] }),
    environment: block({ name: attribute(string), value: attribute(string, { mayBeEmpty: true }) }),
    secret: block({ name: attribute(string), value_from: attribute(string) }),
  }),
};

export const efsFileSystem = {
  kms_key_id: attribute(string, { kind: "optional-computed" }),
};
