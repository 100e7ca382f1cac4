import type { Report } from "../engine/index.ts";
import { pack } from "../policies/pack.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { readHandedOver } from "./input.ts";
import type { Io } from "./io.ts";
import { refuseUnknownPolicies } from "./plan-checker.ts";
import { reportsOf } from "./plan-of-report.ts";
import { readSaved } from "./read-saved.ts";
import { faultsOf } from "./report-faults.ts";
import { blockingText, counted, ignoredItems, ignoredText } from "./reporters/findings.ts";
import { plain } from "./reporters/terminal-text.ts";
import { readSealedReports } from "./sealed-reports.ts";
import { loadTeam } from "./team.ts";
import { tell } from "./tell.ts";
import type { VerifyArguments } from "./verify-arguments.ts";

/** Says whether the plan is one that the report is of, and whether what the report says of it holds now. */
export async function verifyCommand(args: VerifyArguments, io: Io): Promise<ExitCode> {
  const team = await loadTeam(args, pack, io);
  for (const option of ["select", "skip"] as const) refuseUnknownPolicies(`--${option}`, args[option], team.policies);
  tell(io, ...team.warnings.map((warning) => `warning: ${warning}`));
  const { reports, fault } = await readSaved(args.report, readSealedReports, io);
  if (fault !== null) return notVerified(io, `${args.report}: ${fault}; check the plan again`);
  const plan = await readHandedOver(args.plan, io);
  const options = { source: args.source ?? null, isTrusted: args.trustedConfig !== undefined };
  const own = await reportsOf(plan, reports, options, io);
  if (own.length === 0) return notVerified(io, otherPlan(args, reports));
  const faults = await faultsOf(own, args, team, io.today);
  if (faults.length > 0) return notVerified(io, ...faults.map((each) => `${args.report}: ${each}`));
  const blocked = own.find(({ summary }) => summary.blocking > 0);
  if (blocked === undefined) {
    io.out(verifiedText(args, own));
    return exitCodes.clean;
  }
  const count = blockingText(blocked.summary.blocking, blocked.findings);
  tell(io, `${args.plan}: blocked by ${count}, as ${args.report} says; fix them, then plan and check again`);
  return exitCodes.blocked;
}

function notVerified(io: Io, ...lines: readonly string[]): ExitCode {
  tell(io, ...lines);
  return exitCodes.notJudged;
}

function otherPlan({ report, plan }: VerifyArguments, reports: readonly Report[]): string {
  const [first] = reports;
  const one = `another plan${first?.plan.file == null ? "" : ` (${first.plan.file})`}`;
  const whose =
    reports.length === 1 ? `of ${one}` : `of ${reports.length === 0 ? "no plan" : `${reports.length} other plans`}`;
  return `${plan}: is not what was checked: ${report} is ${whose}, so that nobody knows what an apply would do; apply the plan that was checked, or check this one`;
}

function verifiedText({ report, plan }: VerifyArguments, own: readonly Report[]): string {
  const ends = own.flatMap(({ findings }) => findings.flatMap(({ waiver }) => waiver?.expires ?? [])).sort();
  const waived = own.reduce((sum, { summary }) => sum + summary.waived, 0);
  const until = ends[0] === undefined ? "" : `, at first until ${ends[0]}`;
  const ignored = ignoredItems(own.map((each) => ({ file: plan, report: each })));
  return [
    `${plan}: is the plan that ${report} is of; nothing blocks by the policies and the configuration at hand`,
    ...(waived === 0 ? [] : [`${counted(waived, "finding is", "findings are")} waived${until}`]),
    ...ignored.map(ignoredText),
    "Verified.",
  ]
    .map((line) => `${plain(line)}\n`)
    .join("");
}
