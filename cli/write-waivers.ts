import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Finding, isDay, saysSomething } from "../engine/index.ts";
import { entryAt } from "./entry.ts";
import { codeOf } from "./error-code.ts";
import { type ExitCode, exitCodes, OutputError, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { PlanResult } from "./reporters/plan-result.ts";
import { plain } from "./reporters/terminal-text.ts";
import { tell } from "./tell.ts";

export interface WaiverArguments {
  /** Where to write to. */
  readonly file: string;
  readonly reason: string;
  readonly owner: string | undefined;
  /** The last day, `2027-03-31`. */
  readonly expires: string | undefined;
}

/** Refuses what could not be written, before anything is checked. */
export function checkWaiverFile(
  { file, reason, owner, expires }: Omit<WaiverArguments, "reason"> & { readonly reason: string | undefined },
  io: Io,
): void {
  if (reason === undefined || !saysSomething(reason))
    throw new UsageError("--write-waivers needs a --reason: why these findings may stay");
  if (owner !== undefined && !saysSomething(owner)) throw new UsageError("--owner: must say who answers for them");
  if (expires !== undefined && !isDay(expires))
    throw new UsageError(`--expires ${expires}: must be a day as 2027-03-31`);
  if (entryAt(resolve(io.cwd, file)).is !== "none")
    throw new UsageError(
      `--write-waivers ${file}: exists already; name another file, and let plimsoll.yaml extend both`,
    );
}

/** Writes a configuration that waives all present failures, each bound to what was found. */
export async function writeWaivers(results: readonly PlanResult[], args: WaiverArguments, io: Io): Promise<ExitCode> {
  if (results.some((result) => "failure" in result || result.report.plan.incomplete !== null)) {
    tell(io, `${args.file} is not written, because a plan could not be judged`);
    return exitCodes.notJudged;
  }
  const failures = results
    .flatMap((result) => ("report" in result ? result.report.findings : []))
    .filter(({ verdict, waiver }) => verdict === "fail" && waiver === null);
  if (failures.length === 0) {
    io.out("Nothing fails that is not waived already, so that nothing is written.\n");
    return exitCodes.clean;
  }
  const { stringify } = await import("yaml");
  const waivers = distinct(failures).map((finding) => waiverOf(finding, args));
  const text = `${heading}${stringify({ waivers }, { lineWidth: 0 })}`;
  try {
    writeFileSync(resolve(io.cwd, args.file), text, { flag: "wx" });
  } catch (error) {
    throw new OutputError(`--write-waivers ${args.file}: cannot be written (${codeOf(error)})`);
  }
  const count = `${waivers.length} ${waivers.length === 1 ? "waiver" : "waivers"}`;
  const name = /^\.{0,2}\//.test(args.file) ? args.file : `./${args.file}`;
  io.out(`${count} written to ${plain(args.file)}. They apply where plimsoll.yaml has: extends: [${plain(name)}]\n`);
  return exitCodes.clean;
}

const heading = `# Failures that stood when plimsoll was adopted, written by plimsoll check --write-waivers. Each is bound to what was found: one that
# gets worse is a finding again. Take out what is mended; the report names waivers that are no longer used.
`;

/** Plans that share modules fail alike. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
}

/** Of what the plan moves the waiver is for the time after the apply. */
function waiverOf(
  { policy, subject, fingerprint, nextFingerprint }: Finding,
  { reason, owner, expires }: WaiverArguments,
) {
  const resource = `${subject.address ?? "plan"}${subject.name ? `#${subject.name}` : ""}`;
  return {
    policy,
    resources: [resource],
    reason,
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
    fingerprint: nextFingerprint ?? fingerprint,
  };
}
