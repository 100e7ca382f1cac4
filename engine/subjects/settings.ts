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
