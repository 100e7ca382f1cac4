import { constants } from "node:buffer";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PlanError } from "../engine/index.ts";
import { sha256 } from "./digest.ts";
import { entryAt, unreadable } from "./entry.ts";
import { codeOf } from "./error-code.ts";
import { InputError } from "./exit-codes.ts";
import { isZip } from "./file-pieces.ts";
import type { Io } from "./io.ts";
import { showPlan } from "./show-plan.ts";
import { standardInput } from "./standard-input.ts";

/** A plan's JSON, and the name to report it under. */
export interface PlanInput {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** The SHA-256 of the bytes, as long as they are not taken. */
  readonly sha256: () => Promise<string>;
  /** What was handed over, which is not the JSON where that is a saved plan. */
  readonly form: "json" | "saved";
  readonly fileSha256: () => Promise<string>;
  /** The bytes, which may be taken once: who is handed them decides how long those of a large plan are kept. */
  readonly take: () => Uint8Array;
}

const makePlan = "terraform plan -out=tfplan && terraform show -json tfplan > plan.json";

/** The longest text that V8 holds; a plan in ASCII has as many bytes. */
export const mostPlanBytes = constants.MAX_STRING_LENGTH;

export interface ReadOptions {
  /** The folder of the Terraform source, where the user named it: a saved plan is shown there. */
  readonly source?: string | null;
  /** Whether a saved plan may be opened, which runs the provider programs of its folder. */
  readonly opensSaved?: boolean;
}

/** What was named as a plan, as it is. */
export interface HandedOver {
  readonly file: string;
  /** Null for standard input. */
  readonly path: string | null;
  readonly form: "json" | "saved";
  readonly bytes: Uint8Array;
}

/** Reads a plan that was named or found: its JSON, a saved binary plan, or standard input. */
export async function readInput(name: string, io: Io, options: ReadOptions = {}): Promise<PlanInput> {
  const given = await readHandedOver(name, io);
  if (given.form === "json") return inputOf(name, given.bytes);
  if (options.opensSaved === false) throw new InputError(notOpened(name));
  return inputOf(name, await shownJson(given, options.source ?? null, io), given.bytes);
}

/** Reads the bytes of a plan, and opens no saved one. */
export async function readHandedOver(name: string, io: Io): Promise<HandedOver> {
  if (name === standardInput)
    return { file: name, path: null, form: "json", bytes: notTooLarge(standardInput, await io.stdin()) };
  const path = resolve(io.cwd, name);
  const entry = entryAt(path);
  if (entry.is === "none") throw new InputError(`${name}: no such file; make one with: ${makePlan}`);
  if (entry.is === "unreadable") throw new InputError(`${name}: ${unreadable(entry.code, "file")}`);
  if (entry.is === "folder")
    throw new InputError(`${name}: a directory without a plan; make one there with: ${makePlan}`);
  if (entry.stats.size > mostPlanBytes) throw tooLarge(name, entry.stats.size);
  const bytes = readBytes(path, name);
  return { file: name, path, form: isZip(bytes) ? "saved" : "json", bytes };
}

/**
 * The JSON of a saved plan.
 * @param source the folder of the Terraform source, where the user named it
 */
export async function shownJson({ file, path }: HandedOver, source: string | null, io: Io): Promise<Uint8Array> {
  const own = path ?? resolve(io.cwd, file);
  return showPlan({ path: own, name: file, directory: source ?? dirname(own), most: mostPlanBytes }, io);
}

/** Says that a saved plan of a change that is not trusted stays closed. */
export function notOpened(name: string): string {
  return (
    `${name}: a saved plan, which is not opened with --trusted-config, as that runs the provider programs of its folder; ` +
    `hand over its JSON: terraform show -json ${name} > plan.json`
  );
}

/** @param saved the saved plan that the bytes were made of; null where they were handed over */
function inputOf(file: string, bytes: Uint8Array, saved: Uint8Array | null = null): PlanInput {
  const size = bytes.byteLength;
  let held: Uint8Array | null = bytes;
  const bytesOnce = () => {
    if (held === null) throw new TypeError("the bytes of the plan are taken already");
    return held;
  };
  return {
    file,
    size,
    sha256: () => sha256(bytesOnce()),
    form: saved === null ? "json" : "saved",
    fileSha256: () => sha256(saved ?? bytesOnce()),
    take: () => {
      const taken = bytesOnce();
      held = null;
      return taken;
    },
  };
}

/** Names the file where what was read of it is no plan that can be judged. */
export async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PlanError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

/** @param size in bytes; null where only so much is known that it is too much */
export function tooLarge(name: string, size: number | null): InputError {
  const found = size === null ? `more than ${mostPlanBytes} bytes` : `${size} bytes`;
  return new InputError(
    `${name}: too large: ${found}, and the longest text that Node.js holds has ${mostPlanBytes}; ` +
      "split the configuration, or plan its parts one by one",
  );
}

function notTooLarge(name: string, bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > mostPlanBytes) throw tooLarge(name, bytes.byteLength);
  return bytes;
}

function readBytes(path: string, name: string): Uint8Array {
  try {
    return notTooLarge(name, readFileSync(path));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name}: ${unreadable(codeOf(error), "file")}`);
  }
}
