import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { type Entry, entryAt } from "../entry.ts";
import { codeOf } from "../error-code.ts";
import { UsageError } from "../exit-codes.ts";
import { isWithin } from "./checkout.ts";

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
 * The absolute path of what a file names, its name for people, and what stands there.
 * @param from how a message begins
 * @throws UsageError where it lies outside of the base
 */
export function named(
  name: string,
  { folder, shown, within }: Base,
  from: string,
): { path: string; shown: string; entry: Entry } {
  const path = resolve(folder, name);
  const found = { path, shown: isAbsolute(name) ? name : join(shown, name), entry: entryAt(path) };
  if (within !== null && found.entry.is !== "none" && !isWithin(path, within))
    throw new UsageError(`${from}${name}: lies outside of the package that names it`);
  return found;
}

const policyFile = /\.(?:ya?ml|json)$/;

/**
 * The policy files at a path: the file, or all that lie below a folder. Links that lead out of a folder are refused, so that
 * nothing is read that nobody named.
 */
export function policyFilesAt(name: string, base: Base, from: string): { path: string; shown: string }[] {
  const { path, shown, entry } = named(name, base, from);
  if (entry.is === "none") throw new UsageError(`${from}${name}: no such file or folder`);
  if (entry.is === "unreadable") throw new UsageError(`${from}${name}: cannot be read (${entry.code})`);
  if (entry.is === "other") throw new UsageError(`${from}${name}: is neither a file nor a folder`);
  if (entry.is === "file") return [{ path, shown }];
  const files = filesBelow(path, `${from}${name}`).filter(
    (file) => policyFile.test(file) && !file.endsWith(".schema.json"),
  );
  if (files.length === 0) throw new UsageError(`${from}${name}: a folder without policy files (.yaml, .yml, .json)`);
  return files.flatMap((file) => {
    const own = `${from}${join(shown, file)}`;
    const found = entryAt(join(path, file));
    if (found.is === "none") throw new UsageError(`${own}: is a link to a file that is not there`);
    if (found.is === "unreadable") throw new UsageError(`${own}: cannot be read (${found.code})`);
    if (!isWithin(join(path, file), path))
      throw new UsageError(`${own}: is a link to a file outside of ${shown}; name that file itself`);
    return found.is === "file" ? [{ path: join(path, file), shown: join(shown, file) }] : [];
  });
}

function filesBelow(path: string, shown: string): string[] {
  try {
    return readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  } catch (error) {
    throw new UsageError(`${shown}: cannot be read (${codeOf(error)})`);
  }
}
