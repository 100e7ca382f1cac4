import { emptyConfig, type Policy } from "../engine/index.ts";
import { findConfig } from "./config/find.ts";
import type { Team } from "./config/team.ts";
import type { Io } from "./io.ts";

export interface TeamOptions {
  /** The configuration file; the nearest `plimsoll.yaml` where it is not given. */
  readonly config: string | undefined;
  /** More policy files or folders. */
  readonly policies: readonly string[];
}

/**
 * Reads the configuration with what it extends, and all policy files.
 * @throws UsageError with all mistakes
 */
export async function loadTeam(options: TeamOptions, shipped: readonly Policy[], io: Io): Promise<Team> {
  const found = findConfig(options.config, io);
  if (found === null && options.policies.length === 0) return { config: emptyConfig, policies: shipped, own: [] };
  // Loaded on demand, as it costs start-up time: schemas, parsers.
  const { readTeam } = await import("./config/load.ts");
  return readTeam(found, options.policies, shipped, io);
}
