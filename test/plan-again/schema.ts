import * as z from "zod";

/** As much of a provider's schema as says what of a resource the provider computes. */
const attributeSchema = z.object({
  type: z.unknown().optional(),
  optional: z.boolean().optional(),
  required: z.boolean().optional(),
  computed: z.boolean().optional(),
  write_only: z.boolean().optional(),
});

const blockSchema = z.object({
  attributes: z.record(z.string(), attributeSchema).default({}),
  get block_types() {
    return z.record(z.string(), z.object({ nesting_mode: z.string(), block: blockSchema })).default({});
  },
});

const resourceSchema = z.object({ version: z.number(), block: blockSchema });

const schemasDocument = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ resource_schemas: z.record(z.string(), resourceSchema).default({}) }),
  ),
});

export type Block = z.infer<typeof blockSchema>;
export type ResourceSchema = z.infer<typeof resourceSchema>;

/** `terraform_data` is a part of Terraform, which shows its schema only where a configuration has one. */
const builtIn: ResourceSchema = {
  version: 0,
  block: {
    attributes: {
      id: { type: "string", computed: true },
      input: { type: "dynamic", optional: true },
      output: { type: "dynamic", computed: true },
      triggers_replace: { type: "dynamic", optional: true },
    },
    block_types: {},
  },
};

/** The schema of a resource type, by provider and type. */
export type Schemas = (provider: string, type: string) => ResourceSchema;

/** The schemas of all resource types, by provider and type, of `terraform providers schema -json`. */
export function readSchemas(json: string): Schemas {
  const { provider_schemas: providers } = schemasDocument.parse(JSON.parse(json));
  return (provider, type) => {
    const found = type === "terraform_data" ? builtIn : providers[provider]?.resource_schemas[type];
    if (found === undefined) throw new Error(`no provider here has ${type}`);
    return found;
  };
}

/** Types that Terraform's plugin framework makes have no `id` that anybody may write, and hold null where nothing is set. */
export function isOfFramework({ block }: ResourceSchema): boolean {
  return block.attributes["id"]?.optional !== true;
}
