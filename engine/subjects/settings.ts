import { administrationActions, pushActions } from "../iam/ecr-actions.ts";
import { defaultCombinations } from "../iam/escalations.ts";
import { defaultSecretNameExceptions, defaultSecretNamePatterns } from "../secrets/names.ts";
import { defaultPlaceholders } from "../secrets/values.ts";

/** What a team states once for all policies; facts that compare accounts or names are derived with it. */
export interface Settings {
  /** ARNs or names, as globs, that may push besides build roles. */
  readonly allowedPushPrincipals: readonly string[];
  /** Actions, as patterns, that administer the platform. */
  readonly controlPlaneActions: readonly string[];
  /** Actions joined by `+` with which a holder gets more rights. */
  readonly escalationCombinations: readonly string[];
  /** Account ids that are the team's own. */
  readonly accountIds: readonly string[];
  readonly secretNamePatterns: readonly string[];
  readonly secretNameExceptions: readonly string[];
  /** The tag that excludes a cluster from GuardDuty's Runtime Monitoring, `name=value`. */
  readonly monitoringExclusionTag: string;
  /** The tag whose value tells which services may share a network segment. */
  readonly segmentTag: string;
  /** Groups of ECS clusters, `dev=dev-*`. */
  readonly clusterGroups: readonly string[];
  /** The group of clusters that a role, user or group belongs to, `dev=dev-deployer`. */
  readonly holderGroups: readonly string[];
  /** Globs for the team's own credentials, `acme_pat_*` for instance; each word of a value is compared. */
  readonly secretValuePatterns: readonly string[];
  /** Words that stand in for a value that is set later. */
  readonly placeholders: readonly string[];
  /** Names of build projects, as globs, that build images although nothing in the plan says so. */
  readonly imageBuildProjects: readonly string[];
  /** Commands of buildspecs, as globs, that are trusted to scan images for vulnerabilities and to fail on them. */
  readonly scannerWrappers: readonly string[];
  /** The same for scans of the image's configuration. */
  readonly configScannerWrappers: readonly string[];
  /** Values, as globs in lower case, that stand for a credential where none is needed. */
  readonly mockValues: readonly string[];
}

export const defaultSettings: Settings = {
  allowedPushPrincipals: [],
  controlPlaneActions: [
    ...["Create", "Update", "Delete", "Register", "Deregister", "Run", "Start", "Stop", "Execute", "Put"].map(
      (verb) => `ecs:${verb}*`,
    ),
    ...pushActions,
    ...administrationActions,
    ...["Add", "Attach", "Create", "Delete", "Detach", "Pass", "Put", "Remove", "Set", "Update"].map(
      (verb) => `iam:${verb}*`,
    ),
    "sts:AssumeRole",
    "codebuild:StartBuild",
    "codebuild:UpdateProject",
    "lambda:UpdateFunctionCode",
    "ssm:SendCommand",
    "ssm:StartSession",
    "guardduty:Delete*",
    "guardduty:Update*",
    "guardduty:Disassociate*",
    "ec2:AuthorizeSecurityGroup*",
  ],
  escalationCombinations: defaultCombinations,
  accountIds: [],
  secretNamePatterns: defaultSecretNamePatterns,
  secretNameExceptions: defaultSecretNameExceptions,
  monitoringExclusionTag: "GuardDutyManaged=false",
  segmentTag: "Environment",
  clusterGroups: [],
  holderGroups: [],
  secretValuePatterns: [],
  placeholders: defaultPlaceholders,
  imageBuildProjects: [],
  scannerWrappers: [],
  configScannerWrappers: [],
  mockValues: ["mock", "mock_*", "test", "localstack", "placeholder"],
};

/** A parameter that counts for all policies, because facts are derived with it. */
interface GlobalParameter {
  readonly type: "list" | "string";
  readonly description: string;
  readonly default: string | readonly string[];
}

/** The names under which a configuration sets them. */
const parameterNames: Readonly<Record<string, keyof Settings>> = {
  account_ids: "accountIds",
  allowed_push_principals: "allowedPushPrincipals",
  cluster_groups: "clusterGroups",
  combinations: "escalationCombinations",
  config_scanner_wrappers: "configScannerWrappers",
  control_plane_actions: "controlPlaneActions",
  exclusion_tag: "monitoringExclusionTag",
  holder_groups: "holderGroups",
  image_build_projects: "imageBuildProjects",
  mock_values: "mockValues",
  placeholders: "placeholders",
  scanner_wrappers: "scannerWrappers",
  secret_name_exceptions: "secretNameExceptions",
  secret_name_patterns: "secretNamePatterns",
  secret_value_patterns: "secretValuePatterns",
  segment_tag: "segmentTag",
};

const descriptions: Readonly<Record<keyof Settings, string>> = {
  accountIds: "Ids of the accounts that are the team's own.",
  allowedPushPrincipals: "ARNs or names, as globs, that may push besides build roles.",
  clusterGroups: "Groups of ECS clusters: dev=dev-*.",
  configScannerWrappers:
    "Commands of buildspecs, as globs, that are trusted to check the configuration of images and to fail on what they find.",
  controlPlaneActions: "IAM actions, as patterns, that administer the platform.",
  escalationCombinations: "IAM actions joined by + with which a holder gets more rights.",
  holderGroups: "The group of clusters that a role, user or group belongs to: dev=dev-deployer.",
  imageBuildProjects: "Names of build projects, as globs, that build images although nothing in the plan says so.",
  mockValues: "Values, as globs in lower case, that stand for a credential where none is needed.",
  monitoringExclusionTag: "The tag that excludes a cluster from GuardDuty's Runtime Monitoring.",
  placeholders: "Words that stand in for a value that is set later.",
  scannerWrappers:
    "Commands of buildspecs, as globs, that are trusted to scan images for vulnerabilities and to fail on them.",
  secretNameExceptions: "Names, as globs, that are no secrets although they look like it.",
  secretNamePatterns: "Names, as globs, whose values are secrets.",
  secretValuePatterns: "Globs for the team's own credentials; each word of a value is compared.",
  segmentTag: "The tag whose value tells which services may share a network segment.",
};

/** All of them by name. */
export const globalParameters: ReadonlyMap<string, GlobalParameter> = new Map(
  Object.entries(parameterNames).map(([name, key]) => {
    const value = defaultSettings[key];
    return [
      name,
      { type: typeof value === "string" ? "string" : "list", description: descriptions[key], default: value },
    ];
  }),
);

export function isGlobalParameter(name: string): boolean {
  return globalParameters.has(name);
}

/** The settings of a configuration, with the defaults of what it leaves out. */
export function settingsOf(given: Readonly<Record<string, unknown>>): Settings {
  const list = (name: string, fallback: readonly string[]) => {
    const value = given[name];
    if (!Array.isArray(value)) return fallback;
    return value.filter((element: unknown) => typeof element === "string" || typeof element === "number").map(String);
  };
  const text = (name: string, fallback: string) => {
    const value = given[name];
    return typeof value === "string" ? value : fallback;
  };
  // Of these an empty list says that the known ones count.
  const filled = (name: string, fallback: readonly string[]) => {
    const values = list(name, fallback);
    return values.length === 0 ? fallback : values;
  };
  return {
    accountIds: list("account_ids", defaultSettings.accountIds),
    secretNamePatterns: list("secret_name_patterns", defaultSettings.secretNamePatterns),
    allowedPushPrincipals: list("allowed_push_principals", defaultSettings.allowedPushPrincipals),
    controlPlaneActions: filled("control_plane_actions", defaultSettings.controlPlaneActions),
    escalationCombinations: filled("combinations", defaultSettings.escalationCombinations),
    segmentTag: text("segment_tag", defaultSettings.segmentTag),
    monitoringExclusionTag: text("exclusion_tag", defaultSettings.monitoringExclusionTag),
    secretNameExceptions: list("secret_name_exceptions", defaultSettings.secretNameExceptions),
    clusterGroups: list("cluster_groups", defaultSettings.clusterGroups),
    holderGroups: list("holder_groups", defaultSettings.holderGroups),
    secretValuePatterns: list("secret_value_patterns", defaultSettings.secretValuePatterns),
    placeholders: list("placeholders", defaultSettings.placeholders),
    imageBuildProjects: list("image_build_projects", defaultSettings.imageBuildProjects),
    scannerWrappers: list("scanner_wrappers", defaultSettings.scannerWrappers),
    configScannerWrappers: list("config_scanner_wrappers", defaultSettings.configScannerWrappers),
    mockValues: list("mock_values", defaultSettings.mockValues),
  };
}
