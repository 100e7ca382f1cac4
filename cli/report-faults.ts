import type { Report, ReportRun } from "../engine/index.ts";
import manifest from "../package.json" with { type: "json" };
import type { Team } from "./config/team.ts";
import { digestsOf, leftOut, thresholdsOf, waiversFromOf } from "./judging.ts";
import type { VerifyArguments } from "./verify-arguments.ts";

/** Why what a report says need not hold now, each as a clause behind its name; none where it does. */
export async function faultsOf(
  reports: readonly Report[],
  args: VerifyArguments,
  team: Team,
  today: string,
): Promise<string[]> {
  const now: Now = {
    ...(await digestsOf(team)),
    leftOut: leftOut(args, team),
    thresholds: thresholdsOf(args, team.config),
    waiversFrom: waiversFromOf(args, team.config),
    isTrusted: args.trustedConfig !== undefined,
    today,
  };
  return [...new Set(reports.flatMap((report) => faults(report, now)))];
}

/** What the report is compared with. */
interface Now {
  /** Digests. */
  readonly policies: string | null;
  readonly configuration: string | null;
  readonly leftOut: readonly string[];
  readonly thresholds: ReportRun["thresholds"];
  readonly waiversFrom: "config" | "all";
  readonly isTrusted: boolean;
  readonly today: string;
}

const again = "check the plan again";

function faults(report: Report, now: Now): string[] {
  const { run, plan } = report;
  // Policies differ from one version to the next, so that there is no more to compare.
  if (run.plimsoll !== manifest.version)
    return [
      `was made by plimsoll ${run.plimsoll ?? "of no version"}, and this is ${manifest.version}, which may judge otherwise; ${again}, or verify with that version`,
    ];
  return [
    ...(run.policies.digest === now.policies
      ? []
      : [`is of other policies than those at hand now, which may find something else; ${again}`]),
    ...(run.configuration.digest === now.configuration
      ? []
      : [
          `is of another configuration than the one at hand now; ${again}, or name the configuration that it was checked with`,
        ]),
    ...selectionFaults(run, now),
    ...(sameThresholds(run.thresholds, now.thresholds)
      ? []
      : [
          `was made with other thresholds, so that other findings block; ${again}, or give verify the same options as check`,
        ]),
    ...(now.waiversFrom === "all" || run.configuration.waiversFrom === "config"
      ? []
      : [`lets waivers in comments of the source count, which do not count here; ${again} with the options of verify`]),
    ...(!now.isTrusted || run.configuration.trusted !== undefined
      ? []
      : [`was made without --trusted-config, so that what the change brings along may have counted; ${again} with it`]),
    ...(plan.incomplete === null ? [] : [`could not judge the plan as a whole: ${plan.incomplete}`]),
    ...expiredWaivers(report, now.today),
  ];
}

function selectionFaults({ policies }: ReportRun, now: Now): string[] {
  const skipped = policies.skipped.filter(({ by }) => by === "selection").map(({ policy }) => policy);
  const other = new Set(now.leftOut);
  const differing = [...skipped.filter((id) => !other.has(id)), ...now.leftOut.filter((id) => !skipped.includes(id))];
  const [first] = differing;
  if (first === undefined) return [];
  const rest = differing.length === 1 ? "" : ` and ${differing.length - 1} more`;
  return [
    `was made with another selection of policies: ${first}${rest} did not judge, or is left out now; ${again}, or give verify the same --select and --skip`,
  ];
}

function sameThresholds(one: ReportRun["thresholds"], other: ReportRun["thresholds"]): boolean {
  return (
    one.failOn === other.failOn &&
    one.onUnknown === other.onUnknown &&
    one.block === other.block &&
    one.blockAlways === other.blockAlways
  );
}

/** Each once, also where it waives many findings. */
function expiredWaivers({ findings }: Report, today: string): string[] {
  const expired = findings.flatMap(({ policy, waiver }) => {
    if (waiver === null || waiver.expires === null || waiver.expires >= today) return [];
    return [
      `waives ${policy} by ${waiver.from}, which expired on ${waiver.expires}, so that the finding counts again; fix it or renew the waiver, and ${again}`,
    ];
  });
  return [...new Set(expired)];
}
