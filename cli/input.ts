import { execFile } from "node:child_process";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
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

/** Reads what the user named: plan JSON, a saved binary plan, a directory with one plan, or `-` for standard input. */
export async function readInput(name: string, io: Io): Promise<PlanInput> {
  if (name === standardInput) return { file: standardInput, bytes: await io.stdin() };
  const path = resolve(io.cwd, name);
  const found = await stat(path).catch(() => null);
  if (found === null) throw new InputError(`${name}: no such file; make one with: ${makePlan}`);
  if (found.isDirectory()) return readInput(await planIn(path, name), io);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(
      `${name}: cannot be read (${error.code ?? "unknown error"}); check the permissions of the file`,
    );
  });
  if (!isZip(bytes)) return { file: name, bytes };
  return { file: name, bytes: await showPlan(path, name, io) };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** The one plan in a directory: a saved plan, or JSON that begins as a plan does. */
async function planIn(directory: string, name: string): Promise<string> {
  const entries = await readdir(directory, { withFileTypes: true });
  const plans: string[] = [];
  for (const entry of entries) {
    if (entry.isFile() && (await looksLikePlan(join(directory, entry.name)))) plans.push(join(name, entry.name));
  }
  const [plan, ...others] = plans.sort();
  if (plan === undefined) throw new InputError(`${name}: a directory without a plan; make one there with: ${makePlan}`);
  if (others.length > 0)
    throw new UsageError(`${name}: a directory with ${plans.length} plans (${plans.join(", ")}); name one of them`);
  return plan;
}

async function looksLikePlan(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    const start = buffer.subarray(0, bytesRead);
    if (isZip(start)) return /tfplan/.test(start.toString("latin1"));
    return (
      /^\uFEFF?\s*\{\s*"format_version"/.test(start.toString("utf8")) &&
      /"(?:planned_values|resource_changes|variables|terraform_version)"/.test(start.toString("utf8"))
    );
  } finally {
    await file.close();
  }
}

/** Has `terraform` or `tofu` turn a saved plan into JSON, in the plan's directory, where its providers are installed. */
async function showPlan(path: string, name: string, io: Io): Promise<Uint8Array> {
  for (const program of ["terraform", "tofu"]) {
    const shown = await show(program, path, io);
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

async function show(program: string, path: string, io: Io): Promise<Uint8Array | "missing" | string> {
  return new Promise((resolvePromise) => {
    const options = {
      cwd: dirname(path),
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
