import { defaultSecretNameExceptions, defaultSecretNamePatterns } from "../secrets/names.ts";

/** What a team states once for all policies; facts that compare accounts or names are derived with it. */
export interface Settings {
  /** Account ids that are the team's own. */
  readonly accountIds: readonly string[];
  readonly secretNamePatterns: readonly string[];
  readonly secretNameExceptions: readonly string[];
  /** Ports through which people administer machines. */
  readonly adminPorts: readonly string[];
}

export const defaultSettings: Settings = {
  accountIds: [],
  secretNamePatterns: defaultSecretNamePatterns,
  secretNameExceptions: defaultSecretNameExceptions,
  // SSH and Telnet, SSH's usual second port, RDP, VNC, WinRM, the Docker API.
  adminPorts: ["22", "23", "2222", "3389", "5900", "5985", "5986", "2375", "2376"],
};
