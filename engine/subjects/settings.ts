import { defaultSecretNameExceptions, defaultSecretNamePatterns } from "../secrets/names.ts";
import { defaultPlaceholders } from "../secrets/values.ts";

/** What a team states once for all policies; facts that compare accounts or names are derived with it. */
export interface Settings {
  /** Account ids that are the team's own. */
  readonly accountIds: readonly string[];
  readonly secretNamePatterns: readonly string[];
  readonly secretNameExceptions: readonly string[];
  /** Globs for the team's own credentials, `acme_pat_*` for instance; each word of a value is compared. */
  readonly secretValuePatterns: readonly string[];
  /** Words that stand in for a value that is set later. */
  readonly placeholders: readonly string[];
}

export const defaultSettings: Settings = {
  accountIds: [],
  secretNamePatterns: defaultSecretNamePatterns,
  secretNameExceptions: defaultSecretNameExceptions,
  secretValuePatterns: [],
  placeholders: defaultPlaceholders,
};
