import * as z from "zod";
import { attribute, block, mapEntries, onlyBlock } from "./attribute.ts";
import { placement } from "./ecs.ts";

export const eventRule = {
  name: attribute(z.string(), { kind: "computed" }),
  arn: attribute(z.string(), { kind: "computed" }),
  id: attribute(z.string(), { kind: "computed" }),
  event_bus_name: attribute(z.string(), { default: "default" }),
  schedule_expression: attribute(z.string()),
  event_pattern: attribute(z.string()),
  state: attribute(z.string()),
  /** Deprecated in favour of `state`. */
  is_enabled: attribute(z.boolean()),
};

const taskTarget = block({
  task_definition_arn: attribute(z.string()),
  enable_execute_command: attribute(z.boolean(), { default: false }),
  ...placement,
});

export const eventTarget = {
  arn: attribute(z.string()),
  rule: attribute(z.string()),
  event_bus_name: attribute(z.string(), { default: "default" }),
  role_arn: attribute(z.string()),
  ecs_target: taskTarget,
};

export const schedulerSchedule = {
  name: attribute(z.string(), { kind: "computed" }),
  schedule_expression: attribute(z.string()),
  state: attribute(z.string(), { default: "ENABLED" }),
  end_date: attribute(z.string()),
  target: block({ arn: attribute(z.string()), role_arn: attribute(z.string()), ecs_parameters: taskTarget }),
};

export const lambdaFunction = {
  function_name: attribute(z.string()),
  arn: attribute(z.string(), { kind: "computed" }),
  role: attribute(z.string()),
  image_uri: attribute(z.string()),
  environment: onlyBlock({ variables: mapEntries(z.string()) }),
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
