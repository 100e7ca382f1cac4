import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { check, type Policy, selectPolicies } from "../engine/index.ts";
import { countermeasures, pack } from "../policies/pack.ts";
import type { CheckArguments } from "./check-arguments.ts";
import type { PlanChecker } from "./check-plans.ts";
import { UsageError } from "./exit-codes.ts";
import { readInput, reading } from "./input.ts";
import type { Io } from "./io.ts";
import { configurationName } from "./source/file-names.ts";
import type { OpenedSource } from "./source/open.ts";
import { loadTeam } from "./team.ts";

/** Reads once what all plans are checked with: configuration, policies, Terraform source. */
export async function planChecker(args: CheckArguments, io: Io): Promise<PlanChecker> {
  const { config, policies } = await loadTeam(args, pack, io);
  checkSelection(args, policies);
  const opened = await openedSource(args.source, io);
  for (const warning of opened?.warnings ?? []) io.error(`plimsoll: warning: ${warning}\n`);
  const formats = new Set(args.format.map((value) => value.split("=")[0]));
  const needsHash = formats.has("json") || formats.has("html");
  return async (plan) => {
    const shownIn = args.source === undefined ? null : resolve(io.cwd, args.source);
    const { file, bytes } = await readInput(plan, io, shownIn);
    const report = await reading(file, async () =>
      check(bytes, {
        policies,
        select: args.select,
        skip: args.skip,
        failOn: args.failOn ?? config.failOn ?? "high",
        onUnknown: args.onUnknown ?? config.onUnknown ?? "report",
        all: args.all,
        parameters: config.parameters,
        overrides: config.overrides,
        waivers: config.waivers,
        today: io.today,
        file,
        countermeasures,
        system: formats.has("html"),
        ...(opened === null ? {} : { source: opened.source }),
        ...(needsHash ? { sha256: await sha256(bytes) } : {}),
      }),
    );
    return { file, report };
  };
}

function checkSelection(args: CheckArguments, policies: readonly Policy[]): void {
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
}

/** The Terraform source that the user named, or that stands in the working directory. */
async function openedSource(named: string | undefined, io: Io): Promise<OpenedSource | null> {
  const folder = named ?? (holdsConfiguration(io.cwd) ? "." : null);
  if (folder === null) return null;
  // Loaded on demand, as it costs start-up time.
  const { openSource } = await import("./source/open.ts");
  return openSource(resolve(io.cwd, folder), folder);
}

function holdsConfiguration(folder: string): boolean {
  return readdirSync(folder).some((name) => configurationName(name) !== null);
}

/** Loaded on demand, as it costs start-up time: the report as text does not show it. */
async function sha256(bytes: Uint8Array): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(bytes).digest("hex");
}
