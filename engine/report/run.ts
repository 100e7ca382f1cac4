import { matchesGlob } from "../glob.ts";
import type { Override } from "../policy/override.ts";
import type { Policy } from "../policy/policy.ts";
import type { ReportRun } from "./report.ts";

/** What of a run only the program tells that starts it. */
export interface RunEvidence {
  /** Version of plimsoll. */
  readonly plimsoll?: string;
  readonly title?: string | null;
  /** What was handed over, and the SHA-256 of that. */
  readonly plan?: Pick<ReportRun["plan"], "form" | "sha256">;
  /** Digests of the policies and of the configuration. */
  readonly policies?: string | null;
  readonly configuration?: string | null;
  /** The configuration file that decides alone, where the change under review is not trusted. */
  readonly trusted?: string;
  readonly revision?: ReportRun["revision"];
}

/** By what the plan was made, and when. */
interface Planned {
  readonly terraformVersion: string | null;
  readonly timestamp: string | null;
}

interface RunOptions {
  readonly run?: RunEvidence;
  readonly policies: readonly Policy[];
  readonly overrides?: readonly Override[];
  readonly waiversFrom?: "config" | "all";
}

/** The evidence of a run: what was judged, by what, and how. */
export function runOf(
  { terraformVersion, timestamp }: Planned,
  { run: evidence = {}, policies, overrides = [], waiversFrom }: RunOptions,
  selected: readonly Policy[],
  thresholds: ReportRun["thresholds"],
): ReportRun {
  const ids = new Set(selected.map(({ id }) => id));
  const off = switchedOff(overrides);
  const skipped = policies.flatMap(({ id }): ReportRun["policies"]["skipped"] => {
    if (!ids.has(id)) return [{ policy: id, by: "selection" }];
    return off(id) ? [{ policy: id, by: "override" }] : [];
  });
  return {
    plimsoll: evidence.plimsoll ?? null,
    title: evidence.title ?? null,
    plan: {
      form: evidence.plan?.form ?? null,
      sha256: evidence.plan?.sha256 ?? null,
      terraform: terraformVersion,
      timestamp,
    },
    policies: {
      digest: evidence.policies ?? null,
      run: selected.map(({ id }) => id).filter((id) => !off(id)),
      skipped,
      overrides: overrides.map(asWritten),
    },
    configuration: {
      digest: evidence.configuration ?? null,
      ...(evidence.trusted === undefined ? {} : { trusted: evidence.trusted }),
      ...(waiversFrom === "config" ? { waiversFrom } : {}),
    },
    thresholds,
    revision: evidence.revision ?? null,
  };
}

/** Whether a policy is off everywhere: the last override of its severity that is of all resources says so, and none behind it. */
function switchedOff(overrides: readonly Override[]): (id: string) => boolean {
  return (id) => {
    const own = overrides.filter(({ policy, severity }) => severity !== undefined && matchesGlob(id, policy));
    const last = own.findLastIndex(({ resources }) => resources === undefined);
    return own[last]?.severity === "off" && own.slice(last).every(({ severity }) => severity === "off");
  };
}

function asWritten({
  policy,
  resources,
  severity,
  failOn,
  onUnknown,
  block,
}: Override): ReportRun["policies"]["overrides"][number] {
  return {
    policy,
    ...(resources === undefined ? {} : { resources }),
    ...(severity === undefined ? {} : { severity }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(onUnknown === undefined ? {} : { onUnknown }),
    ...(block === undefined ? {} : { block }),
  };
}
