import * as z from "zod";
import { attribute, block, listOf } from "./attribute.ts";

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
};

const capacityProviderStrategy = block({ capacity_provider: attribute(z.string()) }, { nesting: "set" });

export const ecsService = {
  task_definition: attribute(z.string()),
  cluster: attribute(z.string(), { kind: "optional-computed" }),
  launch_type: attribute(z.string(), { kind: "optional-computed" }),
  capacity_provider_strategy: capacityProviderStrategy,
  enable_execute_command: attribute(z.boolean(), { default: false }),
  network_configuration: block({
    security_groups: attribute(listOf(z.string()), { default: [] }),
    subnets: attribute(listOf(z.string()), { default: [] }),
  }),
};

export const ecsTaskSet = {
  task_definition: attribute(z.string()),
  cluster: attribute(z.string(), { kind: "optional-computed" }),
  launch_type: attribute(z.string(), { kind: "optional-computed" }),
  capacity_provider_strategy: capacityProviderStrategy,
};

export const ecsCluster = {
  name: attribute(z.string()),
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
