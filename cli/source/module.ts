import type { Attribute, Block, Body } from "../../engine/plan/source.ts";
import type { ConfigurationFile, Directive } from "./configuration.ts";
import { mayHoldDirective } from "./directive-search.ts";
import { once } from "./once.ts";
import { type Place, placeOf } from "./place.ts";
import { remembered } from "./remembered.ts";
import { wordsOf } from "./words.ts";

/** A file of a module. */
export interface ModuleFile {
  readonly file: string;
  readonly isOverride: boolean;
  /** Null where it could not be read as text. */
  readonly text: string | null;
  /** Read when it is asked for; null where it could not be read as configuration. */
  readonly configuration: () => ConfigurationFile | null;
}

/** A block with what override files say of it. */
export interface MergedBlock {
  /** The block that they override. */
  readonly base: Block;
  /** The base and the overrides. */
  readonly parts: readonly Block[];
  readonly body: Body;
  /** Whether all of them can be read; the body is empty where not. */
  readonly isRead: boolean;
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
  readonly calls: () => readonly string[];
  /** Null where a file cannot be read that may hold others. */
  readonly outputs: () => readonly string[] | null;
  readonly local: (name: string) => Attribute | null;
  readonly directives: () => readonly Directive[];
}

/**
 * A module whose files are read as far as they hold the words that are asked for.
 * @param files sorted by name
 */
export function moduleOf(directory: string, files: readonly ModuleFile[]): Module {
  const index = once(() => filesByWords(files));
  const holding = (words: readonly string[]) => index()(words);
  const blocks = new Map(files.map((file) => [file, once(() => byName(file.configuration()))]));
  const blocksAt = (key: string, found: readonly ModuleFile[]) =>
    found.flatMap((file) => blocks.get(file)?.().get(key) ?? []);
  const mergedAt = (name: BlockName): MergedBlock | null => {
    const found = holding([name.type, ...name.labels]);
    const overrides = found.filter(({ isOverride }) => isOverride);
    const key = keyOf(name);
    const [base, ...others] = blocksAt(
      key,
      found.filter(({ isOverride }) => !isOverride),
    );
    if (base === undefined || others.length > 0) return null;
    const parts = [base, ...blocksAt(key, overrides)];
    // What an override file that cannot be read may override is not known.
    const isUnread = (part: Block) => found.some(({ configuration }) => configuration()?.unread.has(part));
    const isRead = overrides.every(({ configuration }) => configuration() !== null) && !parts.some(isUnread);
    const body = isRead ? merged(parts) : { attributes: new Map(), blocks: [] };
    return { base, parts, body, isRead, placeOf: remembered((path) => placeOf(body, path)) };
  };
  const found = new Map<string, MergedBlock | null>();
  const blocksOfType = (type: string) =>
    holding([type]).flatMap(({ configuration }) =>
      (configuration()?.blocks ?? []).filter((block) => block.type === type),
    );
  const namesOfType = (type: string) => [...new Set(blocksOfType(type).flatMap(({ labels }) => labels.slice(0, 1)))];
  const locals = once(() => localsOf(holding(["locals"])));
  return {
    directory,
    find: (name) => {
      const key = keyOf(name);
      const known = found.get(key);
      const block = known === undefined ? mergedAt(name) : known;
      found.set(key, block);
      return block;
    },
    calls: once(() => namesOfType("module")),
    outputs: once(() =>
      holding(["output"]).every(({ configuration }) => configuration() !== null) ? namesOfType("output") : null,
    ),
    local: (name) => locals().get(name) ?? null,
    directives: once(() =>
      files
        .filter(({ text }) => text === null || mayHoldDirective(text))
        .flatMap(({ configuration }) => configuration()?.directives ?? []),
    ),
  };
}

/** Finds the files that hold all of some words, so that no other is read for a block of these names. */
function filesByWords(files: readonly ModuleFile[]): (words: readonly string[]) => readonly ModuleFile[] {
  const words = new Map(files.map((file) => [file, file.text === null ? null : wordsOf(file.text)]));
  const byWord = new Map<string, ModuleFile[]>();
  for (const [file, own] of words) {
    for (const word of own ?? []) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [file]);
      else others.push(file);
    }
  }
  // Of a file without text and of one that holds escapes in names nobody knows the words; an override that cannot be read may override all.
  const unknown = new Set(files.filter((file) => file.isOverride || words.get(file) === null));
  const order = new Map(files.map((file, at) => [file, at]));
  return (names) => {
    const asked = names.flatMap((name) => [...(wordsOf(name) ?? [])]);
    const last = asked.at(-1);
    const holding = (last === undefined ? files : (byWord.get(last) ?? [])).filter((file) =>
      asked.every((word) => words.get(file)?.has(word)),
    );
    if (unknown.size === 0) return holding;
    return [...new Set([...holding, ...unknown])].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
  };
}

/** Of several values of one name the last counts: that of an override. None where an override cannot be read, as it may hold any. */
function localsOf(files: readonly ModuleFile[]): ReadonlyMap<string, Attribute> {
  const sorted = [...files.filter(({ isOverride }) => !isOverride), ...files.filter(({ isOverride }) => isOverride)];
  const hides = ({ isOverride, configuration }: ModuleFile): boolean => {
    const read = configuration();
    return isOverride && (read === null || [...read.unread].some(({ type }) => type === "locals"));
  };
  if (sorted.some(hides)) return new Map();
  const blocks = sorted.flatMap(({ configuration }) => configuration()?.blocks ?? []);
  return new Map(blocks.flatMap(({ type, body }) => (type === "locals" ? [...body.attributes] : [])));
}

function byName(configuration: ConfigurationFile | null): ReadonlyMap<string, readonly Block[]> {
  const found = new Map<string, Block[]>();
  for (const block of configuration?.blocks ?? []) {
    // The alias of a provider stands in its body.
    if (block.type === "provider" && configuration?.unread.has(block)) continue;
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
