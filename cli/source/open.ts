import { readdirSync } from "node:fs";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import * as z from "zod";
import type { ReportIgnored, Source } from "../../engine/index.ts";
import { entryAt } from "../entry.ts";
import { UsageError } from "../exit-codes.ts";
import type { ReadFile } from "./configuration.ts";
import { type ContainedFiles, containedFiles } from "./contained.ts";
import { maySpeak } from "./directive-search.ts";
import { configurationName, type FileName } from "./file-names.ts";
import type { Grammar } from "./grammar.ts";
import { longestHcl, readHcl, readTemplateText } from "./hcl.ts";
import { readJson } from "./json.ts";
import { lateGrammar } from "./late-grammar.ts";
import { type Module, type ModuleFile, moduleOf } from "./module.ts";
import { once } from "./once.ts";
import { remembered } from "./remembered.ts";
import { sourceOf } from "./source.ts";

/** Longer files are no configuration that people or cdktf write. */
export const longestSource = 32 * 1024 ** 2;

const mostBytes = { hcl: longestHcl, json: longestSource } as const;

const manifestFile = ".terraform/modules/modules.json";
const manifestSchema = z.object({ Modules: z.array(z.object({ Key: z.string(), Dir: z.string() })) });

/** A Terraform source, and what people should know of how it could be read. */
export interface OpenedSource {
  readonly source: Source;
  readonly warnings: readonly string[];
  /** Comments that cannot be understood, where waivers in comments do not count. */
  readonly ignored: readonly ReportIgnored[];
}

/**
 * Opens the Terraform source in a folder.
 * @param shown the folder as the user named it, with which the names of files begin: code hosts look for them from there
 * @param waiversFrom whether waivers in comments count, `all`
 * @throws UsageError with all waivers in comments that cannot be understood, where they count
 */
export async function openSource(
  folder: string,
  shown: string,
  waiversFrom: "config" | "all" = "all",
): Promise<OpenedSource> {
  const root = resolve(folder);
  const entry = entryAt(root);
  if (entry.is === "unreadable") throw new UsageError(`--source ${shown}: cannot be read (${entry.code})`);
  if (entry.is !== "folder") throw new UsageError(`--source ${shown}: no such folder`);
  const grammar = lateGrammar();
  const unreadable = new Set<string>();
  const contained = containedFiles(root);
  const filesOf = remembered((directory) => filesIn({ root, contained, shown, grammar, unreadable }, directory));
  if (filesOf(".") === null)
    throw new UsageError(`--source ${shown}: a folder without Terraform files (.tf, .tf.json)`);
  const directories = new Set<string>();
  const texts = new Map<string, string | null>();
  const linesOf = remembered((file) => texts.get(file)?.split(/\r?\n/) ?? []);
  const moduleIn = remembered((directory): Module | null => {
    const files = filesOf(directory);
    if (files !== null) directories.add(directory);
    for (const { file, text } of files ?? []) texts.set(file, text);
    return files === null ? null : moduleOf(directory, files);
  });
  const speaks = maySpeak((directory) => (filesOf(directory) ?? []).flatMap(({ text }) => text ?? []));
  if (speaks) await grammar.load();
  const manifest = installedModules(root, contained);
  const realDirectory = remembered(contained.placeOf);
  const moduleFolders = () => [...directories].flatMap((directory) => realDirectory(directory) ?? []);
  const { source, mistakes } = sourceOf({
    moduleIn,
    speaks,
    installed: manifest ?? new Map(),
    file: (path) => (isBeside(contained, moduleFolders(), path) ? contained.textOf(path, longestText) : null),
    filesIn: remembered((path) => (isBeside(contained, moduleFolders(), path) ? contained.filesIn(path) : null)),
    template: (text, line) => readTemplateText(grammar, text, line),
  });
  if (waiversFrom === "all" && mistakes.length > 0)
    throw new UsageError(...mistakes.map(({ place, message }) => `${place}: ${message}`));
  const told = new Set(unreadable);
  return {
    source: {
      ...source,
      line: (file, line) => linesOf(file)[line - 1] ?? null,
      load: grammar.load,
      warnings: () => [...unreadable].filter((warning) => !told.has(warning)),
    },
    warnings: [
      ...(manifest === null ? [`${manifestFile}: not what terraform init writes, so it tells no module's folder`] : []),
      ...told,
    ],
    ignored: mistakes.map(({ place }) => ({ kind: "waiver", from: place, waives: null })),
  };
}

/** @param place a file, or a line of it */
function noConfiguration(place: string): string {
  return `${place}: cannot be read as configuration, so no lines, values and waivers come from it`;
}

function unreadBlock(place: string): string {
  return `${place}: cannot be read, so no lines and values come from the block around it`;
}

/** Longer files are none that a template or a definition of containers stands in. */
const longestText = 1024 ** 2;

/** Whether a file or a folder stands in one of the folders of modules. @param directories without links */
function isBeside(files: ContainedFiles, directories: readonly string[], path: string): boolean {
  const place = isAbsolute(path) ? null : files.placeOf(path);
  return place !== null && directories.some((directory) => `${place}${sep}`.startsWith(`${directory}${sep}`));
}

/** The folders of the installed modules; null where the file is not what Terraform writes. */
function installedModules(root: string, files: ContainedFiles): ReadonlyMap<string, string> | null {
  const text = files.textOf(manifestFile, longestSource)?.replace(/^\uFEFF/, "") ?? null;
  if (text === null) return new Map();
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success) return null;
  const folders = manifest.data.Modules.map(({ Key, Dir }) => [Key, pathFrom(root, resolve(root, Dir))] as const);
  // What was downloaded lies within the root; a file that says otherwise is none of Terraform's.
  return new Map(folders.filter(([, folder]) => !folder.startsWith("..")));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pathFrom(root: string, path: string): string {
  return posix.normalize(relative(root, path).split(sep).join("/"));
}

/** What the files of modules are read with. */
interface Reader {
  readonly root: string;
  readonly contained: ContainedFiles;
  readonly shown: string;
  readonly grammar: Grammar;
  /** Takes warnings of what cannot be read. */
  readonly unreadable: Set<string>;
}

/** The configuration files of a folder, by name; null where there are none. */
function filesIn(reader: Reader, directory: string): ModuleFile[] | null {
  const { root, contained, shown, grammar, unreadable } = reader;
  const names = configurationsIn(join(root, directory));
  if (names.length === 0) return null;
  return names.map(({ name, kind }) => {
    const file = posix.join(shown.split(sep).join("/"), directory, name);
    // OpenTofu leaves a file out beside one of its own with the same name, and the plan does not say who made it.
    const isOneOfTwo = names.some(({ kind: other }) => isCounterpart(kind, other));
    const whole = isOneOfTwo ? null : contained.textOf(join(directory, name), mostBytes[kind.syntax]);
    const text = whole?.replace(/^\uFEFF/, "") ?? null;
    if (text === null) unreadable.add(noConfiguration(file));
    const configuration = once(() => {
      if (text === null) return null;
      const read = readFile(grammar, file, text, kind);
      for (const warning of warningsOf(file, read)) unreadable.add(warning);
      return read.configuration;
    });
    return { file, isOverride: kind.isOverride, text, configuration };
  });
}

function readFile(grammar: Grammar, file: string, text: string, { syntax }: FileName): ReadFile {
  return syntax === "hcl" ? readHcl(grammar, file, text) : readJson(grammar, file, text);
}

function warningsOf(file: string, { configuration, mistakes }: ReadFile): string[] {
  const places = mistakes.map((line) => `${file}:${line}`);
  return configuration === null ? [noConfiguration(places[0] ?? file)] : places.map(unreadBlock);
}

function isCounterpart(one: FileName, other: FileName): boolean {
  return one.base === other.base && one.syntax === other.syntax && one.language !== other.language;
}

function configurationsIn(folder: string): { name: string; kind: FileName }[] {
  return namesIn(folder).flatMap((name) => {
    const kind = configurationName(name);
    return kind === null ? [] : [{ name, kind }];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { encoding: "utf8" }).sort();
  } catch {
    return [];
  }
}
