import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Io } from "../io.ts";

/** What a configuration file is called. */
export const configNames: readonly string[] = ["plimsoll.yaml", "plimsoll.yml", "plimsoll.json"];

/** The configuration that counts: the given one, else the nearest at or above the working directory; null where there is none. */
export function findConfig(given: string | undefined, io: Pick<Io, "cwd">): { path: string; shown: string } | null {
  if (given !== undefined) return { path: resolve(io.cwd, given), shown: given };
  for (let folder = io.cwd; ; folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return { path: found, shown: shownFrom(io.cwd, found) };
    if (folder === dirname(folder)) return null;
  }
}

/**
 * A package's configuration, in the nearest `node_modules` that has the package; null where none has.
 * @param mayUse whether a folder counts that has it
 */
export function findPackage(
  name: string,
  from: string,
  mayUse: (folder: string) => boolean,
): { folder: string; path: string | null } | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate) && mayUse(candidate)) {
      const path = configNames.map((file) => join(candidate, file)).find((file) => existsSync(file));
      return { folder: candidate, path: path ?? null };
    }
    if (folder === dirname(folder)) return null;
  }
}

function shownFrom(cwd: string, path: string): string {
  const way = relative(cwd, path);
  return isAbsolute(way) ? path : way;
}
