import { defaultSecretNameExceptions, defaultSecretNamePatterns } from "../secrets/names.ts";

/** What a team states once for all policies; facts that compare accounts or names are derived with it. */
export interface Settings {
  /** Account ids that are the team's own. */
  readonly accountIds: readonly string[];
  readonly secretNamePatterns: readonly string[];
  readonly secretNameExceptions: readonly string[];
  /** Names of build projects, as globs, that build images although nothing in the plan says so. */
  readonly imageBuildProjects: readonly string[];
  /** Commands of buildspecs, as globs, that are trusted to scan images for vulnerabilities and to fail on them. */
  readonly scannerWrappers: readonly string[];
  /** The same for scans of the image's configuration. */
  readonly configScannerWrappers: readonly string[];
}

export const defaultSettings: Settings = {
  accountIds: [],
  secretNamePatterns: defaultSecretNamePatterns,
  secretNameExceptions: defaultSecretNameExceptions,
  imageBuildProjects: [],
  scannerWrappers: [],
  configScannerWrappers: [],
};
