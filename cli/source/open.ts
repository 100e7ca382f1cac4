import { readdirSync } from "node:fs";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import * as z from "zod";
import type { ReportIgnored, Source } from "../../engine/index.ts";
import { entryAt } from "../entry.ts";
import { UsageError } from "../exit-codes.ts";
import type { ConfigurationFile } from "./configuration.ts";
import { type ContainedFiles, containedFiles } from "./contained.ts";
import { configurationName, type FileName } from "./file-names.ts";
import { type Grammar, loadGrammar, longestHcl } from "./grammar.ts";
import { readHcl, readTemplateText } from "./hcl.ts";
import { readJson } from "./json.ts";
import { type Module, type ModuleFile, moduleOf } from "./module.ts";
import { once } from "./once.ts";
import { remembered } from "./remembered.ts";
import { sourceOf } from "./source.ts";

/** Longer files are no configuration that people or cdktf write. */
export const longestSource = 32 * 1024 ** 2;

/** Of a source up to this size all files are read, in a fraction of a second; of a larger one those that are asked for. */
export const readAtOnce = 256 * 1024;

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
  const grammar = await loadGrammar();
  const unreadable = new Set<string>();
  const contained = containedFiles(root);
  const reader: Reader = { root, contained, shown, grammar, unreadable, characters: 0 };
  const directories = new Set<string>();
  const moduleIn = remembered((directory): Module | null => {
    const files = filesIn(reader, directory);
    if (files !== null) directories.add(directory);
    return files === null ? null : moduleOf(directory, files);
  });
  if (moduleIn(".") === null)
    throw new UsageError(`--source ${shown}: a folder without Terraform files (.tf, .tf.json)`);
  const manifest = installedModules(root, contained);
  const realDirectory = remembered(contained.placeOf);
  const { source, mistakes } = sourceOf({
    moduleIn,
    installed: manifest ?? new Map(),
    file: (path) =>
      fileBeside(
        contained,
        [...directories].flatMap((directory) => realDirectory(directory) ?? []),
        path,
      ),
    template: (text, line) => readTemplateText(grammar, text, line),
  });
  if (waiversFrom === "all" && mistakes.length > 0)
    throw new UsageError(...mistakes.map(({ place, message }) => `${place}: ${message}`));
  const told = new Set(unreadable);
  return {
    source: {
      ...source,
      warnings: () => [...unreadable].filter((file) => !told.has(file)).map(noConfiguration),
    },
    warnings: [
      ...(manifest === null ? [`${manifestFile}: not what terraform init writes, so it tells no module's folder`] : []),
      ...[...told].map(noConfiguration),
    ],
    ignored: mistakes.map(({ place }) => ({ kind: "waiver", from: place, waives: null })),
  };
}

function noConfiguration(file: string): string {
  return `${file}: cannot be read as configuration, so no lines and no waivers come from it`;
}

/** Longer files are none that a template or a definition of containers stands in. */
const longestText = 1024 ** 2;

/** The text of a file within the folders of modules. @param directories without links */
function fileBeside(files: ContainedFiles, directories: readonly string[], path: string): string | null {
  const place = isAbsolute(path) ? null : files.placeOf(path);
  const isWithin = place !== null && directories.some((directory) => place.startsWith(`${directory}${sep}`));
  return isWithin ? files.textOf(path, longestText) : null;
}

/** The folders of the installed modules; null where the file is not what Terraform writes. */
function installedModules(root: string, files: ContainedFiles): ReadonlyMap<string, string> | null {
  const text = files.textOf(manifestFile, longestSource);
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
  /** Takes the names of files that are no configuration. */
  readonly unreadable: Set<string>;
  /** How long the files are that were opened. */
  characters: number;
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
    const text = isOneOfTwo ? null : contained.textOf(join(directory, name), longestSource);
    // What is too long to be read takes no time.
    const isRefused = text === null || (kind.syntax === "hcl" && text.length > longestHcl);
    if (!isRefused) reader.characters += text.length;
    const configuration = once(() => {
      const read = text === null ? null : configurationIn(grammar, file, text, kind);
      if (read === null) unreadable.add(file);
      return read;
    });
    const isReadAtOnce = isRefused || reader.characters <= readAtOnce;
    return { file, isOverride: kind.isOverride, text, isReadAtOnce, configuration };
  });
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

function configurationIn(grammar: Grammar, file: string, text: string, { syntax }: FileName): ConfigurationFile | null {
  return syntax === "hcl" ? readHcl(grammar, file, text) : readJson(grammar, file, text);
}
