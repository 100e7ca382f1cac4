import type { Control } from "../../engine/index.ts";

/** The controls of Security Hub that policies stand for, in its own order. Titles: Security Hub User Guide, "Control reference". */
export const securityHubControls: readonly Control[] = [
  {
    id: "CloudWatch.16",
    title: "CloudWatch log groups should be retained for a specified time period",
    beyondPlan: "groups that a service makes by itself at its first log line",
  },
  {
    id: "CodeBuild.1",
    title: "CodeBuild Bitbucket source repository URLs should not contain sensitive credentials",
    beyondPlan: "credentials that the source repository itself holds",
  },
  {
    id: "CodeBuild.2",
    title: "CodeBuild project environment variables should not contain clear text credentials",
    beyondPlan: "variables that a caller of StartBuild overrides",
  },
  {
    id: "CodeBuild.3",
    title: "CodeBuild S3 logs should be encrypted",
    beyondPlan: "the default encryption of a bucket that the plan does not manage",
  },
  {
    id: "CodeBuild.4",
    title: "CodeBuild project environments should have a logging AWS Configuration",
    beyondPlan: "overrides by a caller of StartBuild",
  },
  {
    id: "CodeBuild.5",
    title: "CodeBuild project environments should not have privileged mode enabled",
    beyondPlan: "overrides by a caller of StartBuild",
  },
  {
    id: "EC2.2",
    title: "VPC default security groups should not allow inbound or outbound traffic",
    beyondPlan: "default groups of VPCs that the plan does not manage",
  },
  {
    id: "EC2.6",
    title: "VPC flow logging should be enabled in all VPCs",
    beyondPlan: "flow logs and VPCs of other stacks",
  },
  {
    id: "EC2.13",
    title: "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22",
    beyondPlan: "rules that were added by hand",
  },
  {
    id: "EC2.14",
    title: "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389",
    beyondPlan: "rules that were added by hand",
  },
  {
    id: "EC2.15",
    title: "EC2 subnets should not automatically assign public IP addresses",
    beyondPlan: "subnets that no task of the plan uses",
  },
  {
    id: "EC2.18",
    title: "Security groups should only allow unrestricted incoming traffic for authorized ports",
    beyondPlan: "rules that were added by hand",
  },
  {
    id: "EC2.19",
    title: "Security groups should not allow unrestricted access to ports with high risk",
    beyondPlan: "rules that were added by hand",
  },
  {
    id: "EC2.53",
    title: "EC2 security groups should not allow ingress from 0.0.0.0/0 to remote server administration ports",
    beyondPlan: "rules that were added by hand",
  },
  {
    id: "EC2.54",
    title: "EC2 security groups should not allow ingress from ::/0 to remote server administration ports",
    beyondPlan: "rules that were added by hand",
  },
  {
    id: "EC2.55",
    title: "VPCs should be configured with an interface endpoint for ECR API",
    beyondPlan: "endpoints of other stacks",
  },
  {
    id: "EC2.56",
    title: "VPCs should be configured with an interface endpoint for Docker Registry",
    beyondPlan: "endpoints of other stacks",
  },
  {
    id: "EC2.57",
    title: "VPCs should be configured with an interface endpoint for Systems Manager",
    beyondPlan: "endpoints of other stacks",
  },
  {
    id: "ECR.1",
    title: "ECR private repositories should have image scanning configured",
    beyondPlan: "what the scans find, and whether anybody acts on it",
  },
  {
    id: "ECR.2",
    title: "ECR private repositories should have tag immutability configured",
    beyondPlan: "repositories that the cache and replication made",
  },
  {
    id: "ECR.3",
    title: "ECR repositories should have at least one lifecycle policy configured",
    beyondPlan: "which images the policy has expired",
  },
  {
    id: "ECR.5",
    title: "ECR repositories should be encrypted with customer managed AWS KMS keys",
    beyondPlan: "repositories that exist and are not in the plan",
  },
  {
    id: "ECS.2",
    title: "ECS services should not have public IP addresses assigned to them automatically",
    beyondPlan: "tasks that RunTask starts with a network of its own",
  },
  {
    id: "ECS.3",
    title: "ECS task definitions should not share the host's process namespace",
    beyondPlan: "revisions that were registered elsewhere",
  },
  {
    id: "ECS.4",
    title: "ECS containers should run as non-privileged",
    beyondPlan: "revisions that were registered elsewhere",
  },
  {
    id: "ECS.5",
    title: "ECS containers should be limited to read-only access to root filesystems",
    beyondPlan: "revisions that were registered elsewhere",
  },
  {
    id: "ECS.8",
    title: "Secrets should not be passed as container environment variables",
    beyondPlan: "variables that a caller of RunTask overrides",
  },
  {
    id: "ECS.9",
    title: "ECS task definitions should have a logging configuration",
    beyondPlan: "whether the logs arrive",
  },
  {
    id: "ECS.10",
    title: "ECS Fargate services should run on the latest Fargate platform version",
    beyondPlan: "on which version running tasks were started",
  },
  {
    id: "ECS.12",
    title: "ECS clusters should use Container Insights",
    beyondPlan: "whether anybody looks at the metrics",
  },
  {
    id: "ECS.16",
    title: "ECS task sets should not automatically assign public IP addresses",
    beyondPlan: "task sets that a deployment tool makes",
  },
  {
    id: "ECS.17",
    title: "ECS task definitions should not use host network mode",
    beyondPlan: "revisions that were registered elsewhere",
  },
  {
    id: "ECS.18",
    title: "ECS task definitions should use in-transit encryption for EFS volumes",
    beyondPlan: "the policy of the file system",
  },
  {
    id: "ECS.20",
    title: "ECS task definitions should configure non-root users in Linux container definitions",
    beyondPlan: "the USER of the image",
  },
  {
    id: "ECS.21",
    title: "ECS task definitions should configure non-administrator users in Windows container definitions",
    beyondPlan: "the USER of the image",
  },
  {
    id: "ELB.1",
    title: "Application Load Balancer should be configured to redirect all HTTP requests to HTTPS",
    beyondPlan: "load balancers that lead to no service of the plan",
  },
  {
    id: "ELB.17",
    title: "Application and Network Load Balancers with listeners should use recommended security policies",
    beyondPlan: "load balancers that lead to no service of the plan",
  },
  {
    id: "GuardDuty.1",
    title: "GuardDuty should be enabled",
    beyondPlan: "regions and accounts that the plan does not manage",
  },
  {
    id: "GuardDuty.11",
    title: "GuardDuty Runtime Monitoring should be enabled",
    beyondPlan: "whether its agent runs in each task",
  },
  {
    id: "GuardDuty.12",
    title: "GuardDuty ECS Runtime Monitoring should be enabled",
    beyondPlan: "whether its agent runs in each task",
  },
  {
    id: "IAM.1",
    title: 'IAM policies should not allow full "*" administrative privileges',
    beyondPlan: "policies of other stacks, and rights that nobody uses",
  },
  {
    id: "IAM.2",
    title: "IAM users should not have IAM policies attached",
    beyondPlan: "users that were made by hand",
  },
  {
    id: "IAM.21",
    title: "IAM customer managed policies should not allow wildcard actions for services",
    beyondPlan: "policies of other stacks, and rights that nobody uses",
  },
  {
    id: "KMS.1",
    title: "IAM customer managed policies should not allow decryption actions on all KMS keys",
    beyondPlan: "policies of other stacks",
  },
  {
    id: "KMS.2",
    title: "IAM principals should not have IAM inline policies that allow decryption actions on all KMS keys",
    beyondPlan: "policies of other stacks",
  },
  {
    id: "KMS.4",
    title: "AWS KMS key rotation should be enabled",
    beyondPlan: "keys of other stacks",
  },
  {
    id: "KMS.5",
    title: "KMS keys should not be publicly accessible",
    beyondPlan: "keys of other stacks, and grants that services make",
  },
  {
    id: "Lambda.1",
    title: "Lambda function policies should prohibit public access",
    beyondPlan: "statements that were added by hand",
  },
  {
    id: "SecretsManager.1",
    title: "Secrets Manager secrets should have automatic rotation enabled",
    beyondPlan: "whether the rotation succeeds",
  },
  {
    id: "SecretsManager.4",
    title: "Secrets Manager secrets should be rotated within a specified number of days",
    beyondPlan: "when a secret was rotated last",
  },
  {
    id: "SSM.4",
    title: "SSM documents should not be public",
    beyondPlan: "documents that were shared by hand",
  },
];
