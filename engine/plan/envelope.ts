import * as z from "zod";

/** Values are read where their type is known; a key that is missing is one too. */
const anything = z.unknown().optional();

/** The masks of a change are objects like the value, or one boolean for the whole of it. */
const change = z.object({
  actions: z.array(z.string()),
  before: anything,
  after: anything,
  after_unknown: anything,
  before_sensitive: anything,
  after_sensitive: anything,
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  module_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).nullish(),
  deposed: z.string().optional(),
  provider_name: z.string().optional(),
  change,
});

const stateResource = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  values: anything,
  sensitive_values: anything,
});

const stateModule = z.object({
  address: z.string().optional(),
  resources: z.array(stateResource).optional(),
  get child_modules() {
    return z.array(stateModule).optional();
  },
});

/** Of the planned values only who is there: what they are stands in the changes, with what is unknown. */
const plannedModule = z.object({
  resources: z.array(z.object({ address: z.string() })).optional(),
  get child_modules() {
    return z.array(plannedModule).optional();
  },
});

const configResource = z.object({
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider_config_key: z.string().optional(),
  expressions: anything,
  count_expression: anything,
  for_each_expression: anything,
  depends_on: z.array(z.string()).optional(),
});

const configVariable = z.object({ default: anything, sensitive: z.boolean().optional() });

const configOutput = z.object({ expression: anything, sensitive: z.boolean().optional() });

const moduleCall = z.object({
  expressions: anything,
  count_expression: anything,
  for_each_expression: anything,
  get module() {
    return configModule.optional();
  },
});

const configModule = z.object({
  resources: z.array(configResource).optional(),
  variables: z.record(z.string(), configVariable).optional(),
  outputs: z.record(z.string(), configOutput).optional(),
  get module_calls() {
    return z.record(z.string(), moduleCall).optional();
  },
});

const providerConfig = z.object({
  name: z.string(),
  alias: z.string().optional(),
  module_address: z.string().optional(),
  expressions: anything,
});

/**
 * The envelope of `terraform show -json <plan>`. Unknown fields are dropped: since Terraform 1.5 the format's number
 * has stood still while fields were added. Source: Terraform's `internal/command/jsonplan`, "JSON Output Format".
 */
export const planDocument = z.object({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  variables: z.record(z.string(), z.object({ value: anything })).optional(),
  planned_values: z.object({ root_module: plannedModule.optional() }).optional(),
  resource_changes: z.array(resourceChange).optional(),
  resource_drift: z.array(resourceChange).optional(),
  deferred_changes: z.array(z.object({ reason: z.string().optional(), resource_change: resourceChange })).optional(),
  output_changes: anything,
  prior_state: z.object({ values: z.object({ root_module: stateModule.optional() }).optional() }).optional(),
  configuration: z
    .object({
      provider_config: z.record(z.string(), providerConfig).optional(),
      root_module: configModule.optional(),
    })
    .optional(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  applyable: z.boolean().optional(),
});

export type PlanDocument = z.infer<typeof planDocument>;
export type ResourceChangeDocument = z.infer<typeof resourceChange>;
export type ConfigModule = z.infer<typeof configModule>;
export type ConfigResource = z.infer<typeof configResource>;
export type ModuleCall = z.infer<typeof moduleCall>;
export type StateModule = z.infer<typeof stateModule>;
export type PlannedModule = z.infer<typeof plannedModule>;
