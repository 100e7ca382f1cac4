import { accessSync, closeSync, constants, openSync, writeSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { chunks } from "./chunks.ts";
import { configNames } from "./config/find.ts";
import { entryAt } from "./entry.ts";
import { codeOf } from "./error-code.ts";
import { OutputError, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { isLink } from "./replace-file.ts";
import type { Listing } from "./reporters/causes.ts";
import { type Shown, shownResults } from "./reporters/hidden.ts";
import { type PlanResult, verdictOf } from "./reporters/plan-result.ts";
import { type Format, formats, reporters } from "./reporters/reporters.ts";

/** A report to print or, with a file, to write there. */
export interface Output {
  readonly format: Format;
  readonly file: string | null;
}

/**
 * Reads the values of `--format`: `sarif=plimsoll.sarif`, or `text` for standard output. The option takes all words that
 * follow it, so what is no format and follows one is the name of a plan.
 * @throws UsageError also where a file could not be written, before anything is checked
 */
export function readOutputs(values: readonly string[], io: Io): { outputs: Output[]; plans: string[] } {
  const outputs: Output[] = [];
  const plans: string[] = [];
  for (const value of values) {
    const [name = "", ...rest] = value.split("=");
    const format = formats.find((each) => each === name);
    if (format !== undefined) outputs.push({ format, file: rest.length === 0 ? null : rest.join("=") });
    else if (outputs.length > 0 && isPlan(value, io)) plans.push(value);
    else throw new UsageError(`--format ${value}: no such format; there are: ${formats.join(", ")}`);
  }
  refuseTwice(outputs, io);
  for (const { format, file } of outputs) if (file !== null) checkWritable(`--format ${format}=${file}`, file, io);
  return { outputs, plans };
}

function isPlan(word: string, io: Io): boolean {
  return word === "-" || entryAt(resolve(io.cwd, word)).is !== "none";
}

function refuseTwice(outputs: readonly Output[], io: Io): void {
  const printed = outputs.filter(({ file }) => file === null);
  if (printed.length > 1) {
    throw new UsageError(
      `--format ${printed.map(({ format }) => format).join(" ")}: only one format goes to standard output; ` +
        `give the others files: ${printed.map(({ format }, at) => (at === 0 ? format : `${format}=<file>`)).join(" ")}`,
    );
  }
  const files = outputs.flatMap(({ file }) => (file === null ? [] : [file]));
  const twice = files.find((file, at) => files.findIndex((one) => resolve(io.cwd, one) === resolve(io.cwd, file)) < at);
  if (twice !== undefined) throw new UsageError(`--format: two formats are to be written to ${twice}`);
}

function checkWritable(option: string, file: string, io: Io): void {
  if (file === "") throw new UsageError(`${option}: a file name is missing`);
  if (configNames.includes(basename(file)))
    throw new UsageError(`${option}: a file of that name is read as the configuration; choose another, as report.json`);
  const path = resolve(io.cwd, file);
  const folder = entryAt(dirname(path));
  if (folder.is === "none")
    throw new UsageError(`${option}: the folder ${dirname(file)} does not exist; create it first`);
  if (folder.is === "file" || folder.is === "other") throw new UsageError(`${option}: ${dirname(file)} is no folder`);
  const found = entryAt(path);
  const code = folder.is === "unreadable" ? folder.code : found.is === "unreadable" ? found.code : null;
  if (code !== null) throw new UsageError(`${option}: cannot be written (${code})`);
  if (found.is === "folder") throw new UsageError(`${option}: ${file} is a folder; name a file`);
  if (isLink(path)) {
    throw new UsageError(
      `${option}: ${file} is a link, and a report would take the place of what it leads to; name a file`,
    );
  }
  try {
    accessSync(found.is === "none" ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw new UsageError(`${option}: cannot be written (${codeOf(error)})`);
  }
}

/** A report must not take the place of what it is made of, by whatever name. */
export function refuseToOverwrite(
  inputs: readonly string[],
  outputs: readonly Output[],
  io: Io,
  what = "the plan to check",
): void {
  const files = new Set(inputs.map((input) => identityOf(resolve(io.cwd, input))));
  const wrong = outputs.find(({ file }) => file !== null && files.has(identityOf(resolve(io.cwd, file))));
  if (wrong !== undefined) throw new UsageError(`--format ${wrong.format}=${wrong.file}: this is ${what}`);
}

/** The same for two names of one file: for hard links, and where capital letters make no difference. */
function identityOf(path: string): string {
  const found = entryAt(path);
  return found.is === "file" || found.is === "other" ? `${found.stats.dev} ${found.stats.ino}` : path;
}

/** What reports for people list, and how. */
export interface OutputOptions extends Shown {
  /** Whether nothing is printed where nothing blocks. */
  readonly quiet: boolean;
  readonly list: Listing;
}

/**
 * Prints and writes the reports. Where the only plan could not be judged nothing is printed: the reason stands on standard
 * error already, and a report of no plan has nothing to add; with `quiet` neither where nothing blocks. Files have it in their format, for those who read them later.
 */
export async function writeOutputs(
  outputs: readonly Output[],
  results: readonly PlanResult[],
  { quiet, list, ...shown }: OutputOptions,
  io: Io,
): Promise<void> {
  const hasNoPlan = results.length === 1 && results.every((result) => "failure" in result);
  const isSilent = hasNoPlan || (quiet && results.every((result) => verdictOf(result) === "nothing blocks"));
  for (const { format, file } of outputs) {
    if (file === null && isSilent) continue;
    const report = await reporters[format]();
    const listed = forPrograms.has(format) ? results : shownResults(results, shown);
    const options = { cwd: io.cwd, version: manifest.version, listing: list };
    const { colours, columns, breaksLines } = io;
    if (file === null) await io.print(report(listed, { ...options, colours, columns, breaksLines }));
    else write(format, file, report(listed, { ...options, colours: false, columns: 100 }), io);
  }
}

/** Formats that list all in any case. */
const forPrograms: ReadonlySet<Format> = new Set(["json", "sarif", "csv", "ocsf"]);

function write(format: Format, file: string, pieces: Iterable<string>, io: Io): void {
  try {
    const opened = openSync(resolve(io.cwd, file), "w");
    try {
      for (const chunk of chunks(pieces)) writeAll(opened, Buffer.from(chunk));
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    throw new OutputError(`--format ${format}=${file}: cannot be written (${codeOf(error)})`);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSync(file, rest));
}
