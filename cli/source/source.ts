import { posix } from "node:path";
import type { Expression } from "../../engine/expressions/syntax.ts";
import type { Location, Source, Waiver } from "../../engine/index.ts";
import type { Block } from "../../engine/plan/source.ts";
import { type BlockAddress, blockAddress } from "./address.ts";
import type { Directive } from "./configuration.ts";
import type { MergedBlock, Module } from "./module.ts";
import { remembered } from "./remembered.ts";
import { type FindChild, sourceModule } from "./source-module.ts";
import { readWaiver, type WaiverText } from "./waiver-text.ts";

/** What a source is made of. */
export interface SourceParts {
  /** The module in a folder, named by its path from the root of the source; null where there is none. */
  readonly moduleIn: (directory: string) => Module | null;
  /** Whether comments may speak to plimsoll; where not, no file is read for them. */
  readonly speaks: boolean;
  /** The folders of installed modules, by the names of the calls that lead to them, joined by dots. */
  readonly installed: ReadonlyMap<string, string>;
  /** The text of a file, by its path from the root of the source; null where it may not or cannot be read. */
  readonly file: (path: string) => string | null;
  /** The paths of all files in a folder and below, from that folder; null where not all can be told. */
  readonly filesIn: (directory: string) => readonly string[] | null;
  readonly template: (text: string, line: number) => Expression;
}

/** A source with its comments read. */
export interface ReadSource {
  readonly source: Source;
  /** What is wrong with the comments that speak to plimsoll, with their places: `ecs.tf:40`. */
  readonly mistakes: readonly { readonly place: string; readonly message: string }[];
}

/** A module on the way to a block. */
interface Visited {
  readonly module: Module;
  /** The calls that lead there. */
  readonly calls: readonly MergedBlock[];
  /** The call at which the way leaves the source of one's own: what lies behind was downloaded. */
  readonly left: MergedBlock | null;
}

/** Where the way to a block ends: at the block, or at a call behind which nothing is at hand. */
interface Found {
  readonly block: MergedBlock;
  readonly isCall: boolean;
  readonly calls: readonly MergedBlock[];
  readonly left: MergedBlock | null;
}

const waivable = new Set(["resource", "data", "module", "variable", "output", "provider"]);

export function sourceOf({ moduleIn, ...others }: SourceParts): ReadSource {
  // A module is read once: its blocks are told from each other by identity.
  const parts = { moduleIn: remembered(moduleIn), ...others };
  const root = parts.moduleIn(".");
  const find = remembered((address: string): Found | null => {
    const named = blockAddress(address);
    return named === null || root === null ? null : findBlock(parts, root, named);
  });
  const directives =
    root === null || !parts.speaks ? [] : ownModules(parts, root).flatMap(({ directives: own }) => own());
  const read = directives.map((directive) => ({ directive, result: readDirective(directive) }));
  const waivers = read.flatMap(({ directive, result }) =>
    typeof result === "string" ? [] : [{ directive, text: result }],
  );
  const findChild: FindChild = (from, call, names) => {
    const block = from.find({ type: "module", labels: [call], alias: null });
    const next = [...names, call];
    const found = block === null ? null : behind(parts, { module: from, calls: [], left: null }, block, next);
    return found === null ? null : { module: found.module, names: next };
  };
  const { file, filesIn } = parts;
  const template = templatesOf(parts);
  return {
    source: {
      configuration: { root: root === null ? null : sourceModule(root, [], findChild), file, filesIn, template },
      locate: (address, path) => {
        const found = find(address);
        return found === null ? null : locationOf(found, path);
      },
      waivers: (addresses) => {
        // Blocks need not be found then, nor the grammar loaded.
        if (waivers.length === 0) return [];
        const made = addressesByBlock(addresses, find);
        return waivers.flatMap(({ directive, text }) => waiversOf(directive, text, made));
      },
    },
    mistakes: read.flatMap(({ directive: { file, line }, result }) =>
      typeof result === "string" ? [{ place: `${file}:${line}`, message: result }] : [],
    ),
  };
}

/** Reads templates, each once. */
function templatesOf({ template }: SourceParts): SourceParts["template"] {
  const known = new Map<string, Expression>();
  return (text, line) => {
    const key = `${line} ${text}`;
    const read = known.get(key) ?? template(text, line);
    known.set(key, read);
    return read;
  };
}

function findBlock(parts: SourceParts, root: Module, { calls, block: name }: BlockAddress): Found | null {
  let at: Visited = { module: root, calls: [], left: null };
  for (const [depth, call] of calls.entries()) {
    const block = at.module.find({ type: "module", labels: [call], alias: null });
    if (block === null) return null;
    const next = behind(parts, at, block, calls.slice(0, depth + 1));
    if (next === null) return { block, isCall: true, calls: at.calls, left: at.left };
    at = next;
  }
  const block = at.module.find(name);
  return block === null ? null : { block, isCall: false, calls: at.calls, left: at.left };
}

/** The module that a call leads to; null where its source is not at hand. */
function behind(parts: SourceParts, from: Visited, call: MergedBlock, names: readonly string[]): Visited | null {
  const source = call.body.attributes.get("source")?.expression();
  const text = source?.kind === "string" ? source.text : null;
  const isLocal = text !== null && /^\.\.?(?:\/|$)/.test(text);
  const directory = isLocal ? posix.join(from.module.directory, text) : parts.installed.get(names.join("."));
  const module = directory === undefined ? null : parts.moduleIn(withoutEnd(directory));
  if (module === null) return null;
  return { module, calls: [...from.calls, call], left: from.left ?? (isLocal ? null : call) };
}

function withoutEnd(directory: string): string {
  return posix.normalize(directory).replace(/(?<=.)\/$/, "");
}

/** The modules of one's own source, each once: the root, and those that calls with local sources lead to. */
function ownModules(parts: SourceParts, root: Module): Module[] {
  const found = new Map([[root.directory, root]]);
  const open: { module: Module; names: readonly string[] }[] = [{ module: root, names: [] }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { module, names } = next;
    for (const name of module.calls()) {
      const call = module.find({ type: "module", labels: [name], alias: null });
      const called = call === null ? null : behind(parts, { module, calls: [], left: null }, call, [...names, name]);
      if (called === null || called.left !== null || found.has(called.module.directory)) continue;
      found.set(called.module.directory, called.module);
      open.push({ module: called.module, names: [...names, name] });
    }
  }
  return [...found.values()];
}

function locationOf({ block, isCall, left }: Found, path: string | null): Location {
  const { file, line, construct } = block.base;
  const place = isCall || path === null ? null : block.placeOf(path);
  const of = isCall ? "module-call" : place === null ? "block" : "attribute";
  return {
    ...(place ?? { file, line }),
    of,
    ...(construct === null ? {} : { construct }),
    ...(left === null ? {} : { call: { file: left.base.file, line: left.base.line } }),
  };
}

function readDirective({ text, block }: Directive): WaiverText | string {
  const waiver = readWaiver(text);
  if (typeof waiver === "string" || (block !== null && waivable.has(block.type))) return waiver;
  return "this waiver stands at no block that it could count for; write it directly above a resource, data or module block, or within that block but in none of its parts";
}

/** Of every block the addresses that it makes; of a call those of all that stands behind it. */
function addressesByBlock(
  addresses: readonly string[],
  find: (address: string) => Found | null,
): ReadonlyMap<Block, readonly string[]> {
  const made = new Map<Block, string[]>();
  for (const address of new Set(addresses)) {
    const found = find(address);
    if (found === null) continue;
    for (const part of [...found.calls, found.block].flatMap(({ parts }) => parts)) {
      const own = made.get(part);
      if (own === undefined) made.set(part, [address]);
      else own.push(address);
    }
  }
  return made;
}

function waiversOf(
  { file, line, block }: Directive,
  { policies, expires, owner, reason }: WaiverText,
  made: ReadonlyMap<Block, readonly string[]>,
): Waiver[] {
  const resources = block === null ? [] : (made.get(block) ?? []);
  return policies.map((policy) => ({
    policy,
    resources,
    exact: true,
    fingerprint: null,
    reason,
    owner,
    expires,
    // Its block is the limit.
    maxMatches: Number.MAX_SAFE_INTEGER,
    from: `${file}:${line}`,
  }));
}
