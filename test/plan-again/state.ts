import * as z from "zod";
import { groupBy } from "../../engine/group-by.ts";
import { isJsonObject, ownMember } from "../../engine/plan/json.ts";
import { holdsTrue } from "../../engine/plan/node.ts";
import { madeText, madeValue, type Origin } from "./made-values.ts";
import { type Block, isOfFramework, type ResourceSchema } from "./schema.ts";
import { homeRegion } from "./together.ts";

const values = z.record(z.string(), z.unknown());

/** As much of a plan as a state is made of. */
export const plannedChanges = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        module_address: z.string().optional(),
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        index: z.union([z.string(), z.number()]).optional(),
        provider_name: z.string(),
        deposed: z.string().optional(),
        previous_address: z.string().optional(),
        change: z.object({
          actions: z.array(z.string()),
          after: values.nullable(),
          after_unknown: values,
          after_sensitive: z.unknown(),
        }),
      }),
    )
    .default([]),
});

export type PlannedChange = z.infer<typeof plannedChanges>["resource_changes"][number];

/** An object as the state holds it. */
export interface StateObject {
  readonly address: string;
  readonly module: string | null;
  readonly type: string;
  readonly name: string;
  readonly index: string | number | null;
  readonly provider: string;
  readonly schemaVersion: number;
  readonly attributes: Record<string, unknown>;
  /** The paths of what is sensitive, as the state writes them. */
  readonly sensitive: readonly Path[];
}

/** Steps into a value. */
type Path = readonly { readonly type: "get_attr" | "index"; readonly value: unknown }[];

/** Whether the configuration writes an attribute of a resource. */
export type IsWritten = (change: PlannedChange, attribute: string) => boolean;

/**
 * What the provider would hold of a planned resource: what it computes is filled in, and an empty text stands where a text is
 * not set. Null where an argument waits on another resource that no state holds yet.
 */
export function objectOf(
  change: PlannedChange,
  schema: ResourceSchema,
  provider: string,
  isWritten: IsWritten,
): StateObject | null {
  const { address, type, name, index, module_address: module, change: planned } = change;
  const { after, after_unknown: unknown } = planned;
  if (after === null || change.deposed !== undefined) return null;
  const place = {
    type,
    address,
    // The aliases of the providers are their regions.
    region: /"\]\.(.+)$/.exec(provider)?.[1] ?? homeRegion,
    emptyText: isOfFramework(schema) ? null : "",
    isWritten: (key: string) => isWritten(change, key),
  };
  const attributes = filled(schema.block, after, unknown, place, true);
  if (attributes === null) return null;
  const base = { address, module: module ?? null, type, name, index: index ?? null };
  return {
    ...base,
    provider,
    schemaVersion: schema.version,
    sensitive: sensitivePaths(planned.after_sensitive, schema.block),
    attributes: type === "terraform_data" ? typed(attributes) : attributes,
  };
}

/** Without them Terraform plans an update, whose only change is what is sensitive. */
function sensitivePaths(mask: unknown, block: Block): Path[] {
  return Object.entries(isJsonObject(mask) ? mask : {}).flatMap(([name, part]): Path[] => {
    const step = { type: "get_attr", value: name } as const;
    if (!holdsTrue(part)) return [];
    const inner = block.block_types[name];
    if (isJsonObject(part)) {
      const keys = Object.entries(part).filter(([, mark]) => holdsTrue(mark));
      return keys.map(([key]) => [step, { type: "index", value: { value: key, type: "string" } } as const]);
    }
    // A set keeps no marks within it.
    if (part === true || !Array.isArray(part) || inner?.nesting_mode !== "list") return [[step]];
    return part.flatMap((element: unknown, at) =>
      sensitivePaths(element, inner.block).map((path) => [
        step,
        { type: "index", value: { value: at, type: "number" } } as const,
        ...path,
      ]),
    );
  });
}

interface Place extends Origin {
  /** What a text holds that is not set. */
  readonly emptyText: string | null;
  readonly isWritten: (attribute: string) => boolean;
}

function filled(
  block: Block,
  after: Record<string, unknown>,
  unknown: unknown,
  place: Place,
  isRoot: boolean,
): Record<string, unknown> | null {
  const made: Record<string, unknown> = { ...after };
  const later: string[] = [];
  for (const [key, schema] of Object.entries(block.attributes)) {
    const mask = ownMember(unknown, key);
    if (mask === true && schema.computed === true && !(isRoot && place.isWritten(key))) later.push(key);
    else if (holdsTrue(mask)) return null;
    else made[key] = after[key] ?? unset(key, schema, place, isRoot);
  }
  for (const [key, { block: inner }] of Object.entries(block.block_types)) {
    const mask = ownMember(unknown, key);
    // Without an expression it is one that the provider computes, or a dynamic one, which the next plan tells.
    if (mask === true && isRoot && place.isWritten(key)) return null;
    const parts = mask === true ? [] : filledBlocks(inner, after[key] ?? null, mask, place);
    if (parts instanceof Waiting) return null;
    made[key] = parts;
  }
  for (const key of later) made[key] = computed(key, block.attributes[key]?.type, place, made);
  return made;
}

/** Stands for blocks that wait on another resource. */
class Waiting {}

function filledBlocks(block: Block, elements: unknown, mask: unknown, place: Place): unknown {
  if (!Array.isArray(elements)) return elements;
  const parts = elements.map((element: unknown, at) =>
    filled(block, isJsonObject(element) ? { ...element } : {}, Array.isArray(mask) ? mask[at] : {}, place, false),
  );
  return parts.includes(null) ? new Waiting() : parts;
}

/** What stands for an argument that nobody writes. */
function unset(
  key: string,
  { type, optional, write_only: writeOnly }: Block["attributes"][string],
  { type: resource, emptyText }: Place,
  isRoot: boolean,
): unknown {
  const known = isRoot ? madeValue(resource, key) : undefined;
  if (known !== undefined) return known;
  return type === "string" && optional === true && writeOnly !== true ? emptyText : null;
}

function computed(key: string, type: unknown, place: Place, made: Record<string, unknown>): unknown {
  if (type === "string") return madeText(place, key, made) ?? place.emptyText;
  const known = madeValue(place.type, key);
  if (known !== undefined) return known;
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (Array.isArray(type)) return type[0] === "map" || type[0] === "object" ? {} : [];
  return null;
}

/** Arguments of any type stand in the state with their type. */
function typed(attributes: Record<string, unknown>): Record<string, unknown> {
  const withType = (value: unknown) => (value === null || value === "" ? null : { value, type: typeOf(value) });
  const input = attributes["input"] ?? null;
  return {
    ...attributes,
    input: withType(input),
    output: withType(input),
    triggers_replace: withType(attributes["triggers_replace"] ?? null),
  };
}

function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (isJsonObject(value))
    return ["object", Object.fromEntries(Object.entries(value).map(([key, part]) => [key, typeOf(part)]))];
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** The text of a state file. */
export function stateFile(objects: readonly StateObject[], serial: number): string {
  const resources = groupBy(objects, ({ module, type, name, provider }) =>
    JSON.stringify([module, type, name, provider]),
  );
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial,
    lineage: "00000000-0000-0000-0000-000000000000",
    outputs: {},
    resources: [...resources.values()].map((instances) => ({
      ...(instances[0]?.module == null ? {} : { module: instances[0].module }),
      mode: "managed",
      type: instances[0]?.type,
      name: instances[0]?.name,
      provider: instances[0]?.provider,
      instances: instances.map(({ index, schemaVersion, attributes, sensitive }) => ({
        ...(index === null ? {} : { index_key: index }),
        schema_version: schemaVersion,
        attributes,
        sensitive_attributes: sensitive,
      })),
    })),
  });
}
