import { accessSync, constants, lstatSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { entryAt } from "./entry.ts";
import type { Io } from "./io.ts";
import { lookAt } from "./plan-look.ts";
import { formats } from "./reporters/reporters.ts";

/**
 * Takes away the reports that an earlier run wrote to the files of `--format`: however this run ends, what stands there
 * afterwards is of this run. The words of the command line are enough for that, also where they are wrong otherwise.
 */
export function removeStaleReports(argv: readonly string[], io: Io): void {
  // What the command is to read, as a report to compare: where it is named as a report by mistake too, it is refused.
  const read = new Set(argv.map((word) => resolve(io.cwd, word)));
  for (const file of reportFiles(argv)) {
    const path = resolve(io.cwd, file);
    if (read.has(path)) continue;
    // A plan that is named here by mistake stays; the file is refused as a report. So is what a link leads to.
    if (isOwnFile(path) && isWritable(path) && !["plan", "saved"].includes(lookAt(path, "").is)) remove(path);
  }
}

function isOwnFile(path: string): boolean {
  return entryAt(path).is === "file" && lstatSync(path).isFile();
}

/** What cannot be taken away cannot be written either, which is told there. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function reportFiles(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  let isFormat = false;
  return words.flatMap((word) => {
    if (word.startsWith("--")) isFormat = word === "--format" || word.startsWith("--format=");
    const [format = "", ...file] = word.replace(/^--format=/, "").split("=");
    return isFormat && file.length > 0 && formats.some((each) => each === format) ? [file.join("=")] : [];
  });
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
