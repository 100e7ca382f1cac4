import { groupBy } from "../group-by.ts";
import type { Plan, PlanResource } from "../plan/read.ts";
import { type DeferredData, type Fields, type Normalised, readFields } from "./attribute.ts";
import * as detection from "./detection.ts";
import * as documents from "./documents.ts";
import * as ecr from "./ecr.ts";
import * as ecs from "./ecs.ts";
import * as iam from "./iam.ts";
import * as identityCenter from "./identity-center.ts";
import * as kms from "./kms.ts";
import * as listeners from "./listeners.ts";
import * as logs from "./logs.ts";
import * as network from "./network.ts";
import * as pipeline from "./pipeline.ts";
import { resourceType } from "./resource-type.ts";
import * as schedules from "./schedules.ts";
import * as secrets from "./secrets.ts";

/** The resource types that the model knows, each with the schema of its attributes. */
const schemas = {
  aws_ecr_account_setting: ecr.ecrAccountSetting,
  aws_ecr_registry_policy: ecr.ecrRegistryPolicy,
  aws_codebuild_project: pipeline.codebuildProject,
  aws_codebuild_report_group: pipeline.codebuildReportGroup,
  aws_codebuild_webhook: pipeline.codebuildWebhook,
  aws_codepipeline: pipeline.codepipeline,
  aws_ecr_lifecycle_policy: ecr.ecrLifecyclePolicy,
  aws_ecr_pull_through_cache_rule: ecr.ecrPullThroughCacheRule,
  aws_ecr_registry_scanning_configuration: ecr.ecrRegistryScanningConfiguration,
  aws_ecr_replication_configuration: ecr.ecrReplicationConfiguration,
  aws_ecr_repository: ecr.ecrRepository,
  aws_ecr_repository_creation_template: ecr.ecrRepositoryCreationTemplate,
  aws_ecr_repository_policy: ecr.ecrRepositoryPolicy,
  aws_ecrpublic_repository: ecr.ecrpublicRepository,
  aws_efs_file_system: ecs.efsFileSystem,
  aws_ecs_account_setting_default: ecs.ecsAccountSettingDefault,
  aws_ecs_capacity_provider: ecs.ecsCapacityProvider,
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
  aws_lambda_function_url: schedules.lambdaFunctionUrl,
  aws_lambda_permission: schedules.lambdaPermission,
  aws_cloudtrail: logs.cloudtrail,
  aws_flow_log: logs.flowLog,
  aws_guardduty_detector: detection.guarddutyDetector,
  aws_guardduty_detector_feature: detection.guarddutyDetectorFeature,
  aws_guardduty_organization_configuration: detection.guarddutyOrganizationConfiguration,
  aws_guardduty_organization_configuration_feature: detection.guarddutyOrganizationConfigurationFeature,
  aws_iam_access_key: iam.iamAccessKey,
  aws_iam_group: iam.iamGroup,
  aws_iam_group_policy: iam.iamGroupPolicy,
  aws_iam_group_policy_attachment: iam.iamGroupPolicyAttachment,
  aws_iam_group_policy_attachments_exclusive: iam.iamGroupPolicyAttachmentsExclusive,
  aws_iam_policy: iam.iamPolicy,
  aws_iam_policy_attachment: iam.iamPolicyAttachment,
  aws_iam_role: iam.iamRole,
  aws_iam_role_policies_exclusive: iam.iamRolePoliciesExclusive,
  aws_iam_role_policy: iam.iamRolePolicy,
  aws_iam_role_policy_attachment: iam.iamRolePolicyAttachment,
  aws_iam_role_policy_attachments_exclusive: iam.iamRolePolicyAttachmentsExclusive,
  aws_iam_user: iam.iamUser,
  aws_iam_user_policy: iam.iamUserPolicy,
  aws_iam_user_policy_attachment: iam.iamUserPolicyAttachment,
  aws_iam_user_policy_attachments_exclusive: iam.iamUserPolicyAttachmentsExclusive,
  aws_ssoadmin_customer_managed_policy_attachment: identityCenter.permissionSetCustomerAttachment,
  aws_ssoadmin_managed_policy_attachment: identityCenter.permissionSetPolicyAttachment,
  aws_ssoadmin_permission_set: identityCenter.permissionSet,
  aws_ssoadmin_permission_set_inline_policy: identityCenter.permissionSetInlinePolicy,
  aws_ssoadmin_permissions_boundary_attachment: identityCenter.permissionSetBoundary,
  aws_kms_alias: kms.kmsAlias,
  aws_kms_external_key: kms.kmsOtherKey,
  aws_kms_grant: kms.kmsGrant,
  aws_kms_key: kms.kmsKey,
  aws_kms_key_policy: kms.kmsKeyPolicy,
  aws_kms_replica_external_key: kms.kmsOtherKey,
  aws_kms_replica_key: kms.kmsOtherKey,
  aws_default_route_table: network.defaultRouteTable,
  aws_default_security_group: network.securityGroup,
  aws_default_subnet: network.defaultSubnet,
  aws_ec2_managed_prefix_list: network.managedPrefixList,
  aws_ec2_managed_prefix_list_entry: network.managedPrefixListEntry,
  aws_internet_gateway: network.internetGateway,
  aws_lb: network.loadBalancer,
  aws_lb_listener: listeners.listener,
  aws_lb_listener_rule: listeners.listenerRule,
  aws_lb_target_group: listeners.targetGroup,
  aws_main_route_table_association: network.mainRouteTableAssociation,
  aws_route: network.route,
  aws_route_table: network.routeTable,
  aws_route_table_association: network.routeTableAssociation,
  aws_security_group: network.securityGroup,
  aws_security_group_rule: network.securityGroupRule,
  aws_signer_signing_profile: pipeline.signerSigningProfile,
  aws_subnet: network.subnet,
  aws_vpc: network.vpc,
  aws_vpc_endpoint: network.vpcEndpoint,
  aws_vpc_endpoint_policy: network.vpcEndpointPolicy,
  aws_vpc_security_group_egress_rule: network.vpcSecurityGroupRule,
  aws_vpc_security_group_ingress_rule: network.vpcSecurityGroupRule,
  aws_codebuild_source_credential: secrets.codebuildSourceCredential,
  aws_db_instance: secrets.dbInstance,
  aws_secretsmanager_secret: secrets.secretsmanagerSecret,
  aws_secretsmanager_secret_policy: secrets.secretsmanagerSecretPolicy,
  aws_secretsmanager_secret_rotation: secrets.secretsmanagerSecretRotation,
  aws_secretsmanager_secret_version: secrets.secretsmanagerSecretVersion,
  aws_ssm_document: documents.ssmDocument,
  aws_ssm_parameter: secrets.ssmParameter,
} satisfies Record<string, Fields>;

type Schemas = typeof schemas;
export type ModelledType = keyof Schemas;

/** One normalised resource of the plan. */
export interface Modelled<T extends ModelledType> {
  readonly resource: PlanResource;
  readonly attributes: Normalised<Schemas[T]>;
}

/** The normalised resources that will exist after apply, by type, in the order of the plan. */
export type Model = { readonly [T in ModelledType]: readonly Modelled<T>[] };

/** Reads the resources. JSON in their attributes is opened here, once a resource. */
export function normalise(plan: Plan): Model {
  const modelled = plan.resources.filter(({ mode, isAws, willExist }) => mode === "managed" && isAws && willExist);
  const byType = groupBy(modelled, ({ type }) => resourceType(type));
  const deferred = deferredData(plan);
  return mapSchemas((type, fields) =>
    (byType.get(type) ?? []).map((resource) => ({ resource, attributes: readFields(resource.node, fields, deferred) })),
  );
}

function deferredData({ instances }: Plan): DeferredData {
  return (target) => {
    const [only, ...others] = target.mode === "data" ? instances.of(target) : [];
    return only === undefined || others.length > 0 ? null : only.node;
  };
}

/** A resource of any of the types. */
export type AnyModelled = { readonly resource: PlanResource; readonly attributes: Normalised<Fields> };

function mapSchemas(read: (type: string, fields: Fields) => readonly AnyModelled[]): Model;
function mapSchemas(
  read: (type: string, fields: Fields) => readonly AnyModelled[],
): Record<string, readonly AnyModelled[]> {
  return Object.fromEntries(Object.entries(schemas).map(([type, fields]) => [type, read(type, fields)]));
}
