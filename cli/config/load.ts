import { existsSync, realpathSync } from "node:fs";
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
} from "../../engine/index.ts";
import { UsageError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { type Base, named, policyFilesAt, readText } from "./files.ts";
import { findPackage } from "./find.ts";
import type { Team } from "./team.ts";

/** A configuration that was read, and where its own names are looked up. */
interface Read {
  /** Its real path: what several files extend counts once. */
  readonly path: string;
  readonly source: ConfigSource;
  readonly base: Base;
}

/**
 * Reads the configuration that was found, with what it extends, and all policy files.
 * @throws UsageError with all mistakes
 */
export async function readTeam(
  found: { readonly path: string; readonly shown: string } | null,
  policyPaths: readonly string[],
  shipped: readonly Policy[],
  io: Io,
): Promise<Team> {
  return asUsage(async () => {
    const all = found === null ? [] : await readConfig(found.path, found.shown, null, []);
    const read = [...new Map(all.map((each) => [each.path, each])).values()];
    const working: Base = { folder: io.cwd, shown: "", within: null };
    const own = await readPolicies(
      [
        ...read.flatMap(({ source, base }) =>
          (source.data.policies ?? []).map((name, at) => ({
            name,
            base,
            from: `${source.located.at(["policies", at])}: policies: `,
          })),
        ),
        ...policyPaths.map((name) => ({ name, base: working, from: "--policies " })),
      ],
      shipped,
    );
    const policies = [...shipped, ...own.map(({ policy }) => policy)];
    const mistakes = read.flatMap(({ source }) => source.located.lines(checkConfig(source.data, policies)));
    if (mistakes.length > 0) throw new ConfigError(mistakes);
    return { config: mergeConfigs(read.map(({ source }) => source)), policies, own };
  });
}

/** Reads policy files by themselves. @throws UsageError with all mistakes of all files */
export async function readPolicyFiles(names: readonly string[], io: Io): Promise<PolicyFromFile[]> {
  const base: Base = { folder: io.cwd, shown: "", within: null };
  const places = names.map((name) => ({ name, base, from: "" }));
  return asUsage(() => readPolicies(places, []));
}

/** A file or folder of policies, and how a mistake in naming it begins. */
interface PolicyPlace {
  readonly name: string;
  readonly base: Base;
  readonly from: string;
}

async function readPolicies(places: readonly PolicyPlace[], shipped: readonly Policy[]): Promise<PolicyFromFile[]> {
  const files = new Map(
    places.flatMap(({ name, base, from }) => policyFilesAt(name, base, from)).map(({ path, shown }) => [path, shown]),
  );
  const sources = [...files].map(([path, shown]) => ({ file: shown, text: readText(path, shown) }));
  return parsePolicyFiles(sources, new Map(shipped.map(({ id }) => [id, "a shipped policy"])));
}

/** The files that extend each other down to one. */
type Chain = readonly { readonly path: string; readonly shown: string }[];

/** The configurations of a file, those that it extends first. */
async function readConfig(path: string, shown: string, within: string | null, chain: Chain): Promise<Read[]> {
  const source = await parseConfigFile({ file: shown, text: readText(path, shown) });
  const own = { path: realpathSync(path), shown };
  if (chain.some((each) => each.path === own.path))
    throw new UsageError(`${[...chain, own].map((each) => each.shown).join(" extends ")}: a circle; take one out`);
  const base: Base = { folder: dirname(path), shown: dirname(shown), within };
  const extended: Read[] = [];
  for (const [at, name] of (source.data.extends ?? []).entries()) {
    const place = () => source.located.at(["extends", at]);
    extended.push(...(await readExtended(name, base, place, [...chain, own])));
  }
  return [...extended, { path: own.path, source, base }];
}

async function readExtended(name: string, base: Base, place: () => string, chain: Chain): Promise<Read[]> {
  if (/^(?:\.{0,2}\/|\.{1,2}$)/.test(name)) {
    const file = named(name, base, `${place()}: extends `);
    if (!existsSync(file.path)) throw new UsageError(`${place()}: extends "${name}": no such file`);
    return readConfig(file.path, file.shown, base.within, chain);
  }
  if (!/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name))
    throw new UsageError(
      `${place()}: extends "${name}": neither a path that begins with ./ or ../, nor the name of an npm package`,
    );
  const found = findPackage(name, base.folder);
  if (found === null)
    throw new UsageError(
      `${place()}: extends "${name}": no such package is installed; run: npm install --save-dev ${name}`,
    );
  if (found.path === null) throw new UsageError(`${place()}: extends "${name}": the package holds no plimsoll.yaml`);
  return readConfig(found.path, `node_modules/${name}/${basename(found.path)}`, found.folder, chain);
}

async function asUsage<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof PolicyFileError) throw new UsageError(error.message);
    throw error;
  }
}
