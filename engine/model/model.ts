import type { Plan, PlanResource } from "../plan/read.ts";
import { type Fields, type Normalised, readFields } from "./attribute.ts";
import * as ecr from "./ecr.ts";
import * as ecs from "./ecs.ts";
import * as iam from "./iam.ts";
import * as network from "./network.ts";
import * as schedules from "./schedules.ts";
import * as secrets from "./secrets.ts";

/** The resource types that the model knows, each with the schema of its attributes. */
const schemas = {
  aws_ecr_lifecycle_policy: ecr.ecrLifecyclePolicy,
  aws_ecr_pull_through_cache_rule: ecr.ecrPullThroughCacheRule,
  aws_ecr_registry_scanning_configuration: ecr.ecrRegistryScanningConfiguration,
  aws_ecr_repository: ecr.ecrRepository,
  aws_ecr_repository_creation_template: ecr.ecrRepositoryCreationTemplate,
  aws_ecr_repository_policy: ecr.ecrRepositoryPolicy,
  aws_ecrpublic_repository: ecr.ecrpublicRepository,
  aws_ecs_cluster: ecs.ecsCluster,
  aws_ecs_cluster_capacity_providers: ecs.ecsClusterCapacityProviders,
  aws_ecs_express_gateway_service: ecs.ecsExpressGatewayService,
  aws_ecs_service: ecs.ecsService,
  aws_ecs_task_definition: ecs.ecsTaskDefinition,
  aws_ecs_task_set: ecs.ecsTaskSet,
  aws_cloudwatch_event_rule: schedules.eventRule,
  aws_cloudwatch_event_target: schedules.eventTarget,
  aws_cloudwatch_log_group: network.cloudwatchLogGroup,
  aws_scheduler_schedule: schedules.schedulerSchedule,
  aws_lambda_alias: schedules.lambdaAlias,
  aws_lambda_function: schedules.lambdaFunction,
  aws_lambda_permission: schedules.lambdaPermission,
  aws_iam_group_policy: iam.iamGroupPolicy,
  aws_iam_group_policy_attachment: iam.iamGroupPolicyAttachment,
  aws_iam_policy: iam.iamPolicy,
  aws_iam_policy_attachment: iam.iamPolicyAttachment,
  aws_iam_role: iam.iamRole,
  aws_iam_role_policy: iam.iamRolePolicy,
  aws_iam_role_policy_attachment: iam.iamRolePolicyAttachment,
  aws_iam_user_policy: iam.iamUserPolicy,
  aws_iam_user_policy_attachment: iam.iamUserPolicyAttachment,
  aws_security_group: network.securityGroup,
  aws_subnet: network.subnet,
  aws_secretsmanager_secret: secrets.secretsmanagerSecret,
  aws_ssm_parameter: secrets.ssmParameter,
} satisfies Record<string, Fields>;

type Schemas = typeof schemas;
type ModelledType = keyof Schemas;

/** One normalised resource of the plan. */
export interface Modelled<T extends ModelledType> {
  readonly resource: PlanResource;
  readonly attributes: Normalised<Schemas[T]>;
}

/** The normalised resources that will exist after apply, by type, in the order of the plan. */
export type Model = { readonly [T in ModelledType]: readonly Modelled<T>[] };

export function normalise(plan: Plan): Model {
  const byType = new Map<string, PlanResource[]>();
  for (const resource of plan.resources) {
    if (resource.mode !== "managed" || !resource.isAws || !resource.willExist) continue;
    const list = byType.get(resource.type);
    if (list === undefined) byType.set(resource.type, [resource]);
    else list.push(resource);
  }
  return mapSchemas((type, fields) =>
    (byType.get(type) ?? []).map((resource) => ({ resource, attributes: readFields(resource.node, fields) })),
  );
}

type AnyModelled = { readonly resource: PlanResource; readonly attributes: Normalised<Fields> };

function mapSchemas(read: (type: string, fields: Fields) => readonly AnyModelled[]): Model;
function mapSchemas(
  read: (type: string, fields: Fields) => readonly AnyModelled[],
): Record<string, readonly AnyModelled[]> {
  return Object.fromEntries(Object.entries(schemas).map(([type, fields]) => [type, read(type, fields)]));
}
