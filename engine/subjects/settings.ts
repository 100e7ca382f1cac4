import { defaultSecretNameExceptions, defaultSecretNamePatterns } from "../secrets/names.ts";

/** What a team states once for all policies; facts that compare accounts or names are derived with it. */
export interface Settings {
  /** Account ids that are the team's own. */
  readonly accountIds: readonly string[];
  readonly secretNamePatterns: readonly string[];
  readonly secretNameExceptions: readonly string[];
  /** The tag whose value tells which services may share a network segment. */
  readonly segmentTag: string;
  /** Groups of ECS clusters, `dev=dev-*`. */
  readonly clusterGroups: readonly string[];
  /** The group of clusters that a role, user or group belongs to, `dev=dev-deployer`. */
  readonly holderGroups: readonly string[];
}

export const defaultSettings: Settings = {
  accountIds: [],
  secretNamePatterns: defaultSecretNamePatterns,
  secretNameExceptions: defaultSecretNameExceptions,
  segmentTag: "Environment",
  clusterGroups: [],
  holderGroups: [],
};
