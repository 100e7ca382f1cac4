import type { Report } from "../engine/index.ts";
import type { CheckArguments } from "./check-arguments.ts";
import { type ExitCode, exitCodes, InputError } from "./exit-codes.ts";
import { internalError } from "./internal-error.ts";
import type { Io, PlanThread } from "./io.ts";
import type { PlanOutcome } from "./plan-outcome.ts";
import { type PlanResult, verdictOf } from "./reporters/plan-result.ts";
import type { FoundPlans } from "./search.ts";
import { standardInput } from "./standard-input.ts";

/** Checks one plan, by the name that the user gave. */
export type PlanChecker = (plan: string) => Promise<{ readonly file: string; readonly report: Report }>;

/** Checks a plan, whatever happens: a failure in one plan does not hide the others. */
export async function outcomeOf(plan: string, check: PlanChecker): Promise<PlanOutcome> {
  try {
    const result = await check(plan);
    const { warnings, plan: judged } = result.report;
    const messages = warnings.map((warning) => `warning: ${result.file}: ${warning}`);
    const incomplete = judged.incomplete === null ? [] : [`${result.file}: ${judged.incomplete}`];
    return { result, messages: [...messages, ...incomplete] };
  } catch (error) {
    if (error instanceof InputError) {
      const prefix = `${plan}: `;
      const failure = error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
      return { result: { file: plan, failure }, messages: [error.message] };
    }
    return failed(plan, "an error inside of plimsoll", ...internalError(error));
  }
}

function failed(plan: string, failure: string, ...messages: readonly string[]): PlanOutcome {
  return { result: { file: plan, failure }, messages };
}

/** Checks all plans, several in threads of their own; the outcomes come in the order of the plans, whichever ends first. */
export async function checkPlans(
  { plans, refused }: Pick<FoundPlans, "plans" | "refused">,
  check: PlanChecker,
  args: CheckArguments,
  io: Io,
): Promise<PlanOutcome[]> {
  const outcomes: PlanOutcome[] = [];
  let ended = 0;
  const keep = (at: number, outcome: PlanOutcome) => {
    outcomes[at] = outcome;
    ended += 1;
    if (plans.length > 1) io.progress?.(ended === plans.length ? "" : `${ended} of ${plans.length} plans`);
  };
  const isRefused = ([, plan]: [number, string]) => refused.has(plan);
  const here = [...plans.entries()].filter((each) => !isRefused(each));
  for (const [at, plan] of [...plans.entries()].filter(isRefused)) {
    const reason = refused.get(plan) ?? "";
    keep(at, failed(plan, reason, `${plan}: ${reason}`));
  }
  const lanes: Promise<void>[] = [];
  if (here.length > 1 && io.threads !== null) {
    const { most, start } = io.threads;
    // Only this thread has standard input.
    const elsewhere = here.filter(([, plan]) => plan !== standardInput);
    const count = Math.min(elsewhere.length, await most());
    for (let lane = 0; lane < count; lane += 1) lanes.push(checkInThread(elsewhere, () => start(args), keep));
    here.splice(0, here.length, ...here.filter(([, plan]) => plan === standardInput));
  }
  for (const [at, plan] of here) keep(at, await outcomeOf(plan, check));
  await Promise.all(lanes);
  return outcomes;
}

/** Takes the next plan as long as there is one; another thread takes the place of one that breaks. */
async function checkInThread(
  queue: [number, string][],
  start: () => Promise<PlanThread>,
  keep: (at: number, outcome: PlanOutcome) => void,
): Promise<void> {
  let thread: PlanThread | undefined;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [at, plan] = next;
    try {
      thread ??= await start();
      keep(at, await thread.check(plan));
    } catch {
      thread = undefined;
      keep(at, failed(plan, brokenThread, `${plan}: ${brokenThread}`));
    }
  }
  await thread?.end();
}

const brokenThread = "the thread that checked it broke down; is the plan too large for the memory? Check it alone";

/** The worst of all plans: one that could not be judged counts before one that is blocked. */
export function worstExitCode(results: readonly PlanResult[]): ExitCode {
  const verdicts = results.map(verdictOf);
  if (verdicts.includes("not judged")) return exitCodes.notJudged;
  return verdicts.includes("blocked") ? exitCodes.blocked : exitCodes.clean;
}
