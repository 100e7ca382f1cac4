import { resolve } from "node:path";
import { check, type Override, type Policy, policiesOfControl, selectPolicies } from "../engine/index.ts";
import manifest from "../package.json" with { type: "json" };
import { countermeasures, pack } from "../policies/pack.ts";
import type { CheckArguments } from "./check-arguments.ts";
import type { PlanChecker } from "./check-plans.ts";
import type { Team } from "./config/team.ts";
import { UsageError } from "./exit-codes.ts";
import { readInput, reading } from "./input.ts";
import type { Io } from "./io.ts";
import { digestsOf, thresholdsOf, waiversFromOf } from "./judging.ts";
import { openedSource } from "./opened-source.ts";
import { optimizeFor } from "./optimizer.ts";
import { formats, withDigests } from "./reporters/reporters.ts";
import { sealed } from "./seal.ts";
import { loadTeam } from "./team.ts";
import { tell } from "./tell.ts";
import { countVerdicts } from "./verdicts-given.ts";

/** Reads once what all plans are checked with: configuration, policies, Terraform source. */
export async function planChecker(args: CheckArguments, io: Io): Promise<PlanChecker> {
  const team = await loadTeam(args, pack, io);
  const { config, policies, ignored, warnings } = team;
  const select = [...args.select, ...args.control.flatMap((control) => idsOf(control, policies))];
  checkSelection({ ...args, select }, policies, config.overrides);
  const waiversFrom = waiversFromOf(args, config);
  const opened = args.source === null ? null : await openedSource(args.source, waiversFrom, io);
  tell(io, ...[...warnings, ...(opened?.warnings ?? [])].map((warning) => `warning: ${warning}`));
  const named = new Set(args.format.map((value) => value.split("=")[0]));
  const showsDigests = formats.some((format) => named.has(format) && withDigests.has(format));
  const { blockAlways, ...gate } = thresholdsOf(args, config);
  const thresholds = blockAlways === null ? gate : { ...gate, blockAlways };
  const digests = showsDigests ? await digestsOf(team) : {};
  const resourceTypes = await typesFor(team.own);
  const controls = named.has("controls")
    ? (await import("./reporters/security-hub-controls.ts")).securityHubControls
    : null;
  const revision = io.revision(resolve(io.cwd, args.source ?? "."));
  return async (plan) => {
    const shownIn = typeof args.source === "string" ? resolve(io.cwd, args.source) : null;
    const options = { source: shownIn, opensSaved: args.trustedConfig === undefined };
    const { file, size, form, sha256, fileSha256, take } = await readInput(plan, io, options);
    optimizeFor(size);
    const hash = showsDigests ? { sha256: await sha256() } : {};
    const handedOver = { form, sha256: showsDigests ? await fileSha256() : null };
    const report = await reading(file, async () =>
      check(take, {
        policies,
        select,
        skip: args.skip,
        ...thresholds,
        all: args.all,
        parameters: config.parameters,
        overrides: config.overrides,
        waivers: config.waivers,
        waiversFrom,
        ignored: [...ignored, ...(opened?.ignored ?? [])],
        today: io.today,
        file,
        resourceTypes,
        countermeasures,
        system: named.has("html"),
        ...(controls === null ? {} : { controls }),
        run: {
          plimsoll: manifest.version,
          title: args.title ?? null,
          plan: handedOver,
          revision,
          ...digests,
          ...(args.trustedConfig === undefined ? {} : { trusted: args.trustedConfig }),
        },
        ...(opened === null ? {} : { source: opened.source }),
        ...hash,
      }),
    );
    countVerdicts(report);
    return { file, report: named.has("json") ? await sealed(report) : report };
  };
}

/** The types of the AWS provider, where policies of resources name one. */
async function typesFor(own: Team["own"]): Promise<string[]> {
  if (own.every(({ policy }) => policy.type === null)) return [];
  const { default: names } = await import("plimsoll:resource-types");
  return names.split(" ").map((name) => `aws_${name}`);
}

/** @throws UsageError where no policy stands for the control */
function idsOf(control: string, policies: readonly Policy[]): readonly string[] {
  const found = policiesOfControl(control, policies);
  if ("mistake" in found) throw new UsageError(`--control ${control}: ${found.mistake}`);
  return found.ids;
}

/** Refuses names of no policy, and a run in which nothing is judged: nothing would block. */
function checkSelection(args: CheckArguments, policies: readonly Policy[], overrides: readonly Override[]): void {
  for (const [option, patterns] of [
    ["--select", args.select],
    ["--skip", args.skip],
  ] as const) {
    refuseUnknownPolicies(option, patterns, policies);
  }
  const selected = selectPolicies(policies, args.select, args.skip);
  if (selected.length === 0)
    throw new UsageError("--select and --skip leave no policy to judge by, so that nothing would ever block");
  const off = overrides.filter(({ severity, resources }) => severity === "off" && resources === undefined);
  const isOff = (policy: Policy) => off.some((override) => selectPolicies([policy], [override.policy], []).length > 0);
  if (policies.every(isOff))
    throw new UsageError("the overrides switch every policy off, so that nothing would ever block");
}

/** @throws UsageError where a pattern is of no policy */
export function refuseUnknownPolicies(option: string, patterns: readonly string[], policies: readonly Policy[]): void {
  const unknown = patterns.find((pattern) => selectPolicies(policies, [pattern], []).length === 0);
  if (unknown === undefined) return;
  throw new UsageError(
    `${option} ${unknown}: no policy has that id; there are: ${policies.map(({ id }) => id).join(", ")}`,
  );
}
