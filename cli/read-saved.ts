import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ReportError } from "../engine/index.ts";
import { entryAt, unreadable } from "./entry.ts";
import { codeOf } from "./error-code.ts";
import { InputError } from "./exit-codes.ts";
import { mostPlanBytes, tooLarge } from "./input.ts";
import type { Io } from "./io.ts";

/**
 * Reads a saved JSON report.
 * @param read reads its JSON
 * @throws InputError where there is none
 */
export async function readSaved<T>(file: string, read: (json: unknown) => Promise<T>, io: Io): Promise<T> {
  const json = jsonAt(file, io);
  try {
    return await read(json);
  } catch (error) {
    if (error instanceof ReportError) throw new InputError(`${file}: ${error.message}; ${howToMake}`);
    throw error;
  }
}

const howToMake = "write one by plimsoll check <plan> --format json=report.json";

function jsonAt(file: string, io: Io): unknown {
  const path = resolve(io.cwd, file);
  const entry = entryAt(path);
  if (entry.is === "none") throw new InputError(`${file}: no such file; ${howToMake}`);
  if (entry.is === "folder") throw new InputError(`${file}: a folder, and no report; ${howToMake}`);
  if (entry.is === "unreadable") throw new InputError(`${file}: ${unreadable(entry.code, "file")}`);
  if (entry.stats.size > mostPlanBytes) throw tooLarge(file, entry.stats.size);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${file}: is no JSON; ${howToMake}`);
    throw new InputError(`${file}: ${unreadable(codeOf(error), "file")}`);
  }
}
