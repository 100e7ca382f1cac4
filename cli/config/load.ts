import { realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import {
  ConfigError,
  type ConfigSource,
  checkConfig,
  mergeConfigs,
  type Policy,
  PolicyFileError,
  type PolicyFromFile,
  parseConfigFile,
  parsePolicyFiles,
  policyPage,
  type ReportIgnored,
} from "../../engine/index.ts";
import { append } from "../../engine/lists.ts";
import { UsageError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { checkoutOf, isWithin } from "./checkout.ts";
import { type Base, named, policyFilesAt, readText } from "./files.ts";
import { findPackage } from "./find.ts";
import { configOfSet } from "./set.ts";
import type { Team, TeamFile, TeamOptions } from "./team.ts";

/** A configuration that was read, and where its own names are looked up. */
interface Read {
  /** Its real path: what several files extend counts once. */
  readonly path: string;
  readonly source: ConfigSource;
  readonly file: TeamFile;
  readonly base: Base;
  /** Whether it is the one that was named, or found; the others are extended. */
  readonly isFirst: boolean;
}

/** What holds for all files that are read for one configuration. */
interface Reading {
  /** The folder of the change under review, of which only what the first file names counts; null where all counts. */
  readonly checkout: string | null;
  readonly ignored: ReportIgnored[];
  /** Folders of which messages may quote; of a file elsewhere they do not, as it may be no file of plimsoll. */
  readonly quoted: string[];
}

/**
 * Reads the configuration that was found, with what it extends, and all policy files.
 * @param checkout the folder of a change that is not trusted; null where all counts
 * @throws UsageError with all mistakes
 */
export async function readTeam(
  found: { readonly path: string; readonly shown: string } | null,
  { policies: policyPaths, set = [], onlyShown = false }: Pick<TeamOptions, "policies" | "set" | "onlyShown">,
  shipped: readonly Policy[],
  checkout: string | null,
  io: Pick<Io, "cwd">,
): Promise<Team> {
  return asUsage(async () => {
    const quoted = [checkoutOf(io.cwd), ...(found === null ? [] : [dirname(found.path)])];
    const reading: Reading = { checkout, ignored: [], quoted };
    const all = found === null ? [] : await readConfig(found.path, found.shown, null, [], reading);
    const read = [...new Map(all.map((each) => [each.path, each])).values()];
    const working: Base = { folder: io.cwd, shown: "", within: null };
    const places = [
      ...read.flatMap((each) => policiesNamedBy(each, reading)),
      ...policyPaths.map((name) => ({ name, base: working, from: "--policies " })),
    ];
    const mayQuote = [...quoted, ...policyPaths.map((name) => named(name, working, "").path)];
    const { own, lines } = await readablePolicies(places, shipped, mayQuote);
    if (lines.length > 0 && !onlyShown) throw new UsageError(...lines);
    const policies = [...shipped, ...own.map(({ policy }) => policy)];
    const sources = read.map(({ source }) => source);
    if (set.length > 0) sources.push(await configOfSet(set, policies));
    const mistakes = sources.flatMap(({ data, located }) => located.lines(checkConfig(data, policies)));
    if (mistakes.length > 0 && !onlyShown) throw new ConfigError(mistakes);
    const config = mergeConfigs(sources);
    const { policyPages: pages } = config;
    const paged =
      pages === undefined
        ? policies
        : [
            ...shipped.map((policy) => ({ ...policy, page: policyPage(pages, policy.id) })),
            ...own.map(({ policy }) => ({ ...policy, page: policy.page ?? policyPage(pages, policy.id) })),
          ];
    return {
      config,
      files: read.map(({ file }) => file),
      policies: paged,
      own,
      ignored: reading.ignored,
      warnings: [...lines, ...mistakes],
    };
  });
}

function policiesNamedBy({ source, base, isFirst }: Read, reading: Reading): PolicyPlace[] {
  return (source.data.policies ?? []).flatMap((name, at) => {
    const from = `${source.located.at(["policies", at])}: policies: `;
    const { path, shown } = named(name, base, from);
    if (isFirst || !ignores("policies", path, shown, reading)) return [{ name, base, from }];
    return [];
  });
}

/** Whether a file stands in a change that is not trusted; the report names it then. */
function ignores(kind: ReportIgnored["kind"], path: string, shown: string, { checkout, ignored }: Reading): boolean {
  if (checkout === null || !isWithin(path, checkout)) return false;
  ignored.push({ kind, from: shown, waives: null });
  return true;
}

/** Reads policy files by themselves. @throws UsageError with all mistakes of all files */
export async function readPolicyFiles(names: readonly string[], io: Pick<Io, "cwd">): Promise<PolicyFromFile[]> {
  const base: Base = { folder: io.cwd, shown: "", within: null };
  const places = names.map((name) => ({ name, base, from: "" }));
  return asUsage(() => readPolicies(places, [], null));
}

/** The policies of all files that can be used, and the mistakes in the others. */
async function readablePolicies(
  places: readonly PolicyPlace[],
  shipped: readonly Policy[],
  quoted: readonly string[],
): Promise<{ own: readonly PolicyFromFile[]; lines: readonly string[] }> {
  try {
    return { own: await readPolicies(places, shipped, quoted), lines: [] };
  } catch (error) {
    if (!(error instanceof PolicyFileError)) throw error;
    return { own: error.policies, lines: error.lines };
  }
}

/** A file or folder of policies, and how a mistake in naming it begins. */
interface PolicyPlace {
  readonly name: string;
  readonly base: Base;
  readonly from: string;
}

/** @param quoted the folders of which messages may quote; null where they may of all */
async function readPolicies(
  places: readonly PolicyPlace[],
  shipped: readonly Policy[],
  quoted: readonly string[] | null,
): Promise<PolicyFromFile[]> {
  const files = new Map(
    places.flatMap(({ name, base, from }) => policyFilesAt(name, base, from)).map(({ path, shown }) => [path, shown]),
  );
  const sources = [...files].map(([path, shown]) => ({
    file: shown,
    text: readText(path, shown),
    isForeign: quoted !== null && !quoted.some((folder) => isWithin(path, folder)),
  }));
  return parsePolicyFiles(sources, new Map(shipped.map(({ id }) => [id, "a shipped policy"])));
}

/** The files that extend each other down to one. */
type Chain = readonly { readonly path: string; readonly shown: string }[];

/** The configurations of a file, those that it extends first. */
async function readConfig(
  path: string,
  shown: string,
  within: string | null,
  chain: Chain,
  reading: Reading,
): Promise<Read[]> {
  const isFirst = chain.length === 0;
  const isForeign = !reading.quoted.some((folder) => isWithin(path, folder));
  const text = readText(path, shown);
  const source = await parseConfigFile({ file: shown, text, isForeign });
  const own = { path: realpathSync(path), shown };
  if (chain.some((each) => each.path === own.path))
    throw new UsageError(`circular "extends": ${[...chain, own].map((each) => each.shown).join(" → ")}; remove one`);
  const base: Base = { folder: dirname(path), shown: dirname(shown), within };
  const extended: Read[] = [];
  for (const [at, name] of (source.data.extends ?? []).entries()) {
    const place = () => source.located.at(["extends", at]);
    append(extended, await readExtended(name, base, place, [...chain, own], reading));
  }
  const waivers = source.data.waivers?.length ?? 0;
  const file = { path, shown, text, waivers, isPackage: within !== null };
  return [...extended, { path: own.path, source, file, base, isFirst }];
}

async function readExtended(
  name: string,
  base: Base,
  place: () => string,
  chain: Chain,
  reading: Reading,
): Promise<Read[]> {
  if (/^(?:\.{0,2}\/|\.{1,2}$)/.test(name)) {
    const file = named(name, base, `${place()}: extends `);
    if (file.entry.is === "none") throw new UsageError(`${place()}: extends "${name}": no such file`);
    if (file.entry.is === "unreadable")
      throw new UsageError(`${place()}: extends "${name}": cannot be read (${file.entry.code})`);
    if (file.entry.is !== "file") throw new UsageError(`${place()}: extends "${name}": is no file`);
    if (chain.length > 1 && ignores("configuration", file.path, file.shown, reading)) return [];
    return readConfig(file.path, file.shown, base.within, chain, reading);
  }
  if (!/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name))
    throw new UsageError(
      `${place()}: extends "${name}": neither a path that begins with ./ or ../, nor the name of an npm package`,
    );
  const { checkout } = reading;
  const found = findPackage(name, base.folder, (folder) => checkout === null || !isWithin(folder, checkout));
  if (found === null)
    throw new UsageError(
      checkout === null
        ? `${place()}: extends "${name}": no such package is installed; run: npm install --save-dev ${name}`
        : `${place()}: extends "${name}": no such package is installed outside of the checkout, whose own do not count with --trusted-config`,
    );
  if (found.path === null) throw new UsageError(`${place()}: extends "${name}": the package holds no plimsoll.yaml`);
  reading.quoted.push(found.folder);
  return readConfig(found.path, `node_modules/${name}/${basename(found.path)}`, found.folder, chain, reading);
}

async function asUsage<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof PolicyFileError) throw new UsageError(...error.lines);
    throw error;
  }
}
