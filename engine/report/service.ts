/** AWS services by the beginning of their resource types in the provider; the longest that fits counts. */
const services: readonly (readonly [prefix: string, service: string])[] = [
  ["aws_appautoscaling_", "Application Auto Scaling"],
  ["aws_cloudtrail", "AWS CloudTrail"],
  ["aws_cloudwatch_", "Amazon CloudWatch"],
  ["aws_cloudwatch_event_", "Amazon EventBridge"],
  ["aws_codebuild_", "AWS CodeBuild"],
  ["aws_codepipeline", "AWS CodePipeline"],
  ["aws_db_", "Amazon RDS"],
  ["aws_default_", "Amazon VPC"],
  ["aws_ecr_", "Amazon ECR"],
  ["aws_ecrpublic_", "Amazon ECR"],
  ["aws_ecs_", "Amazon ECS"],
  ["aws_efs_", "Amazon EFS"],
  ["aws_guardduty_", "Amazon GuardDuty"],
  ["aws_iam_", "AWS IAM"],
  ["aws_internet_gateway", "Amazon VPC"],
  ["aws_kms_", "AWS KMS"],
  ["aws_lambda_", "AWS Lambda"],
  ["aws_lb", "Elastic Load Balancing"],
  ["aws_main_route_table", "Amazon VPC"],
  ["aws_nat_gateway", "Amazon VPC"],
  ["aws_network_", "Amazon VPC"],
  ["aws_rds_", "Amazon RDS"],
  ["aws_route_table", "Amazon VPC"],
  ["aws_s3_", "Amazon S3"],
  ["aws_scheduler_", "Amazon EventBridge"],
  ["aws_secretsmanager_", "AWS Secrets Manager"],
  ["aws_security_group", "Amazon VPC"],
  ["aws_signer_", "AWS Signer"],
  ["aws_sns_", "Amazon SNS"],
  ["aws_sqs_", "Amazon SQS"],
  ["aws_ssm_", "AWS Systems Manager"],
  ["aws_subnet", "Amazon VPC"],
  ["aws_vpc", "Amazon VPC"],
];

/** The AWS service of a resource type, as AWS writes it; null for a type that is not in the table. */
export function serviceOf(type: string): string | null {
  const fitting = services.filter(([prefix]) => type.startsWith(prefix));
  const [longest] = fitting.sort(([one], [other]) => other.length - one.length);
  return longest?.[1] ?? null;
}
