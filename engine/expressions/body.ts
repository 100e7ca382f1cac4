import type { Block, Body } from "../plan/source.ts";
import type { Context } from "./context.ts";
import { pairsOf } from "./for-pairs.ts";
import type { Configuration, Instance, ModuleInstance } from "./modules.ts";
import { EvaluationError, hole, holeOf, type Mapping, mapping, tuple, type Value } from "./value.ts";

/** What is for Terraform and not for the provider. */
const metaArguments = new Set([
  "count",
  "for_each",
  "provider",
  "providers",
  "depends_on",
  "lifecycle",
  "provisioner",
  "connection",
]);

/** Where a block is worked out. */
interface Place {
  readonly configuration: Configuration;
  readonly module: ModuleInstance;
  readonly instance: Instance;
}

/** The arguments of a resource that are wanted, with its nested blocks as lists of objects. */
export function workOutBody(place: Place, body: Body, isWanted: (name: string) => boolean = () => true): Mapping {
  const attributes = new Map([...body.attributes].filter(([name]) => isWanted(name)));
  const blocks = body.blocks.filter((block) => isWanted(nestedName(block)));
  return bodyValue(place, { attributes, blocks }, new Map());
}

/** The name under which the provider knows a nested block. */
export function nestedName({ type, labels }: Block): string {
  return type === "dynamic" ? (labels[0] ?? "") : type;
}

function bodyValue(place: Place, { attributes, blocks }: Body, names: Context["names"]): Mapping {
  const entries = new Map<string, Value>();
  for (const [name, attribute] of attributes) {
    if (metaArguments.has(name)) continue;
    entries.set(name, place.configuration.workOut(attribute.expression(), place.module, place.instance, names));
  }
  for (const block of blocks) {
    const type = nestedName(block);
    if (metaArguments.has(type)) continue;
    const made =
      block.type === "dynamic" ? dynamicBlocks(place, block, names) : tuple([bodyValue(place, block.body, names)]);
    entries.set(type, together(entries.get(type), made));
  }
  return mapping("object", entries);
}

function together(before: Value | undefined, made: Value): Value {
  if (before === undefined) return made;
  if (before.kind !== "sequence" || made.kind !== "sequence") return holeOf("dynamic", [before, made]);
  return tuple([...before.elements, ...made.elements]);
}

/** Source: Terraform's documentation, "dynamic Blocks". */
function dynamicBlocks(place: Place, { body, labels }: Block, names: Context["names"]): Value {
  const forEach = body.attributes.get("for_each");
  if (forEach === undefined) return hole("dynamic");
  const collection = place.configuration.workOut(forEach.expression(), place.module, place.instance, names);
  const pairs = pairsOrNull(collection);
  if (pairs === null) return holeOf("dynamic", [collection]);
  const iterator = body.attributes.get("iterator")?.expression();
  const name =
    iterator?.kind === "name" ? iterator.name : iterator?.kind === "string" ? iterator.text : (labels[0] ?? "");
  return tuple(
    pairs.map((pair) => {
      const item = mapping("object", [
        ["key", pair.key],
        ["value", pair.value],
      ]);
      return contentValue(place, body, new Map([...names, [name, item]]));
    }),
  );
}

function pairsOrNull(collection: Value): { key: Value; value: Value }[] | null {
  try {
    return pairsOf(collection);
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

/** In JSON syntax the content is an argument. */
function contentValue(place: Place, { blocks, attributes }: Body, names: Context["names"]): Value {
  const content = blocks.find(({ type }) => type === "content");
  if (content !== undefined) return bodyValue(place, content.body, names);
  const inJson = attributes.get("content");
  if (inJson === undefined) return hole("dynamic");
  return place.configuration.workOut(inJson.expression(), place.module, place.instance, names);
}
