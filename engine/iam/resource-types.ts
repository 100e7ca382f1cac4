import { targetsOf } from "../plan/references.ts";
import type { Maybe, Unknown } from "../plan/unknown.ts";
import { namedType, namesAnArn } from "./actions.ts";

/** A type of resources: the format of its ARNs, as the table of actions has it, and Terraform's type for one of them. */
export interface ResourceType {
  readonly format: string;
  readonly terraformType: string;
}

export const repositoryType: ResourceType = { format: "ecr:*:*:repository/*", terraformType: "aws_ecr_repository" };
export const roleType: ResourceType = { format: "iam::*:role/*", terraformType: "aws_iam_role" };

/** Whether an unknown value is the ARN of a resource of the type: that of an object of this plan is, if the object is one. */
export function isArnOf(arn: Unknown, { terraformType }: ResourceType): Maybe<boolean> {
  if (!namesAnArn(arn)) return arn;
  const [first = false, ...others] = (targetsOf(arn.references) ?? []).map(
    (target) => namedType(target) === terraformType,
  );
  return others.every((other) => other === first) ? first : arn;
}

/** The formats of what the attribute `arn` of Terraform's types holds; none for services that the table does not have. */
const formatsByTerraformType: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_event_bus: ["events:*:*:event-bus/*"],
  aws_cloudwatch_event_rule: ["events:*:*:rule/*", "events:*:*:rule/*/*"],
  aws_cloudwatch_log_group: ["logs:*:*:log-group:*", "logs:*:*:log-group:*:log-stream:*"],
  aws_codebuild_project: ["codebuild:*:*:project/*"],
  aws_codebuild_report_group: ["codebuild:*:*:report-group/*"],
  aws_codepipeline: ["codepipeline:*:*:*", "codepipeline:*:*:*/*", "codepipeline:*:*:*/*/*"],
  aws_dynamodb_table: [],
  aws_ecr_repository: [repositoryType.format],
  aws_ecs_capacity_provider: ["ecs:*:*:capacity-provider/*"],
  aws_ecs_cluster: ["ecs:*:*:cluster/*"],
  aws_ecs_service: ["ecs:*:*:service/*/*"],
  aws_ecs_task_definition: ["ecs:*:*:task-definition/*:*"],
  aws_efs_file_system: [],
  aws_guardduty_detector: ["guardduty:*:*:detector/*"],
  aws_iam_group: ["iam::*:group/*"],
  aws_iam_instance_profile: ["iam::*:instance-profile/*"],
  aws_iam_openid_connect_provider: ["iam::*:oidc-provider/*"],
  aws_iam_policy: ["iam::*:policy/*"],
  aws_iam_role: [roleType.format],
  aws_iam_saml_provider: ["iam::*:saml-provider/*"],
  aws_iam_user: ["iam::*:user/*"],
  aws_instance: ["ec2:*:*:instance/*"],
  aws_kms_alias: ["kms:*:*:alias/*"],
  aws_kms_key: ["kms:*:*:key/*"],
  aws_lambda_alias: ["lambda:*:*:function:*:*"],
  aws_lambda_function: ["lambda:*:*:function:*", "lambda:*:*:function:*:*"],
  aws_s3_bucket: ["s3:::*", "s3:::*/*"],
  aws_scheduler_schedule: ["scheduler:*:*:schedule/*/*"],
  aws_scheduler_schedule_group: ["scheduler:*:*:schedule-group/*"],
  aws_secretsmanager_secret: ["secretsmanager:*:*:secret:*-??????"],
  aws_security_group: ["ec2:*:*:security-group/*"],
  aws_sfn_state_machine: [],
  aws_sns_topic: [],
  aws_sqs_queue: [],
  aws_ssm_document: ["ssm:*:*:document/*"],
  aws_ssm_parameter: ["ssm:*:*:parameter/*"],
  aws_subnet: ["ec2:*:*:subnet/*"],
  aws_vpc: ["ec2:*:*:vpc/*"],
};

/** Whether an unknown value is the ARN of a resource of one of these formats; unknown for objects of other types. */
export function isArnOfFormats(arn: Unknown, formats: readonly string[]): Maybe<boolean> {
  if (!namesAnArn(arn)) return arn;
  const own = (targetsOf(arn.references) ?? []).map((target): boolean | null => {
    const type = namedType(target) ?? "";
    const known = Object.hasOwn(formatsByTerraformType, type) ? formatsByTerraformType[type] : undefined;
    return known?.some((format) => formats.includes(format)) ?? null;
  });
  const [first = null] = own;
  return first !== null && own.every((each) => each === first) ? first : arn;
}
