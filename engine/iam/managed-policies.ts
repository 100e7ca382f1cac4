import { type PolicyDocument, readPolicyDocument } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

/**
 * What a policy of AWS allows. `whole` says whether these are all its statements; of long ones only those stand here that
 * policies ask for, and the rest counts as not told.
 */
interface ManagedPolicy {
  readonly statements: readonly ManagedStatement[];
  readonly whole: boolean;
}

type ManagedStatement = {
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const pull = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const readRegistry = [
  ...pull,
  "ecr:BatchCheckLayerAvailability",
  "ecr:GetRepositoryPolicy",
  "ecr:DescribeRepositories",
  "ecr:ListImages",
  "ecr:DescribeImages",
  "ecr:GetLifecyclePolicy",
  "ecr:GetLifecyclePolicyPreview",
  "ecr:ListTagsForResource",
  "ecr:DescribeImageScanFindings",
];
const push = ["ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"];

const everywhere = (...actions: readonly string[]): ManagedStatement => ({ Action: actions, Resource: "*" });
const whole = (...statements: readonly ManagedStatement[]): ManagedPolicy => ({ statements, whole: true });
const among = (...statements: readonly ManagedStatement[]): ManagedPolicy => ({ statements, whole: false });
const passRole = (service: string): ManagedStatement => ({
  Action: ["iam:PassRole"],
  Resource: "*",
  Condition: { StringEquals: { "iam:PassedToService": service } },
});

/** By the last segment of the ARN. Source: AWS Managed Policy Reference Guide, the page of each policy. */
const managedPolicies: Readonly<Record<string, ManagedPolicy>> = {
  AdministratorAccess: whole(everywhere("*")),
  PowerUserAccess: among({ NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" }),
  IAMFullAccess: among(everywhere("iam:*")),
  AmazonECS_FullAccess: among(everywhere("ecs:*"), passRole("ecs-tasks.amazonaws.com")),
  AmazonEC2ContainerRegistryFullAccess: among(everywhere("ecr:*")),
  AmazonEC2ContainerRegistryPowerUser: whole(everywhere(...readRegistry, ...push)),
  AmazonEC2ContainerRegistryReadOnly: whole(everywhere(...readRegistry)),
  AmazonEC2ContainerRegistryPullOnly: whole(everywhere(...pull, "ecr:BatchImportUpstreamImage")),
  AmazonElasticContainerRegistryPublicFullAccess: among(everywhere("ecr-public:*")),
  AmazonECSTaskExecutionRolePolicy: whole(
    everywhere(...pull, "ecr:BatchCheckLayerAvailability", "logs:CreateLogStream", "logs:PutLogEvents"),
  ),
  AmazonEC2ContainerServiceEventsRole: among(everywhere("ecs:RunTask"), passRole("ecs-tasks.amazonaws.com")),
  SecretsManagerReadWrite: among(everywhere("secretsmanager:*")),
  AmazonSSMFullAccess: among(everywhere("ssm:*", "logs:*", "ec2messages:*")),
  AmazonSSMReadOnlyAccess: whole(everywhere("ssm:Describe*", "ssm:Get*", "ssm:List*")),
  AmazonSSMManagedInstanceCore: among(everywhere("ssm:GetParameter", "ssm:GetParameters")),
  AWSCodeBuildAdminAccess: among(everywhere("codebuild:*")),
  AWSCodeBuildDeveloperAccess: among(everywhere("codebuild:StartBuild", "codebuild:StopBuild", "codebuild:BatchGet*")),
  AmazonEC2FullAccess: among(everywhere("ec2:*")),
  AmazonS3FullAccess: whole(everywhere("s3:*", "s3-object-lambda:*")),
  AWSKeyManagementServicePowerUser: among(everywhere("kms:CreateAlias", "kms:CreateKey", "kms:DeleteAlias")),
  AWSLambda_FullAccess: among(everywhere("lambda:*"), passRole("lambda.amazonaws.com")),
  AWSLambdaBasicExecutionRole: whole(everywhere("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")),
  AWSLambdaVPCAccessExecutionRole: among(everywhere("logs:CreateLogGroup", "logs:PutLogEvents")),
  AWSXRayDaemonWriteAccess: whole(everywhere("xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSampling*")),
  CloudWatchLogsFullAccess: among(everywhere("logs:*")),
};

/**
 * The name of the AWS managed policy that an ARN names, without its path; null where it names a policy of an account.
 * Source: IAM User Guide, "Managed policies and inline policies".
 */
export function awsManagedPolicyName(arn: string): string | null {
  return /^arn:aws[a-z-]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] ?? null;
}

/** What is known of the document of an AWS managed policy; `path` is the attribute that names the policy. */
export function managedPolicyDocument(name: string, path: string): Maybe<PolicyDocument> {
  const untold = (what: string) => new Unknown("no-join", [], `${what} of the AWS managed policy ${name}`);
  const policy = Object.hasOwn(managedPolicies, name) ? managedPolicies[name] : undefined;
  if (policy === undefined) return untold("the statements");
  const Statement = policy.statements.map((statement) => ({ Effect: "Allow", ...statement }));
  const document = readPolicyDocument({ Version: "2012-10-17", Statement }, path);
  return document instanceof Unknown || policy.whole
    ? document
    : { ...document, missing: untold("the other statements") };
}
