import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { check, type Report, type Severity, selectPolicies } from "../engine/index.ts";
import { countermeasures, pack } from "../policies/pack.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import { readInput, reading } from "./input.ts";
import type { Io } from "./io.ts";
import { readPolicyFiles } from "./policy-files.ts";
import { type Format, reporters } from "./reporters/reporters.ts";
import { configurationName } from "./source/file-names.ts";
import type { OpenedSource } from "./source/open.ts";

export interface CheckArguments {
  readonly plan: string;
  readonly policies: readonly string[];
  readonly format: Format;
  readonly failOn: Severity | "never";
  readonly onUnknown: "report" | "fail";
  readonly select: readonly string[];
  readonly skip: readonly string[];
  readonly all: boolean;
  readonly source: string | undefined;
}

/** Judges one plan and prints the report. */
export async function checkCommand(args: CheckArguments, io: Io): Promise<ExitCode> {
  const policies = [...pack, ...(args.policies.length === 0 ? [] : await readPolicyFiles(args.policies, pack, io))];
  for (const [option, patterns] of [
    ["--select", args.select],
    ["--skip", args.skip],
  ] as const) {
    for (const pattern of patterns) {
      if (selectPolicies(policies, [pattern], []).length === 0) {
        throw new UsageError(
          `${option} ${pattern}: no policy has that id; there are: ${policies.map(({ id }) => id).join(", ")}`,
        );
      }
    }
  }
  const opened = await openedSource(args.source, io);
  const { file, bytes } = await readInput(
    args.plan,
    io,
    args.source === undefined ? null : resolve(io.cwd, args.source),
  );
  const report = await reading(file, async () =>
    check(bytes, {
      policies,
      select: args.select,
      skip: args.skip,
      failOn: args.failOn,
      onUnknown: args.onUnknown,
      all: args.all,
      file,
      countermeasures,
      ...(opened === null ? {} : { source: opened.source }),
      ...(args.format !== "json" ? {} : { sha256: await sha256(bytes) }),
    }),
  );
  for (const warning of opened?.warnings ?? []) io.error(`plimsoll: warning: ${warning}\n`);
  for (const warning of report.warnings) io.error(`plimsoll: warning: ${file}: ${warning}\n`);
  io.out(reporters[args.format](report, { colours: io.colours, columns: io.columns }));
  if (report.plan.incomplete !== null) io.error(`plimsoll: ${file}: ${report.plan.incomplete}\n`);
  return exitCodeOf(report);
}

/** The Terraform source that the user named, or that stands in the working directory. */
async function openedSource(named: string | undefined, io: Io): Promise<OpenedSource | null> {
  const folder = named ?? (holdsConfiguration(io.cwd) ? "." : null);
  if (folder === null) return null;
  // Loaded on demand, as it costs start-up time.
  const { openSource } = await import("./source/open.ts");
  return openSource(resolve(io.cwd, folder), folder);
}

function holdsConfiguration(folder: string): boolean {
  return readdirSync(folder).some((name) => configurationName(name) !== null);
}

/** Loaded on demand, as it costs start-up time: the text report does not show it. */
async function sha256(bytes: Uint8Array): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(bytes).digest("hex");
}

function exitCodeOf(report: Report): ExitCode {
  if (report.plan.incomplete !== null) return exitCodes.notJudged;
  return report.summary.blocking > 0 ? exitCodes.blocked : exitCodes.clean;
}
