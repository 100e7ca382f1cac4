import { dataReadActions } from "../iam/data-reads.ts";
import { administrationActions, pushActions } from "../iam/ecr-actions.ts";
import { defaultCombinations } from "../iam/escalation-combinations.ts";
import { defaultSecretNameExceptions, defaultSecretNamePatterns } from "../secrets/names.ts";
import { defaultPlaceholders } from "../secrets/values.ts";

/** A parameter that counts for all policies, because facts are derived with it. */
interface GlobalParameter<T extends string | readonly string[] = string | readonly string[]> {
  /** The name under which a configuration sets it. */
  readonly name: string;
  readonly type: "list" | "string";
  readonly default: T;
  readonly description: string;
  /** The value that a configuration gives it; what it does not give, or not in this type, is the default. */
  readonly read: (given: unknown) => T;
}

function list(
  name: string,
  description: string,
  fallback: readonly string[] = [],
  options: { emptyMeansDefault?: boolean } = {},
): GlobalParameter<readonly string[]> {
  const read = (given: unknown) => {
    if (!Array.isArray(given)) return fallback;
    const values = given.filter((each: unknown) => typeof each === "string" || typeof each === "number").map(String);
    return options.emptyMeansDefault === true && values.length === 0 ? fallback : values;
  };
  return { name, type: "list", default: fallback, description, read };
}

function text(name: string, description: string, fallback: string): GlobalParameter<string> {
  const read = (given: unknown) => (typeof given === "string" ? given : fallback);
  return { name, type: "string", default: fallback, description, read };
}

const iamWrites = [
  ...[
    "Accept",
    "Add",
    "Associate",
    "Attach",
    "Change",
    "Create",
    "Deactivate",
    "Delete",
    "Detach",
    "Disable",
    "Enable",
  ],
  ...["Pass", "Put", "Reject", "Remove", "Reset", "Resync", "Send", "Set", "Tag", "Untag", "Update", "Upload"],
];

const administration = [
  ...["Create", "Delete", "Register", "Deregister", "Run", "Start", "Stop", "Execute", "Put"].map(
    (verb) => `ecs:${verb}*`,
  ),
  // All updates but that of a task's own protection.
  ...["Cap", "Cl", "Con", "D", "E", "S", "TaskSet"].map((start) => `ecs:Update${start}*`),
  ...pushActions,
  ...administrationActions,
  ...iamWrites.map((verb) => `iam:${verb}*`),
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
];

/** What a team states once for all policies: facts that compare accounts or names are derived with it. */
const parameters = {
  accountIds: list("account_ids", "Ids of the accounts that are the team's own."),
  allowedPushPrincipals: list("allowed_push_principals", "ARNs or names, as globs, that may push besides build roles."),
  clusterGroups: list("cluster_groups", "Groups of ECS clusters: dev=dev-*."),
  escalationCombinations: list(
    "combinations",
    "IAM actions joined by + with which a holder gets more rights.",
    defaultCombinations,
    { emptyMeansDefault: true },
  ),
  configScannerWrappers: list(
    "config_scanner_wrappers",
    "Commands of buildspecs, as globs, that are trusted to check the configuration of images and to fail on what they find.",
  ),
  controlPlaneActions: list(
    "control_plane_actions",
    "IAM actions, as patterns, that administer the platform.",
    administration,
    { emptyMeansDefault: true },
  ),
  dataReadActions: list(
    "data_read_actions",
    "IAM actions, as patterns, that read data which a team keeps for itself.",
    dataReadActions,
    { emptyMeansDefault: true },
  ),
  monitoringExclusionTag: text(
    "exclusion_tag",
    "The tag that excludes a cluster from GuardDuty's Runtime Monitoring.",
    "GuardDutyManaged=false",
  ),
  holderGroups: list("holder_groups", "The group of clusters that a role, user or group belongs to: dev=dev-deployer."),
  imageBuildProjects: list(
    "image_build_projects",
    "Names of build projects, as globs, that build images although nothing in the plan says so.",
  ),
  mockValues: list("mock_values", "Values, as globs in lower case, that stand for a credential where none is needed.", [
    "mock",
    "mock_*",
    "test",
    "localstack",
    "placeholder",
  ]),
  placeholders: list("placeholders", "Words that stand in for a value that is set later.", defaultPlaceholders),
  scannerWrappers: list(
    "scanner_wrappers",
    "Commands of buildspecs, as globs, that are trusted to scan images for vulnerabilities and to fail on them.",
  ),
  secretNameExceptions: list(
    "secret_name_exceptions",
    "Last words of names that are no secrets although they look like it: expires_in.",
    defaultSecretNameExceptions,
  ),
  secretNamePatterns: list(
    "secret_name_patterns",
    "Words of names whose values are secrets: api_key, *_auth for the last word only, *pass for its end only.",
    defaultSecretNamePatterns,
  ),
  secretValuePatterns: list(
    "secret_value_patterns",
    "Globs for the team's own credentials; each word of a value is compared.",
  ),
  segmentTag: text(
    "segment_tag",
    "The tag whose value says which services may share a network segment.",
    "Environment",
  ),
};

/** The values of these parameters. */
export type Settings = { readonly [K in keyof typeof parameters]: (typeof parameters)[K]["default"] };

/** All of them by the names under which a configuration sets them. */
export const globalParameters: ReadonlyMap<string, GlobalParameter> = new Map(
  Object.values(parameters).map((parameter) => [parameter.name, parameter]),
);

export function isGlobalParameter(name: string): boolean {
  return globalParameters.has(name);
}

/** The type of a parameter that counts for all policies; null where there is none of the name. */
export function globalParameterType(name: string): GlobalParameter["type"] | null {
  return globalParameters.get(name)?.type ?? null;
}

/** The settings of a configuration, with the defaults of what it leaves out. */
export function settingsOf(given: Readonly<Record<string, unknown>>): Settings {
  return mapParameters(({ name, read }) => read(given[name]));
}

function mapParameters(read: (parameter: GlobalParameter) => string | readonly string[]): Settings;
function mapParameters(read: (parameter: GlobalParameter) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([key, parameter]) => [key, read(parameter)]));
}

export const defaultSettings = settingsOf({});
