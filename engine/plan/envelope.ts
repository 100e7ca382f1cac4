import * as z from "zod/mini";

const string = z.string();
const optionalString = z.optional(string);
const optionalBoolean = z.optional(z.boolean());

/** Values are read where their type is known; a key that is missing is one too. */
const anything = z.optional(z.unknown());

/** The masks of a change are objects like the value, or one boolean for the whole of it. */
const change = z.object({
  actions: z.array(string),
  before: anything,
  after: anything,
  after_unknown: anything,
  before_sensitive: anything,
  after_sensitive: anything,
  importing: z.nullish(z.object({ id: optionalString })),
});

const resourceChange = z.object({
  address: string,
  previous_address: optionalString,
  module_address: optionalString,
  mode: z.enum(["managed", "data"]),
  type: string,
  name: string,
  index: z.nullish(z.union([string, z.number()])),
  deposed: optionalString,
  provider_name: optionalString,
  change,
});

const stateResource = z.object({
  address: string,
  mode: string,
  type: string,
  name: string,
  values: anything,
  sensitive_values: anything,
});

const stateModule = z.object({
  address: optionalString,
  resources: z.optional(z.array(stateResource)),
  get child_modules() {
    return z.optional(z.array(stateModule));
  },
});

/** Of the planned values only who is there: what they are stands in the changes, with what is unknown. */
const plannedModule = z.object({
  resources: z.optional(z.array(z.object({ address: string }))),
  get child_modules() {
    return z.optional(z.array(plannedModule));
  },
});

const configResource = z.object({
  mode: string,
  type: string,
  name: string,
  provider_config_key: optionalString,
  expressions: anything,
  count_expression: anything,
  for_each_expression: anything,
  depends_on: z.optional(z.array(string)),
});

const configVariable = z.object({ default: anything, sensitive: optionalBoolean });

const configOutput = z.object({ expression: anything, sensitive: optionalBoolean });

const moduleCall = z.object({
  expressions: anything,
  count_expression: anything,
  for_each_expression: anything,
  get module() {
    return z.optional(configModule);
  },
});

const configModule = z.object({
  resources: z.optional(z.array(configResource)),
  variables: z.optional(z.record(string, configVariable)),
  outputs: z.optional(z.record(string, configOutput)),
  get module_calls() {
    return z.optional(z.record(string, moduleCall));
  },
});

const providerConfig = z.object({
  name: string,
  alias: optionalString,
  module_address: optionalString,
  expressions: anything,
});

/**
 * The envelope of `terraform show -json <plan>`. Unknown fields are dropped: since Terraform 1.5 the format's number
 * has stood still while fields were added. Source: Terraform's `internal/command/jsonplan`, "JSON Output Format".
 */
export const planDocument = z.object({
  format_version: string,
  terraform_version: optionalString,
  timestamp: optionalString,
  variables: z.optional(z.record(string, z.object({ value: anything }))),
  planned_values: z.optional(z.object({ root_module: z.optional(plannedModule) })),
  resource_changes: z.optional(z.array(resourceChange)),
  resource_drift: z.optional(z.array(resourceChange)),
  deferred_changes: z.optional(z.array(z.object({ reason: optionalString, resource_change: resourceChange }))),
  output_changes: anything,
  relevant_attributes: z.optional(z.array(z.object({ resource: string, attribute: z.array(z.unknown()) }))),
  prior_state: z.optional(z.object({ values: z.optional(z.object({ root_module: z.optional(stateModule) })) })),
  configuration: z.optional(
    z.object({
      provider_config: z.optional(z.record(string, providerConfig)),
      root_module: z.optional(configModule),
    }),
  ),
  errored: optionalBoolean,
  complete: optionalBoolean,
  applyable: optionalBoolean,
});

export type PlanDocument = z.infer<typeof planDocument>;
export type ResourceChangeDocument = z.infer<typeof resourceChange>;
export type ConfigModule = z.infer<typeof configModule>;
export type ConfigResource = z.infer<typeof configResource>;
export type ModuleCall = z.infer<typeof moduleCall>;
export type StateModule = z.infer<typeof stateModule>;
export type PlannedModule = z.infer<typeof plannedModule>;
