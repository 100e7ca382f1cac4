import { flag, list, text } from "./fact-schemas.ts";

/** Kinds of what runs task definitions, and where. */
export const launchKinds = {
  "launch-point": {
    description:
      "What starts tasks: an ECS service or task set, the ECS target of an EventBridge rule or of a schedule, an Express Mode service.",
    facts: {
      type: text("service, task-set, event-target, schedule or express-service."),
      name: text(
        "Name of the service, of the task set's service or of the schedule; of an EventBridge target its rule's.",
      ),
      clusterName: text("Name of the cluster; default where a service names none."),
      deploymentController: text("ECS, CODE_DEPLOY or EXTERNAL; null where it is no service."),
      launchTypes: list(
        "FARGATE, FARGATE_SPOT, EC2, EXTERNAL or MANAGED_INSTANCES: the launch type, else those of the capacity providers, else those of the cluster's default strategy, else EC2. Empty for a service whose task sets have them.",
      ),
      isFargate: flag("Whether the tasks run on Fargate."),
      platformVersion: text("Platform version of Fargate; LATEST where it is not set."),
      operatingSystem: text("LINUX or WINDOWS, of the task definition."),
      hasNetworkConfiguration: flag("Whether a network is configured, as the network mode awsvpc needs it."),
      assignPublicIp: flag("Whether tasks get public addresses; false where it is not set."),
      subnets: list("Subnets of the tasks."),
      securityGroups: list("Security groups of the tasks; where none is set, AWS takes the default one of the VPC."),
      isMonitored: flag(
        "Whether a GuardDuty detector of the plan watches tasks on Fargate in this region (Runtime Monitoring with its agent).",
      ),
      hasExecutionRole: flag("Whether the task definition has an execution role."),
      isExcludedFromMonitoring: flag("Whether the cluster has the tag that the parameter exclusion_tag names."),
      rollsBack: flag(
        "Whether a failed deployment of a service is stopped and rolled back by the deployment circuit breaker; true for what is no service that ECS itself deploys.",
      ),
      executeCommandEnabled: flag("Whether ECS Exec is enabled; for a task set, on its service."),
    },
  },
  "ecs-cluster": {
    description: "An ECS cluster.",
    facts: {
      name: text("Name of the cluster."),
      containerInsights: text(
        "enabled, enhanced or disabled; where the cluster does not set it, the account setting of the plan, else disabled.",
      ),
      setsContainerInsights: flag("Whether the cluster, or an account setting of the plan, sets containerInsights."),
      runsOnFargate: flag("Whether a launch point of the plan runs tasks on Fargate on the cluster."),
      hasStorageKey: flag("Whether a key of the team's own encrypts the ephemeral storage of tasks on Fargate."),
      runsExecuteCommand: flag("Whether a launch point of the plan with ECS Exec enabled runs on the cluster."),
      executeCommandLogging: text("NONE, DEFAULT or OVERRIDE; DEFAULT where it is not set."),
      executeCommandHasLogGroup: flag("Whether a log group of ECS Exec sessions is set."),
      executeCommandHasBucket: flag("Whether an S3 bucket of ECS Exec sessions is set."),
      executeCommandLogGroupEncrypted: flag("cloud_watch_encryption_enabled; false where it is not set."),
      executeCommandBucketEncrypted: flag("s3_bucket_encryption_enabled; false where it is not set."),
      executeCommandHasKmsKey: flag("Whether a key that encrypts ECS Exec sessions is set."),
      executeCommandTasksUseAwslogs: flag(
        "Whether every container that ECS Exec reaches on the cluster logs by the driver awslogs, which is where sessions go with the logging DEFAULT.",
      ),
    },
  },
} as const;
