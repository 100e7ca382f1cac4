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
export async function loadTeam(options: TeamOptions, shipped: readonly Policy[], io: Io): Promise<Team> {
  const found = findConfig(options.config, io);
  const isShipped = options.policies.length === 0 && (options.set ?? []).length === 0;
  if (found === null && isShipped && options.trusted !== true)
    return { config: emptyConfig, files: [], policies: shipped, own: [], ignored: [], warnings: [] };
  // Loaded on demand, as it costs start-up time: schemas, parsers.
  const { readTeam } = await import("./config/load.ts");
  if (options.trusted !== true) return readTeam(found, options, shipped, null, io);
  if (options.config === undefined || found === null)
    throw new UsageError("--trusted needs --config: the configuration that alone decides");
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
          `--config ${found.shown}: stands within the checkout, so whoever proposes a change may change it too; name one that stands elsewhere`,
        ]
      : [],
  };
}
