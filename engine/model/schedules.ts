import { attribute, block, mapEntries, onlyBlock } from "./attribute.ts";
import { placement } from "./ecs.ts";
import { boolean, string } from "./schemas.ts";

export const eventRule = {
  name: attribute(string, { kind: "computed" }),
  arn: attribute(string, { kind: "computed" }),
  id: attribute(string, { kind: "computed" }),
  event_bus_name: attribute(string, { default: "default" }),
  schedule_expression: attribute(string),
  event_pattern: attribute(string),
  state: attribute(string),
  /** Deprecated in favour of `state`. */
  is_enabled: attribute(boolean),
};

const taskTarget = block({
  task_definition_arn: attribute(string),
  enable_execute_command: attribute(boolean, { default: false }),
  ...placement,
});

export const eventTarget = {
  arn: attribute(string),
  rule: attribute(string),
  event_bus_name: attribute(string, { default: "default" }),
  role_arn: attribute(string),
  ecs_target: taskTarget,
};

export const schedulerSchedule = {
  name: attribute(string, { kind: "computed" }),
  schedule_expression: attribute(string),
  state: attribute(string, { default: "ENABLED" }),
  end_date: attribute(string),
  target: block({ arn: attribute(string), role_arn: attribute(string), ecs_parameters: taskTarget }),
};

export const lambdaFunction = {
  function_name: attribute(string),
  kms_key_arn: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  role: attribute(string),
  image_uri: attribute(string),
  environment: onlyBlock({ variables: mapEntries(string) }),
  logging_config: onlyBlock({ log_group: attribute(string, { kind: "optional-computed" }) }, { computed: true }),
};

export const lambdaAlias = {
  name: attribute(string),
  arn: attribute(string, { kind: "computed" }),
  function_name: attribute(string),
};

export const lambdaPermission = {
  action: attribute(string),
  function_name: attribute(string),
  principal: attribute(string),
  qualifier: attribute(string),
  source_account: attribute(string),
  source_arn: attribute(string),
  principal_org_id: attribute(string),
  event_source_token: attribute(string),
};

export const lambdaFunctionUrl = {
  function_name: attribute(string),
  authorization_type: attribute(string),
};
