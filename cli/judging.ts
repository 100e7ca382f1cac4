import { type Config, type ReportRun, type RunEvidence, selectPolicies } from "../engine/index.ts";
import type { CheckArguments } from "./check-arguments.ts";
import type { Team } from "./config/team.ts";
import { digestOf } from "./digest.ts";

/** What blocks: the command line counts before the configuration. */
export function thresholdsOf(
  { failOn, onUnknown, block }: Pick<CheckArguments, "failOn" | "onUnknown" | "block">,
  config: Config,
): ReportRun["thresholds"] {
  return {
    failOn: failOn ?? config.failOn ?? "high",
    onUnknown: onUnknown ?? config.onUnknown ?? "report",
    block: block ?? config.block ?? "all",
    blockAlways: config.blockAlways ?? null,
  };
}

/** Whose waivers count. */
export function waiversFromOf(
  { trustedConfig, waivers }: Pick<CheckArguments, "trustedConfig" | "waivers">,
  config: Config,
): "config" | "all" {
  return trustedConfig === undefined ? (waivers ?? config.waiversFrom ?? "all") : "config";
}

/** Examples judge nothing, and where a waiver stands changes nothing. */
export async function digestsOf({
  policies,
  config,
}: Pick<Team, "policies" | "config">): Promise<Required<Pick<RunEvidence, "policies" | "configuration">>> {
  const waivers = config.waivers.map(({ from: _, ...waiver }) => waiver);
  return {
    policies: await digestOf(policies.map(({ examples: _, plans: __, ...policy }) => policy)),
    configuration: await digestOf({ ...config, waivers }),
  };
}

/** Ids of the policies that --select and --skip leave out. */
export function leftOut(
  { select, skip }: Pick<CheckArguments, "select" | "skip">,
  { policies }: Pick<Team, "policies">,
): string[] {
  const selected = new Set(selectPolicies(policies, select, skip));
  return policies.filter((policy) => !selected.has(policy)).map(({ id }) => id);
}
