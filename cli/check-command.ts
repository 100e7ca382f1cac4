import { resolve } from "node:path";
import type { CheckArguments } from "./check-arguments.ts";
import { checkPlans, worstExitCode } from "./check-plans.ts";
import { type ExitCode, UsageError } from "./exit-codes.ts";
import { notOpened } from "./input.ts";
import type { Io } from "./io.ts";
import { readOutputs, refuseToOverwrite, writeOutputs } from "./outputs.ts";
import { planChecker } from "./plan-checker.ts";
import { lookAt } from "./plan-look.ts";
import { findPlans } from "./plans.ts";
import type { FoundPlans } from "./search.ts";
import { tell } from "./tell.ts";

/** Judges plans, and prints the report or writes it to files. */
export async function checkCommand(args: CheckArguments, io: Io): Promise<ExitCode> {
  const { outputs, plans: named } = readOutputs(args.format, io);
  await checkWaiverArguments(args, io);
  const check = await planChecker(args, io);
  const found = findPlans([...args.plan, ...named], args.openSaved, io);
  refuseToOverwrite(found.plans, outputs, io);
  refuseSaved(found, args, io);
  for (const note of found.notes) tell(io, `warning: ${note}`);
  const outcomes = await checkPlans(found, check, args, io);
  for (const { messages } of outcomes) tell(io, ...messages);
  const results = outcomes.map(({ result }) => result);
  if (args.writeWaivers !== undefined) {
    const { writeWaivers } = await import("./write-waivers.ts");
    const { by = "instance", reason = "", owner, expires } = args;
    return writeWaivers(results, { file: args.writeWaivers, by, reason, owner, expires }, io);
  }
  await writeOutputs(outputs, results, args, io);
  return worstExitCode(results);
}

/** Whoever proposes a change can add programs that Terraform would start to open a saved plan. */
function refuseSaved({ plans, refused }: FoundPlans, { trustedConfig, openSaved }: CheckArguments, io: Io): void {
  if (trustedConfig === undefined) return;
  if (openSaved)
    throw new UsageError("--open-saved and --trusted-config: no saved plan of a change is opened; hand over its JSON");
  const saved = plans.find((plan) => !refused.has(plan) && lookAt(resolve(io.cwd, plan), "").is === "saved");
  if (saved !== undefined) throw new UsageError(notOpened(saved));
}

async function checkWaiverArguments(args: CheckArguments, io: Io): Promise<void> {
  const { writeWaivers, by, reason, owner, expires } = args;
  const needless = Object.entries({ by, reason, owner, expires }).find(([, value]) => value !== undefined)?.[0];
  if (writeWaivers === undefined) {
    if (needless === undefined) return;
    throw new UsageError(`--${needless} belongs to --write-waivers; waivers of a configuration have their own`);
  }
  const { checkWaiverFile } = await import("./write-waivers.ts");
  checkWaiverFile({ file: writeWaivers, reason, owner, expires }, io);
}
