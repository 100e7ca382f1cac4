import { resolve } from "node:path";
import type { CheckOptions } from "../../engine/index.ts";
import { pack } from "../../policies/pack.ts";
import { loadTeam } from "../team.ts";
import { refuseWrong } from "./options-error.ts";

/** Where a configuration is. */
export interface ConfigurationPlace {
  /** The folder that names start from, and at or above which `plimsoll.yaml` is looked for; the working directory where it is left out. */
  readonly folder?: string;
  /** The configuration file, instead of the nearest `plimsoll.yaml`. */
  readonly file?: string;
  /** More policy files or folders. */
  readonly policies?: readonly string[];
}

/** What a configuration says, for `check`. */
export interface Configuration {
  /** All policies, the shipped ones among them, with what the configuration decides. */
  readonly options: CheckOptions;
  /** The files that were read, those that are extended first. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Reads `plimsoll.yaml` with all that it extends, and the policies that it names.
 * @throws OptionsError where an option is wrong or not known
 * @throws UsageError with all mistakes of the files
 */
export async function loadConfiguration(place: ConfigurationPlace = {}): Promise<Configuration> {
  refuseWrong("loadConfiguration", place);
  const options = { config: place.file, policies: place.policies ?? [] };
  const team = await loadTeam(options, pack, { cwd: resolve(place.folder ?? ".") });
  const { failOn, onUnknown, block, blockAlways, waiversFrom, parameters, overrides, waivers } = team.config;
  return {
    options: {
      policies: team.policies,
      parameters,
      overrides,
      waivers,
      ...(failOn === undefined ? {} : { failOn }),
      ...(onUnknown === undefined ? {} : { onUnknown }),
      ...(block === undefined ? {} : { block }),
      ...(blockAlways === undefined ? {} : { blockAlways }),
      ...(waiversFrom === undefined ? {} : { waiversFrom }),
    },
    files: team.files.map(({ shown }) => shown),
    warnings: team.warnings,
  };
}
