import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { codeOf } from "../error-code.ts";
import { UsageError } from "../exit-codes.ts";

/** A folder that files are named from, and how to name it to people. */
export interface Base {
  readonly folder: string;
  /** Put before relative names in messages. */
  readonly shown: string;
  /** Nothing outside of it may be named; null where that is free. */
  readonly within: string | null;
}

/** Reads a text file. @throws UsageError where that is not possible */
export function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError(code === "ENOENT" ? `${shown}: no such file` : `${shown}: cannot be read (${code})`);
  }
}

/**
 * The absolute path of what a file names, and its name for people.
 * @param from how a message begins
 * @throws UsageError where it lies outside of the base
 */
export function named(name: string, { folder, shown, within }: Base, from: string): { path: string; shown: string } {
  const path = resolve(folder, name);
  const found = { path, shown: isAbsolute(name) ? name : join(shown, name) };
  if (
    within !== null &&
    statSync(path, { throwIfNoEntry: false }) !== undefined &&
    !isWithin(realpathSync(path), within)
  )
    throw new UsageError(`${from}${name}: lies outside of the package that names it`);
  return found;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(realpathSync(folder), path);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way));
}

const policyFile = /\.(?:ya?ml|json)$/;

/**
 * The policy files at a path: the file, or all that lie below a folder. Links that lead out of a folder are refused, so that
 * nothing is read that nobody named.
 */
export function policyFilesAt(name: string, base: Base, from: string): { path: string; shown: string }[] {
  const { path, shown } = named(name, base, from);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`${from}${name}: no such file or folder`);
  if (!found.isDirectory()) return [{ path, shown }];
  const files = filesBelow(path, `${from}${name}`).filter(
    (file) => policyFile.test(file) && !file.endsWith(".schema.json"),
  );
  for (const file of files) {
    const own = `${from}${join(shown, file)}`;
    if (statSync(join(path, file), { throwIfNoEntry: false }) === undefined)
      throw new UsageError(`${own}: is a link to a file that is not there`);
    if (!isWithin(realpathSync(join(path, file)), path))
      throw new UsageError(`${own}: is a link to a file outside of ${shown}; name that file itself`);
  }
  if (files.length === 0) throw new UsageError(`${from}${name}: a folder without policy files (.yaml, .yml, .json)`);
  return files
    .filter((file) => statSync(join(path, file)).isFile())
    .map((file) => ({ path: join(path, file), shown: join(shown, file) }));
}

function filesBelow(path: string, shown: string): string[] {
  try {
    return readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  } catch (error) {
    throw new UsageError(`${shown}: cannot be read (${codeOf(error)})`);
  }
}
