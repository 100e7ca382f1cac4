import { check, type Severity, selectPolicies } from "../engine/index.ts";
import { countermeasures, pack } from "../policies/pack.ts";
import { checkPlans, type PlanChecker, worstExitCode } from "./check-plans.ts";
import { type ExitCode, UsageError } from "./exit-codes.ts";
import { readInput, reading } from "./input.ts";
import type { Io } from "./io.ts";
import { readOutputs, refuseToOverwrite, writeOutputs } from "./outputs.ts";
import { findPlans } from "./plans.ts";
import { readPolicyFiles } from "./policy-files.ts";

export interface CheckArguments {
  readonly plan: readonly string[];
  readonly policies: readonly string[];
  readonly format: readonly string[];
  readonly failOn: Severity | "never";
  readonly onUnknown: "report" | "fail";
  readonly select: readonly string[];
  readonly skip: readonly string[];
  readonly all: boolean;
}

/** Judges plans, and prints the report or writes it to files. */
export async function checkCommand(args: CheckArguments, io: Io): Promise<ExitCode> {
  const { outputs, plans: named } = readOutputs(args.format, io);
  const check = await planChecker(args, io);
  const plans = findPlans([...args.plan, ...named], io);
  refuseToOverwrite(plans, outputs, io);
  const outcomes = await checkPlans(plans, check, args, io);
  for (const message of outcomes.flatMap(({ messages }) => messages)) io.error(message);
  const results = outcomes.map(({ result }) => result);
  await writeOutputs(outputs, results, io);
  return worstExitCode(results);
}

/** Reads once what all plans are checked with. */
export async function planChecker(args: CheckArguments, io: Io): Promise<PlanChecker> {
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
  const needsHash = args.format.some((value) => /^json(?:=|$)/.test(value));
  return async (plan) => {
    const { file, bytes } = await readInput(plan, io);
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
        ...(needsHash ? { sha256: await sha256(bytes) } : {}),
      }),
    );
    return { file, report };
  };
}

/** Loaded on demand, as it costs start-up time: the text report does not show it. */
async function sha256(bytes: Uint8Array): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(bytes).digest("hex");
}
