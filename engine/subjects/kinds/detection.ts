import { flag, list, text } from "./fact-schemas.ts";

/** Kinds of what watches at run time. */
export const detectionKinds = {
  "guardduty-detector": {
    description:
      "A GuardDuty detector; and, for each region in which the plan has registry or container resources but no detector, that region.",
    facts: {
      region: text("Region of the detector; null where the plan does not show it."),
      exists: flag("Whether the plan has a detector for the region."),
      isEnabled: flag("enable of the detector; true where it is not set."),
      isEnabledForOrganization: flag(
        "Whether an aws_guardduty_organization_configuration of the region enables GuardDuty for new or all accounts.",
      ),
      leavesMembersOff: flag(
        "Whether an aws_guardduty_organization_configuration of the detector enables GuardDuty for none of the organization's accounts.",
      ),
      featuresLeftOff: list(
        "Features that an aws_guardduty_organization_configuration_feature of the detector enables for none of the accounts.",
      ),
      hasFargateTasks: flag("Whether the plan runs tasks on Fargate, in any region."),
      hasRuntimeMonitoring: flag(
        "Whether the feature RUNTIME_MONITORING is enabled for the detector, or for all accounts of its organization.",
      ),
      managesFargateAgent: flag(
        "Whether Runtime Monitoring manages the agent of Fargate tasks (ECS_FARGATE_AGENT_MANAGEMENT).",
      ),
      managesEc2Agent: flag("Whether Runtime Monitoring manages the agent of EC2 instances (EC2_AGENT_MANAGEMENT)."),
    },
  },
  "finding-source": {
    description: "What produces findings: a GuardDuty detector, or a registry that scans images.",
    facts: {
      source: text("guardduty, ecr (basic scanning) or inspector (enhanced scanning)."),
      isRouted: flag(
        "Whether an enabled EventBridge rule on the default bus matches its findings and has a target that can notify somebody.",
      ),
    },
  },
} as const;
