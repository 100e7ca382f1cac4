import { type Located, parseLocated, type SourceFile } from "../files/located.ts";
import type { Path } from "../files/mistake.ts";
import { mistakesOf } from "../files/schema-mistakes.ts";
import { isJsonObject } from "../plan/json.ts";
import type { ParameterValues } from "../policy/policy.ts";
import { usualMatches, type Waiver } from "../policy/waiver.ts";
import { type ConfigFile, configFile, overrideSchema, waiverSchema } from "./config-file.ts";
import { type Config, emptyConfig } from "./empty-config.ts";

/** A configuration file that was read, with the places of it. */
export interface ConfigSource {
  readonly file: string;
  readonly data: ConfigFile;
  readonly located: Located;
}

/** Configuration that cannot be used: one line for each mistake, `file:line:column: path: what is wrong`. */
export class ConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "ConfigError";
    this.lines = lines;
  }
}

/**
 * Reads one configuration file, YAML or JSON.
 * @throws ConfigError with all mistakes of its shape
 */
export async function parseConfigFile(source: SourceFile): Promise<ConfigSource> {
  const located = await parseLocated(source);
  if (!("data" in located)) throw new ConfigError(located.lines);
  const parsed = configFile.safeParse(located.data, { reportInput: true });
  if (!parsed.success) throw new ConfigError(located.lines(mistakesOf(parsed.error, knownKeys)));
  return { file: source.file, data: parsed.data, located };
}

function knownKeys([first]: Path): readonly string[] {
  if (first === undefined) return Object.keys(configFile.shape);
  return Object.keys((first === "waivers" ? waiverSchema : overrideSchema).shape);
}

/** One configuration of several: what comes later counts before what comes earlier. */
export function mergeConfigs(sources: readonly ConfigSource[]): Config {
  return sources.reduce<Config>((config, { data, located }) => {
    const waivers = (data.waivers ?? []).map(
      (waiver, at): Waiver => ({
        policy: waiver.policy,
        resources: waiver.resources,
        fingerprint: waiver.fingerprint ?? null,
        reason: waiver.reason,
        owner: waiver.owner ?? null,
        expires: waiver.expires ?? null,
        maxMatches: waiver.maxMatches ?? usualMatches,
        from: located.at(["waivers", at]),
      }),
    );
    return {
      failOn: data.failOn ?? config.failOn,
      onUnknown: data.onUnknown ?? config.onUnknown,
      block: data.block ?? config.block,
      blockAlways: data.blockAlways ?? config.blockAlways,
      waiversFrom: data.waiversFrom ?? config.waiversFrom,
      policyPages: data.policyPages ?? config.policyPages,
      parameters: mergeParameters(config.parameters, data.parameters ?? {}),
      overrides: [...config.overrides, ...(data.overrides ?? [])],
      waivers: [...config.waivers, ...waivers],
    };
  }, emptyConfig);
}

function mergeParameters(base: ParameterValues, own: ParameterValues): ParameterValues {
  const merged = Object.entries(own).map(([name, value]) => {
    const before = base[name];
    return [name, isJsonObject(before) && isJsonObject(value) ? { ...before, ...value } : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}
