import { facts } from "../engine/index.ts";
import { pack } from "../policies/pack.ts";
import type { TeamOptions } from "./config/team.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import { readInput, reading } from "./input.ts";
import type { Io } from "./io.ts";
import { openedSource } from "./opened-source.ts";
import { onePlan } from "./plans.ts";
import { factsText } from "./reporters/facts-text.ts";
import { jsonText } from "./reporters/json.ts";
import { loadTeam } from "./team.ts";

export interface FactsArguments extends TeamOptions {
  readonly plan: string;
  readonly address: string | undefined;
  readonly source: string | undefined;
  readonly format: "text" | "json";
}

/** Prints what policies see of a plan, or of one resource of it. */
export async function factsCommand(args: FactsArguments, io: Io): Promise<ExitCode> {
  const { plan, address, format } = args;
  const { parameters } = (await loadTeam(args, pack, io)).config;
  const opened = await openedSource(args.source, "config", io);
  const { file, take } = await readInput(onePlan(plan, io), io);
  const report = await reading(file, async () =>
    facts(take, {
      parameters,
      ...(address === undefined ? {} : { address }),
      ...(opened === null ? {} : { source: opened.source }),
    }),
  );
  if (address !== undefined && report.subjects.length === 0 && report.joins.length === 0) {
    throw new UsageError(
      `${address}: no resource of ${file} with that address is seen by a policy; ` +
        `list all that are with: plimsoll facts ${file}`,
    );
  }
  io.out(format === "json" ? jsonText(report) : factsText(report, io));
  return exitCodes.clean;
}
