import { defaultSecretNameExceptions, defaultSecretNamePatterns } from "../secrets/names.ts";

/** What a team states once for all policies; facts that compare accounts or names are derived with it. */
export interface Settings {
  /** Account ids that are the team's own. */
  readonly accountIds: readonly string[];
  readonly secretNamePatterns: readonly string[];
  readonly secretNameExceptions: readonly string[];
  /** Values, as globs in lower case, that stand for a credential where none is needed. */
  readonly mockValues: readonly string[];
}

export const defaultSettings: Settings = {
  accountIds: [],
  secretNamePatterns: defaultSecretNamePatterns,
  secretNameExceptions: defaultSecretNameExceptions,
  mockValues: ["mock", "mock_*", "test", "localstack", "placeholder"],
};
