import { realpathSync } from "node:fs";
import { emptyConfig, type Policy } from "../engine/index.ts";
import { checkoutOf, isWithin } from "./config/checkout.ts";
import { findConfig } from "./config/find.ts";
import type { Team, TeamOptions } from "./config/team.ts";
import { UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/**
 * Reads the configuration with what it extends, and all policy files.
 * @throws UsageError with all mistakes
 */
export async function loadTeam(options: TeamOptions, shipped: readonly Policy[], io: Pick<Io, "cwd">): Promise<Team> {
  const { config, trustedConfig } = options;
  if (config !== undefined && trustedConfig !== undefined)
    throw new UsageError("--config and --trusted-config: one configuration decides; give one of them");
  const found = findConfig(trustedConfig ?? config, io);
  const isShipped = options.policies.length === 0 && (options.set ?? []).length === 0;
  if (found === null && isShipped)
    return { config: emptyConfig, files: [], policies: shipped, own: [], ignored: [], warnings: [] };
  // Loaded on demand, as it costs start-up time: schemas, parsers.
  const { readTeam } = await import("./config/load.ts");
  if (found === null || trustedConfig === undefined) return readTeam(found, options, shipped, null, io);
  const checkout = checkoutOf(io.cwd);
  const team = await readTeam(found, options, shipped, checkout, io);
  const nearest = findConfig(undefined, io);
  const isOther = nearest !== null && realpathSync(nearest.path) !== realpathSync(found.path);
  return {
    ...team,
    ignored: [
      ...(isOther ? [{ kind: "configuration" as const, from: nearest.shown, waives: null }] : []),
      ...team.ignored,
    ],
    warnings: isWithin(found.path, checkout)
      ? [
          `--trusted-config ${found.shown}: stands within the checkout, so whoever proposes a change may change it too; name one that stands elsewhere`,
        ]
      : [],
  };
}
