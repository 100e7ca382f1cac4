import { check, type Report, type Severity, selectPolicies } from "../engine/index.ts";
import { countermeasures, pack } from "../policies/pack.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import { readInput, reading } from "./input.ts";
import type { Io } from "./io.ts";
import { readPolicyFiles } from "./policy-files.ts";
import { type Format, reporterOf } from "./reporters/reporters.ts";

export interface CheckArguments {
  readonly plan: string;
  readonly policies: readonly string[];
  readonly format: Format;
  readonly failOn: Severity | "never";
  readonly onUnknown: "report" | "fail";
  readonly select: readonly string[];
  readonly skip: readonly string[];
  readonly all: boolean;
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
  const { file, bytes } = await readInput(args.plan, io);
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
      system: args.format === "html",
      ...(args.format === "json" || args.format === "html" ? { sha256: await sha256(bytes) } : {}),
    }),
  );
  for (const warning of report.warnings) io.error(`plimsoll: warning: ${file}: ${warning}\n`);
  const reporter = await reporterOf(args.format);
  io.out(reporter(report, { colours: io.colours, columns: io.columns }));
  if (report.plan.incomplete !== null) io.error(`plimsoll: ${file}: ${report.plan.incomplete}\n`);
  return exitCodeOf(report);
}

/** Loaded on demand, as it costs start-up time: the report as text does not show it. */
async function sha256(bytes: Uint8Array): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(bytes).digest("hex");
}

function exitCodeOf(report: Report): ExitCode {
  if (report.plan.incomplete !== null) return exitCodes.notJudged;
  return report.summary.blocking > 0 ? exitCodes.blocked : exitCodes.clean;
}
