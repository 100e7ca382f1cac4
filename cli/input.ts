import { accessSync, closeSync, constants, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PlanError } from "../engine/index.ts";
import { codeOf } from "./error-code.ts";
import { InputError, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** The bytes of a plan's JSON, and the name to report it under. */
export interface PlanInput {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** How standard input is named, in messages too. */
export const standardInput = "standard input";

const makePlan = "terraform plan -out=tfplan && terraform show -json tfplan > plan.json";

/**
 * Reads what the user named: plan JSON, a saved binary plan, a directory with one plan, or standard input.
 * @param source the folder of the Terraform source, where the user named it: a saved plan is shown there
 */
export async function readInput(name: string, io: Io, source: string | null = null): Promise<PlanInput> {
  if (name === standardInput) return { file: standardInput, bytes: await io.stdin() };
  const path = resolve(io.cwd, name);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new InputError(`${name}: no such file; make one with: ${makePlan}`);
  if (found.isDirectory()) {
    const plan = planIn(path, name);
    if (plan === name) throw unreadable(name, "EACCES", "folder");
    return readInput(plan, io, source);
  }
  const bytes = readBytes(path, name);
  if (!isZip(bytes)) return { file: name, bytes };
  return { file: name, bytes: await showPlan({ path, name, directory: source ?? dirname(path) }, io) };
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

function readBytes(path: string, name: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(name, codeOf(error), "file");
  }
}

function unreadable(name: string, code: string, kind: "file" | "folder"): InputError {
  return new InputError(`${name}: cannot be read (${code}); check the permissions of the ${kind}`);
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** The one plan below a directory. */
function planIn(directory: string, name: string): string {
  const [plan, ...others] = plansBelow(directory, name);
  if (plan === undefined) throw new InputError(`${name}: a directory without a plan; make one there with: ${makePlan}`);
  if (others.length > 0) {
    const plans = [plan, ...others];
    throw new UsageError(`${name}: a directory with ${plans.length} plans (${plans.join(", ")}); name one of them`);
  }
  return plan;
}

/** Folders that hold the work of others: packages, history, and what `terraform init` downloads. */
const skippedFolders = new Set(["node_modules", ".git", ".terraform"]);

/**
 * All plans below a directory, saved or as JSON, in the order of their names; links are not followed. What may not be read
 * could be one, and is in the list as well.
 */
export function plansBelow(directory: string, name: string): string[] {
  if (!isReadable(directory)) return [name];
  const entries = readdirSync(directory, { withFileTypes: true }).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : plansBelow(path, join(name, entry.name));
    return entry.isFile() && (!isReadable(path) || looksLikePlan(path)) ? [join(name, entry.name)] : [];
  });
}

function looksLikePlan(path: string): boolean {
  const start = firstBytes(path);
  if (isZip(start)) return start.includes("tfplan");
  const text = start.toString("utf8");
  return /^\uFEFF?\s*\{\s*"format_version"/.test(text) && /"(?:planned_values|resource_changes|variables)"/.test(text);
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(4096);
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(file);
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** A saved binary plan, and the directory in which its providers are installed. */
interface SavedPlan {
  readonly path: string;
  readonly name: string;
  readonly directory: string;
}

/** Has `terraform` or `tofu` turn a saved plan into JSON. */
async function showPlan(plan: SavedPlan, io: Io): Promise<Uint8Array> {
  const { name } = plan;
  for (const program of ["terraform", "tofu"]) {
    const shown = await show(program, plan, io);
    if (shown !== "missing") {
      if (typeof shown !== "string") return shown;
      throw new InputError(
        `${name}: \`${program} show -json\` failed${shown}; run it in the directory where the plan was made, after \`${program} init\``,
      );
    }
  }
  throw new InputError(
    `${name}: a saved binary plan, and neither terraform nor tofu is on the PATH to read it; where one is, run: terraform show -json ${name} > plan.json`,
  );
}

async function show(program: string, { path, directory }: SavedPlan, io: Io): Promise<Uint8Array | "missing" | string> {
  // Loaded on demand, as it costs start-up time.
  const { execFile } = await import("node:child_process");
  return new Promise((resolvePromise) => {
    const options = {
      cwd: directory,
      env: { ...io.env, TF_IN_AUTOMATION: "1" },
      encoding: "buffer" as const,
      maxBuffer: 1024 ** 3,
    };
    execFile(program, ["show", "-json", "-no-color", path], options, (error, stdout, stderr) => {
      if (error === null) resolvePromise(stdout);
      else if (error.code === "ENOENT") resolvePromise("missing");
      // Only the headline: what follows may quote the configuration.
      else resolvePromise(/Error: [^\n]*/.exec(stderr.toString("utf8"))?.[0].replace(/^/, " (").concat(")") ?? "");
    });
  });
}
