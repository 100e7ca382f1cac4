import * as z from "zod";
import { Unknown } from "../plan/unknown.ts";
import { attribute, block, listOf, mapOf } from "./attribute.ts";

export const ecsTaskDefinition = {
  family: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  container_definitions: attribute(z.string()),
  execution_role_arn: attribute(z.string()),
  task_role_arn: attribute(z.string()),
  network_mode: attribute(z.string(), { kind: "optional-computed" }),
  pid_mode: attribute(z.string()),
  ipc_mode: attribute(z.string()),
  requires_compatibilities: attribute(listOf(z.string()), { default: [] }),
  runtime_platform: block({ operating_system_family: attribute(z.string(), { default: "LINUX" }) }),
  volume: block(
    {
      name: attribute(z.string()),
      host_path: attribute(z.string()),
      docker_volume_configuration: block({
        driver: attribute(z.string(), { kind: "optional-computed", default: "local" }),
        driver_opts: attribute(mapOf(z.string()), { default: {} }),
        scope: attribute(z.string(), { kind: "optional-computed", default: "task" }),
        autoprovision: attribute(z.boolean(), { default: false }),
      }),
      efs_volume_configuration: block({
        transit_encryption: attribute(z.string(), { default: "DISABLED" }),
        authorization_config: block({
          access_point_id: attribute(z.string()),
          iam: attribute(z.string(), { default: "DISABLED" }),
        }),
      }),
    },
    { nesting: "set" },
  ),
};

const tags = z.record(z.string(), z.union([z.instanceof(Unknown), z.string().nullable()]));

/** Where tasks with the network mode awsvpc are placed. */
const networkConfiguration = block({
  assign_public_ip: attribute(z.boolean(), { default: false }),
  security_groups: attribute(listOf(z.string()), { default: [] }),
  subnets: attribute(listOf(z.string()), { default: [] }),
});

const capacityProviderStrategy = block({ capacity_provider: attribute(z.string()) }, { nesting: "set" });

export const ecsService = {
  task_definition: attribute(z.string()),
  cluster: attribute(z.string(), { kind: "optional-computed" }),
  launch_type: attribute(z.string(), { kind: "optional-computed" }),
  capacity_provider_strategy: capacityProviderStrategy,
  enable_execute_command: attribute(z.boolean(), { default: false }),
  network_configuration: networkConfiguration,
  tags_all: attribute(tags, { default: {}, kind: "optional-computed" }),
};

export const ecsTaskSet = {
  network_configuration: networkConfiguration,
  task_definition: attribute(z.string()),
  cluster: attribute(z.string(), { kind: "optional-computed" }),
  launch_type: attribute(z.string(), { kind: "optional-computed" }),
  capacity_provider_strategy: capacityProviderStrategy,
};

export const ecsCluster = {
  name: attribute(z.string()),
  tags_all: attribute(tags, { default: {}, kind: "optional-computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
};

export const ecsClusterCapacityProviders = {
  cluster_name: attribute(z.string()),
  default_capacity_provider_strategy: capacityProviderStrategy,
};

/** Since provider 6: a service, its task definition and its load balancer in one resource. */
export const ecsExpressGatewayService = {
  primary_container: block({
    image: attribute(z.string()),
    environment: block({ name: attribute(z.string()), value: attribute(z.string()) }),
    secret: block({ name: attribute(z.string()), value_from: attribute(z.string()) }),
  }),
};

export const eventRule = {
  name: attribute(z.string(), { kind: "computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  event_bus_name: attribute(z.string(), { default: "default" }),
  event_pattern: attribute(z.string()),
  /** Both are unset where the rule is simply on. */
  state: attribute(z.string()),
  is_enabled: attribute(z.boolean()),
};

export const eventTarget = {
  rule: attribute(z.string()),
  arn: attribute(z.string()),
  ecs_target: block({
    task_definition_arn: attribute(z.string()),
    network_configuration: networkConfiguration,
    launch_type: attribute(z.string(), { kind: "optional-computed" }),
    capacity_provider_strategy: capacityProviderStrategy,
  }),
};

export const schedulerSchedule = {
  target: block({
    arn: attribute(z.string()),
    ecs_parameters: block({
      task_definition_arn: attribute(z.string()),
      network_configuration: networkConfiguration,
      launch_type: attribute(z.string(), { kind: "optional-computed" }),
      capacity_provider_strategy: capacityProviderStrategy,
    }),
  }),
};

export const lambdaFunction = {
  image_uri: attribute(z.string()),
};
