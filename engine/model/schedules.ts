import * as z from "zod";
import { attribute, block } from "./attribute.ts";

export const eventRule = {
  name: attribute(z.string(), { kind: "computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
  event_bus_name: attribute(z.string(), { default: "default" }),
  schedule_expression: attribute(z.string()),
  state: attribute(z.string()),
  /** Deprecated in favour of `state`. */
  is_enabled: attribute(z.boolean()),
};

const capacityProviderStrategy = block({ capacity_provider: attribute(z.string()) }, { nesting: "set" });

export const eventTarget = {
  arn: attribute(z.string()),
  rule: attribute(z.string()),
  event_bus_name: attribute(z.string(), { default: "default" }),
  role_arn: attribute(z.string()),
  ecs_target: block({
    task_definition_arn: attribute(z.string()),
    launch_type: attribute(z.string(), { kind: "optional-computed" }),
    capacity_provider_strategy: capacityProviderStrategy,
  }),
};

export const schedulerSchedule = {
  schedule_expression: attribute(z.string()),
  state: attribute(z.string(), { default: "ENABLED" }),
  end_date: attribute(z.string()),
  target: block({
    arn: attribute(z.string()),
    role_arn: attribute(z.string()),
    ecs_parameters: block({
      task_definition_arn: attribute(z.string()),
      launch_type: attribute(z.string(), { kind: "optional-computed" }),
      capacity_provider_strategy: capacityProviderStrategy,
    }),
  }),
};

export const lambdaFunction = {
  function_name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  role: attribute(z.string()),
  image_uri: attribute(z.string()),
};

export const lambdaAlias = {
  name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  function_name: attribute(z.string()),
};

export const lambdaPermission = {
  action: attribute(z.string()),
  function_name: attribute(z.string()),
  principal: attribute(z.string()),
  qualifier: attribute(z.string()),
  source_account: attribute(z.string()),
  source_arn: attribute(z.string()),
};
