import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Policy } from "../engine/index.ts";
import { PolicyFileError, parsePolicyFiles } from "../engine/index.ts";
import { UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";

const policyFile = /\.(?:ya?ml|json)$/;

/**
 * Reads a team's policy files; folders are read with all that lies below them.
 * @throws UsageError with all mistakes of all files
 */
export async function readPolicyFiles(paths: readonly string[], shipped: readonly Policy[], io: Io): Promise<Policy[]> {
  const files = paths.flatMap((path) => policyFilesAt(path, io));
  const sources = files.map((file) => ({ file, text: readFileSync(resolve(io.cwd, file), "utf8") }));
  try {
    const taken = new Map(shipped.map(({ id }) => [id, "a shipped policy"]));
    return (await parsePolicyFiles(sources, taken)).map(({ policy }) => policy);
  } catch (error) {
    if (error instanceof PolicyFileError) throw new UsageError(error.message);
    throw error;
  }
}

function policyFilesAt(path: string, io: Io): string[] {
  const absolute = resolve(io.cwd, path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`--policies ${path}: no such file or folder`);
  if (!found.isDirectory()) return [path];
  const below = readdirSync(absolute, { recursive: true, encoding: "utf8" });
  const files = below.filter((file) => policyFile.test(file)).sort();
  if (files.length === 0)
    throw new UsageError(`--policies ${path}: a folder without policy files (.yaml, .yml, .json)`);
  return files.map((file) => join(path, file));
}
