import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";

/** What Terraform makes of an expression: an error, or a value with unknown parts. */
export interface Result {
  readonly expression: string;
  readonly error?: true;
  /** As JSON; what is unknown is null or left out. */
  readonly value?: unknown;
  /** As in `after_unknown`; left out where nothing is unknown. */
  readonly unknown?: unknown;
  /** As in the outputs of a plan; left out where anything is unknown. */
  readonly type?: unknown;
}

export const here = dirname(fileURLToPath(import.meta.url));
export const groups = readdirSync(join(here, "cases"))
  .map((file) => file.replace(/\.txt$/, ""))
  .sort();

const functionsFile = join(here, "results", "functions.txt");

/** The names of all functions that Terraform has, as it said when it was asked. */
export function functionsOfTerraform(): string[] {
  return readFileSync(functionsFile, "utf8").trim().split("\n");
}

/** The names of all functions, as Terraform says them now: one a line. */
export function askFunctions(): string {
  const signatures = z.object({ function_signatures: z.record(z.string(), z.unknown()) });
  const output = execFileSync("terraform", ["metadata", "functions", "-json"], {
    env: { ...process.env, TF_CLI_CONFIG_FILE: "" },
    maxBuffer: 1024 ** 3,
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });
  const names = Object.keys(signatures.parse(JSON.parse(output)).function_signatures);
  return `${names.filter((name) => !name.includes("::")).join("\n")}\n`;
}

/** The expressions of a group: one a line, or several lines between `<<` and `>>`. */
export function casesOf(group: string): string[] {
  const lines = readFileSync(join(here, "cases", `${group}.txt`), "utf8").split("\n");
  const found: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "<<") {
      const end = lines.indexOf(">>", at);
      found.push(lines.slice(at + 1, end).join("\n"));
      at = end;
    } else if (line !== "") found.push(line);
  }
  return found;
}

/** The template that `templatestring` reads: it takes none that is written in place. */
export const template = "a=$${a}";

const locals = `
resource "terraform_data" "u" {}
locals {
  u        = terraform_data.u.id
  d        = jsondecode(terraform_data.u.id)
  template = "${template}"
}
`;

/** What Terraform says of expressions, each as an output of one plan; those with errors are left out of the next. */
export function askTerraform(expressions: readonly string[]): Result[] {
  const work = mkdtempSync(join(tmpdir(), "plimsoll-expressions-"));
  try {
    cpSync(join(here, "files"), work, { recursive: true });
    writeFileSync(join(work, "terraform.rc"), "");
    terraform(work, ["init", "-input=false"]);
    const failed = new Set<number>();
    for (;;) {
      const starts = write(work, expressions, failed);
      const errors = errorLines(work).map((line) => starts.findLastIndex((start) => start <= line));
      if (errors.length === 0) return resultsOf(work, expressions, failed);
      for (const at of errors) failed.add(at);
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** @returns the lines on which the expressions begin */
function write(work: string, expressions: readonly string[], failed: ReadonlySet<number>): number[] {
  let text = locals;
  const starts = expressions.map((expression, at) => {
    const start = text.split("\n").length;
    const value = failed.has(at) ? "null" : expression;
    text += `output "o${at}" {\n  value = ${value}\n}\n`;
    return start;
  });
  writeFileSync(join(work, "main.tf"), text);
  return starts;
}

function terraform(work: string, args: readonly string[]): string {
  return execFileSync("terraform", args, {
    cwd: work,
    env: { ...process.env, TF_CLI_CONFIG_FILE: join(work, "terraform.rc"), TF_IN_AUTOMATION: "1" },
    maxBuffer: 1024 ** 3,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
}

const diagnostic = z.object({
  diagnostic: z.object({
    severity: z.string(),
    summary: z.string(),
    range: z.object({ filename: z.string(), start: z.object({ line: z.number() }) }).optional(),
  }),
});

/** The lines on which Terraform finds errors; none where it has made a plan. */
function errorLines(work: string): number[] {
  try {
    terraform(work, ["plan", "-input=false", "-out=tfplan", "-json"]);
    return [];
  } catch (error) {
    const { stdout } = z.object({ stdout: z.string() }).parse(error);
    const lines = stdout.split("\n").flatMap((line) => {
      const found = line === "" ? null : diagnostic.safeParse(JSON.parse(line));
      if (found?.success !== true || found.data.diagnostic.severity !== "error") return [];
      const { range, summary } = found.data.diagnostic;
      if (range?.filename !== "main.tf") throw new Error(`Terraform: ${summary}`);
      return [range.start.line];
    });
    if (lines.length === 0) throw error;
    return lines;
  }
}

const plan = z.object({
  planned_values: z.object({ outputs: z.record(z.string(), z.object({ type: z.unknown().optional() })) }),
  output_changes: z.record(
    z.string(),
    z.object({ after: z.unknown().optional(), after_unknown: z.unknown().optional() }),
  ),
});

function resultsOf(work: string, expressions: readonly string[], failed: ReadonlySet<number>): Result[] {
  const { planned_values, output_changes } = plan.parse(JSON.parse(terraform(work, ["show", "-json", "tfplan"])));
  return expressions.map((expression, at) => {
    if (failed.has(at)) return { expression, error: true };
    const change = output_changes[`o${at}`];
    const isUnknown = JSON.stringify(change?.after_unknown ?? false).includes("true");
    if (isUnknown) return { expression, value: change?.after ?? null, unknown: change?.after_unknown };
    return { expression, value: change?.after ?? null, type: planned_values.outputs[`o${at}`]?.type ?? null };
  });
}
