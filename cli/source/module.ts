import type { Attribute, Block, Body } from "../../engine/plan/source.ts";
import type { ConfigurationFile, Directive } from "./configuration.ts";
import { type Place, placeOf } from "./place.ts";
import { remembered } from "./remembered.ts";

/** A file of a module; `configuration` is null where it could not be read as such. */
export interface ModuleFile {
  readonly file: string;
  readonly isOverride: boolean;
  readonly configuration: ConfigurationFile | null;
}

/** A block with what override files say of it. */
export interface MergedBlock {
  /** The block that they override. */
  readonly base: Block;
  /** The base and the overrides. */
  readonly parts: readonly Block[];
  readonly body: Body;
  /** The line of an attribute; null where that is the block's. */
  readonly placeOf: (path: string) => Place | null;
}

/** What a block is found by; `alias` is that of a provider. */
export interface BlockName {
  readonly type: string;
  readonly labels: readonly string[];
  readonly alias: string | null;
}

/** The blocks of the files in one folder. */
export interface Module {
  /** Path of the folder from the root of the source. */
  readonly directory: string;
  /** Null where there is no such block, and where there are several. */
  readonly find: (name: BlockName) => MergedBlock | null;
  readonly calls: readonly string[];
  readonly outputs: readonly string[];
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly directives: readonly Directive[];
}

/** @param files sorted by name */
export function moduleOf(directory: string, files: readonly ModuleFile[]): Module {
  const blocks = byName(files.filter(({ isOverride }) => !isOverride));
  const overrides = files.filter(({ isOverride }) => isOverride);
  const overrideBlocks = byName(overrides);
  // What an override file that cannot be read may override is not known.
  const isWhole = overrides.every(({ configuration }) => configuration !== null);
  const mergedAt = remembered((key): MergedBlock | null => {
    const [base, ...others] = blocks.get(key) ?? [];
    if (base === undefined || others.length > 0) return null;
    const parts = [base, ...(overrideBlocks.get(key) ?? [])];
    const body = isWhole ? merged(parts) : { attributes: new Map(), blocks: [] };
    return { base, parts, body, placeOf: remembered((path) => placeOf(body, path)) };
  });
  return {
    directory,
    find: (name) => mergedAt(keyOf(name)),
    calls: [...blocks.values()].flatMap(([block]) => (block?.type === "module" ? block.labels.slice(0, 1) : [])),
    outputs: [...blocks.values()].flatMap(([block]) => (block?.type === "output" ? block.labels.slice(0, 1) : [])),
    locals: localsOf([...blocks.values(), ...overrideBlocks.values()].flat()),
    directives: files.flatMap(({ configuration }) => configuration?.directives ?? []),
  };
}

/** Of several values of one name the last counts: that of an override. */
function localsOf(blocks: readonly Block[]): Map<string, Attribute> {
  return new Map(blocks.flatMap(({ type, body }) => (type === "locals" ? [...body.attributes] : [])));
}

function byName(files: readonly ModuleFile[]): Map<string, Block[]> {
  const found = new Map<string, Block[]>();
  for (const block of files.flatMap(({ configuration }) => configuration?.blocks ?? [])) {
    const value = block.type === "provider" ? block.body.attributes.get("alias")?.expression() : undefined;
    const alias = value?.kind === "string" ? value.text : null;
    const key = keyOf({ type: block.type, labels: block.labels, alias });
    const own = found.get(key);
    if (own === undefined) found.set(key, [block]);
    else own.push(block);
  }
  return found;
}

function keyOf({ type, labels, alias }: BlockName): string {
  return JSON.stringify([type, labels, alias]);
}

/**
 * An attribute of an override replaces that of the same name, and its nested blocks replace all of their type.
 * Source: Terraform's documentation, "Override Files", and `MergeBodies` of hashicorp/terraform for `dynamic`.
 */
function merged(parts: readonly Block[]): Body {
  const attributes = new Map<string, Attribute>();
  let blocks: readonly Block[] = [];
  for (const { body } of parts) {
    for (const [name, attribute] of body.attributes) attributes.set(name, attribute);
    const replaced = new Set(body.blocks.map(nestedType));
    // Of lifecycle single arguments are overridden.
    blocks = [
      ...blocks.filter((block) => block.type === "lifecycle" || !replaced.has(nestedType(block))),
      ...body.blocks,
    ];
  }
  return { attributes, blocks };
}

function nestedType({ type, labels }: Block): string {
  return type === "dynamic" ? (labels[0] ?? "") : type;
}
