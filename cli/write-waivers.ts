import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  causeOf,
  type Finding,
  isDay,
  saysSomething,
  type WrittenWaiver,
  waiversByCause,
  waiversByInstance,
} from "../engine/index.ts";
import { entryAt } from "./entry.ts";
import { codeOf } from "./error-code.ts";
import { type ExitCode, exitCodes, OutputError, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { counted } from "./reporters/findings.ts";
import type { PlanResult } from "./reporters/plan-result.ts";
import { plain } from "./reporters/terminal-text.ts";
import { tell } from "./tell.ts";

export interface WaiverArguments {
  /** Where to write to. */
  readonly file: string;
  /** Whether each failure has a waiver of its own, or each cause. */
  readonly by: "instance" | "cause";
  readonly reason: string;
  readonly owner: string | undefined;
  /** The last day, `2027-03-31`. */
  readonly expires: string | undefined;
}

/** Refuses what could not be written, before anything is checked. */
export function checkWaiverFile(
  { file, reason, owner, expires }: Omit<WaiverArguments, "reason" | "by"> & { readonly reason: string | undefined },
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

/** Writes a configuration that waives all present failures. */
export async function writeWaivers(results: readonly PlanResult[], args: WaiverArguments, io: Io): Promise<ExitCode> {
  if (results.some((result) => "failure" in result || result.report.plan.incomplete !== null)) {
    tell(io, `${args.file} is not written, because a plan could not be judged`);
    return exitCodes.notJudged;
  }
  const plans = results.map((result) => ("report" in result ? result.report.findings : []));
  const waivers = (args.by === "cause" ? waiversByCause : waiversByInstance)(plans);
  if (waivers.length === 0) {
    io.out("Nothing fails that is not waived already, so that nothing is written.\n");
    return exitCodes.clean;
  }
  const text = `${headings[args.by]}${await yamlOf(waivers, args)}`;
  try {
    writeFileSync(resolve(io.cwd, args.file), text, { flag: "wx" });
  } catch (error) {
    throw new OutputError(`--write-waivers ${args.file}: cannot be written (${codeOf(error)})`);
  }
  const count = counted(waivers.length, "waiver");
  const name = /^\.{0,2}\//.test(args.file) ? args.file : `./${args.file}`;
  io.out(`${count} written to ${plain(args.file)}. They apply where plimsoll.yaml has: extends: [${plain(name)}]\n`);
  return exitCodes.clean;
}

const start = "# Failures that stood when plimsoll was adopted, written by plimsoll check --write-waivers";
const end = "Remove what is fixed; the report names waivers that are no longer used.\n";

const headings: Readonly<Record<WaiverArguments["by"], string>> = {
  instance: `${start}. Each is bound to what was found: one that
# gets worse is a finding again. ${end}`,
  cause: `${start} --by cause: one for each policy and place to
# change. Further instances of the same fault are waived too; where a fingerprint stands, one that gets worse is a finding again.
# ${end}`,
};

/** Behind the policy of each stands what it was written for: it is read by people who decide whether it may stay. */
async function yamlOf(waivers: readonly WrittenWaiver[], args: WaiverArguments): Promise<string> {
  const { Document, Scalar } = await import("yaml");
  const entries = waivers.map((waiver) => {
    const policy = new Scalar(waiver.policy);
    if (args.by === "cause") policy.comment = ` ${plain(remark(waiver.findings))}`;
    return { ...entryOf(waiver, args), policy };
  });
  return new Document({ waivers: entries }).toString({ lineWidth: 0 });
}

/** `Containers do not run as root, modules/service/main.tf:12, 20 findings` */
function remark(findings: readonly Finding[]): string {
  const [first] = findings;
  const place = first === undefined ? null : causeOf(first).place;
  const parts = [first?.title ?? "", ...(place === null ? [] : [`${place.file}:${place.line}`])];
  return [...parts, counted(findings.length, "finding")].join(", ");
}

/** As the configuration has it; what is left out is not set. */
function entryOf(
  { policy, resources, fingerprint, maxMatches }: WrittenWaiver,
  { reason, owner, expires }: WaiverArguments,
) {
  return {
    policy,
    resources,
    reason,
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
    ...(fingerprint === null ? {} : { fingerprint }),
    ...(maxMatches === null ? {} : { maxMatches }),
  };
}
