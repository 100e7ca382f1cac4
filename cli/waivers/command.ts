import { isDay, type Policy, selectPolicies } from "../../engine/index.ts";
import { pack } from "../../policies/pack.ts";
import { type CheckArguments, noArguments } from "../check-arguments.ts";
import { checkPlans, worstExitCode } from "../check-plans.ts";
import type { TeamOptions } from "../config/team.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { openedSource } from "../opened-source.ts";
import { planChecker, refuseUnknownPolicies } from "../plan-checker.ts";
import { findPlans } from "../plans.ts";
import type { PlanResult } from "../reporters/plan-result.ts";
import { loadTeam } from "../team.ts";
import { tell } from "../tell.ts";
import { changeWaivers } from "./change.ts";
import { type ListedWaiver, withoutPlans, withPlans } from "./listed.ts";
import { type ListFormat, lists } from "./lists.ts";

export interface WaiversArguments extends TeamOptions {
  readonly plan: readonly string[];
  readonly source: string | undefined;
  readonly format: ListFormat;
  readonly select: readonly string[];
  readonly prune: boolean;
  /** The new last day, `2027-06-30`. */
  readonly renew: string | undefined;
}

/** Lists the waivers with their state; removes or renews those of the configuration. */
export async function waiversCommand(args: WaiversArguments, io: Io): Promise<ExitCode> {
  checkArguments(args, io);
  const team = await loadTeam(args, pack, io);
  refuseUnknownPolicies("--select", args.select, team.policies);
  const { waivers } = team.config;
  const results = args.plan.length === 0 ? null : await judged(args, io);
  if (results !== null && worstExitCode(results) === exitCodes.notJudged) {
    tell(io, "the waivers are not listed, because a plan could not be judged");
    return exitCodes.notJudged;
  }
  const listed =
    results === null
      ? withoutPlans([...waivers, ...(await inComments(args, team.config.waiversFrom ?? "all", io))], io.today)
      : withPlans(waivers, results, io.today);
  const isSelected = selection(args.select, team.policies);
  if (args.prune || args.renew !== undefined) {
    const places = team.files.flatMap((file) => Array.from({ length: file.waivers }, (_, at) => ({ file, at })));
    const candidates = listed.map((waiver, at) => ({ waiver, place: places[at] ?? null }));
    await changeWaivers(
      candidates.filter(({ waiver }) => isSelected(waiver)),
      args,
      io,
    );
    return exitCodes.clean;
  }
  io.out(lists[args.format](listed.filter(isSelected)));
  return exitCodes.clean;
}

function checkArguments({ plan, prune, renew }: WaiversArguments, { today }: Io): void {
  if (renew !== undefined && !isDay(renew)) throw new UsageError(`--renew ${renew}: must be a day as 2027-03-31`);
  if (renew !== undefined && renew < today)
    throw new UsageError(`--renew ${renew}: lies in the past, so that the waivers would not apply`);
  if (prune && renew !== undefined && plan.length === 0)
    throw new UsageError(
      "--prune and --renew together need plans, which tell the waivers to renew from those to remove; name all plans that the waivers are for",
    );
}

async function judged({ plan, config, policies, source }: WaiversArguments, io: Io): Promise<PlanResult[]> {
  const args: CheckArguments = { ...noArguments, plan, config, policies, source, quiet: true };
  const check = await planChecker(args, io);
  const found = findPlans(plan, args.openSaved, io);
  for (const note of found.notes) tell(io, `warning: ${note}`);
  const outcomes = await checkPlans(found, check, args, io);
  for (const { messages } of outcomes) tell(io, ...messages);
  return outcomes.map(({ result }) => result);
}

/** Those of the source, without the resources that they are for, which only a plan tells. */
async function inComments({ source }: WaiversArguments, waiversFrom: "config" | "all", io: Io) {
  if (waiversFrom === "config") return [];
  const opened = await openedSource(source, waiversFrom, io);
  return opened?.source.waivers([]) ?? [];
}

/** Whether a waiver is of a policy that was selected; a waiver may be of several. */
function selection(patterns: readonly string[], policies: readonly Policy[]): (waiver: ListedWaiver) => boolean {
  if (patterns.length === 0) return () => true;
  const selected = selectPolicies(policies, patterns, []);
  return ({ policy }) => selectPolicies(selected, [policy], []).length > 0;
}
