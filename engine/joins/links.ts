import type { Attribute } from "../model/attribute.ts";
import { encryptedTypes } from "../model/encryption.ts";
import type { AnyModelled, Model, Modelled, ModelledType } from "../model/model.ts";
import { lastNameOf, partName } from "../model/part-names.ts";
import { listParts } from "../plan/list-parts.ts";
import { targetsOf } from "../plan/references.ts";
import { elementsOf, type Maybe, Unknown } from "../plan/unknown.ts";
import type { Invocation } from "./invocations.ts";
import type { Join, Joinable } from "./join.ts";
import type { Launch, LaunchNetwork } from "./launches.ts";
import { type Name, type NamedBy, names } from "./names.ts";
import { containerName, type Task } from "./tasks.ts";

/** Where something is named. */
export interface Place {
  readonly path: string;
  readonly value: Maybe<string | null>;
  /** Whether people see it: what nobody wrote is a default. */
  readonly isShown: boolean;
  /** What the name is unique within, where it is so within something only. */
  readonly within?: Maybe<string | null>;
  /** The region of what is named; null where it is that of the resource. */
  readonly region?: Maybe<string | null>;
  /** The type of what is named, for people, where the row names several. */
  readonly type?: string;
  /** Whether an unknown value hides more than the name, so that what it refers to may be no name. */
  readonly isWhole?: boolean;
  /** Whether it stands for what a list holds besides its references, all of which was known when the plan was made. */
  readonly isKnownMore?: boolean;
}

/** What a link is read from: the resources of the model and their parts. */
export interface Sources {
  readonly model: Model;
  readonly ofType: (type: string) => readonly AnyModelled[];
  readonly launches: () => readonly Launch[];
  readonly invocations: () => readonly Invocation[];
  readonly tasks: () => readonly Task[];
}

interface Options {
  /** Where people see the joins: in `plimsoll facts` and the picture, in the picture only, or nowhere. */
  readonly shown?: "everywhere" | "picture" | "nowhere";
  /** Whether a value that names nothing of the plan says nothing: what it names may be of another type. */
  readonly isOfManyTypes?: boolean;
  /** Whether a name that the plan does not tell can only be one of the same provider configuration. */
  readonly isNear?: boolean;
  /** What a source does with its target, for people: it names it, unless the row says otherwise. */
  readonly verb?: string;
}

/** Which places of which sources name what. */
export interface Link<S extends Joinable, N extends Name> extends Options {
  readonly to: N;
  readonly read: (sources: Sources) => readonly { readonly source: S; readonly places: readonly Place[] }[];
}

type LinkKey<T extends ModelledType> = {
  [K in keyof Modelled<T>["attributes"]]: Modelled<T>["attributes"][K] extends
    | Attribute<string | null>
    | Attribute<readonly Maybe<string>[]>
    ? K
    : never;
}[keyof Modelled<T>["attributes"]];

/** An attribute names something, or each element of it does. */
function link<T extends ModelledType, N extends Name>(
  type: T,
  attribute: LinkKey<T>,
  to: N,
  options?: Options,
): Link<Modelled<T>, N>;
function link(type: string, attribute: string, to: Name, options: Options = {}): Link<AnyModelled, Name> {
  return linkFrom(
    (sources) => sources.ofType(type),
    ({ attributes }) => placesOf(attributes[attribute]),
    to,
    options,
  );
}

function linkFrom<S extends Joinable, N extends Name>(
  list: (sources: Sources) => readonly S[],
  places: (source: S) => readonly Place[],
  to: N,
  options: Options = {},
): Link<S, N> {
  return { ...options, to, read: (sources) => list(sources).map((source) => ({ source, places: places(source) })) };
}

const launching = (sources: Sources) => sources.launches();
const invoking = (sources: Sources) => sources.invocations();
const defining = (sources: Sources) => sources.tasks();

/** Of a list with an unknown element the provider knows nothing: that is one place. */
function placesOf(attribute: Attribute<unknown> | undefined): Place[] {
  if (attribute === undefined) return [];
  const { value, path, state } = attribute;
  if (value instanceof Unknown || typeof value === "string") return [{ value, path, isShown: state !== "unset" }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((element: unknown, at) =>
    element instanceof Unknown || typeof element === "string"
      ? [{ value: element, path: `${path}[${at}]`, isShown: true }]
      : [],
  );
}

function written(value: Maybe<string | null>, path: string): Place {
  return { value, path, isShown: true };
}

/** The blocks that the plan tells. */
function known<B>(blocks: Attribute<readonly Maybe<B>[]>): B[] {
  return blocks.value instanceof Unknown
    ? []
    : blocks.value.flatMap((block) => (block instanceof Unknown ? [] : [block]));
}

/** A network that is unknown as a whole hides both groups and subnets. */
function inNetwork(
  select: (network: LaunchNetwork) => Attribute<readonly Maybe<string>[]>,
  places: (list: Attribute<readonly Maybe<string>[]>) => Place[] = placesOf,
) {
  return ({ network: { value, path } }: Launch): Place[] => {
    if (value === null) return [];
    return value instanceof Unknown ? [{ ...written(value, path), isWhole: true }] : places(select(value));
  };
}

/** Of a list that is unknown because one element is, what its references tell. */
function partsOf(list: Attribute<readonly Maybe<string>[]>): Place[] {
  return partsAndMore(list).filter(({ isKnownMore }) => isKnownMore !== true);
}

/** The same, with a place for what else the list may hold. */
function partsAndMore(list: Attribute<readonly Maybe<string>[]>): Place[] {
  const { value, path } = list;
  if (!(value instanceof Unknown)) return placesOf(list);
  const { elements, mayHoldMore } = listParts(value);
  const more = new Unknown("no-join", value.references, "what the list holds besides its references");
  return [
    ...elements.map((element) => ({ ...written(element, path), isWhole: element.references.length === 0 })),
    ...(mayHoldMore ? [{ ...written(more, path), isWhole: true, isKnownMore: true }] : []),
  ];
}

/** People see what is known to start no tasks only. */
function invoked(select: (named: Exclude<Invocation["named"], Unknown>) => Attribute<unknown>) {
  return ({ named }: Invocation): Place[] =>
    named instanceof Unknown
      ? []
      : placesOf(select(named)).map((place) => ({ ...place, isShown: place.isShown && named.isNoTask }));
}

type ContainerOf<M extends Maybe<readonly unknown[]>> = Exclude<Exclude<M, Unknown>[number], Unknown>;
type Container = ContainerOf<Task["containers"]>;

function inContainers(places: (container: Container, name: string) => readonly Place[]) {
  return ({ containers }: Task): Place[] =>
    (containers instanceof Unknown ? [] : containers).flatMap((container, at) =>
      container instanceof Unknown ? [] : places(container, containerName(container, at)),
    );
}

function logGroups(container: Container, name: string): Place[] {
  const log = container.logConfiguration.value;
  const options = log instanceof Unknown || log === null ? null : log.options.value;
  if (options === null || options instanceof Unknown) return [];
  const group = options["awslogs-group"];
  if (group.state === "unset") return [];
  return [{ ...written(group.value, `${name}: ${group.path}`), region: options["awslogs-region"].value }];
}

interface SecretEntry {
  readonly name: Attribute<string | null>;
  readonly valueFrom: Attribute<string | null>;
}

function secretEntries(container: string, list: Attribute<readonly Maybe<SecretEntry>[]>): Place[] {
  return (list.value instanceof Unknown ? [] : list.value).flatMap((entry, at) => {
    if (entry instanceof Unknown) return [];
    const variable = partName(lastNameOf(list.path), at, entry.name);
    return [written(entry.valueFrom.value, `${container}/${variable}: ${entry.valueFrom.path}`)];
  });
}

function containerSecrets(container: Container, name: string): Place[] {
  const log = container.logConfiguration.value;
  const options = log instanceof Unknown || log === null ? [] : secretEntries(name, log.secretOptions);
  return [...secretEntries(name, container.secrets), ...options];
}

function expressSecrets({ attributes }: Modelled<"aws_ecs_express_gateway_service">): Place[] {
  const [container] = known(attributes.primary_container);
  const { value } = container?.secret ?? { value: [] };
  return (value instanceof Unknown ? [] : value).flatMap((entry, at) => {
    if (entry instanceof Unknown) return [];
    const variable = partName("secret", at, entry.name);
    return [written(entry.value_from.value, `primary_container/${variable}: ${entry.value_from.path}`)];
  });
}

/** `valueFrom` names a parameter, or a secret by its ARN. Source: ECS Developer Guide, "Passing sensitive data". */
function namesSecret({ value }: Place): boolean {
  if (!(value instanceof Unknown)) return value !== null && /^arn:[a-z-]+:secretsmanager:/.test(value);
  const targets = value.references.flatMap(({ end }) => ("target" in end ? [end.target.type] : []));
  return targets.length > 0 && targets.every((type) => type === "aws_secretsmanager_secret");
}

const namesParameter = (place: Place) => !namesSecret(place);

type Project = Modelled<"aws_codebuild_project">;

function buildVariables(type: string, nameOf: (value: string) => string = (value) => value) {
  return ({ attributes }: Project): Place[] =>
    known(attributes.environment)
      .slice(0, 1)
      .flatMap((environment) => known(environment.environment_variable))
      .filter((variable) => variable.type.value === type && variable.value.state !== "unset")
      .map(({ value: { value, path } }) => written(typeof value === "string" ? nameOf(value) : value, path));
}

function batchRoles({ value, path }: Project["attributes"]["build_batch_config"]): Place[] {
  return elementsOf(value).flatMap((batch) =>
    batch instanceof Unknown ? [{ ...written(batch, path), isWhole: true }] : placesOf(batch.service_role),
  );
}

/** `id:json-key:stage:version`, where the id may be an ARN. Source: CodeBuild User Guide, "Build specification reference". */
function secretId(value: string): string {
  return value.startsWith("arn:") ? value : (value.split(":")[0] ?? value);
}

type Group = Modelled<"aws_security_group" | "aws_default_security_group">;

/** All rules of a group stand in one expression, so one unknown part hides them all; the groups that it refers to stay. */
function inlineGroups({ attributes }: Group): Place[] {
  return [attributes.ingress, attributes.egress].flatMap(({ value, path }) =>
    (value instanceof Unknown ? [value] : value).flatMap((rule) =>
      rule instanceof Unknown ? references(rule, path, ["aws_security_group"]) : placesOf(rule.security_groups),
    ),
  );
}

/** What an unknown value refers to, of some types. */
function references({ references: all, reason }: Unknown, path: string, types: readonly string[]): Place[] {
  return all
    .filter(({ end }) => "target" in end && types.includes(end.target.type))
    .map((reference) => written(new Unknown(reason, [reference]), path));
}

/** What unknown container definitions refer to: which container uses it, and as what, the plan does not tell. */
function referred({ containers, definition }: Task): Place[] {
  if (!(containers instanceof Unknown)) return [];
  const { path } = definition.attributes.container_definitions;
  const isOpen = containers.references.some(({ end }) => "deadEnd" in end && end.deadEnd !== "variable");
  const types: readonly string[] = names.referred.types;
  return [
    ...(isOpen ? [{ ...written(containers, path), type: "aws_ecr_repository" }] : []),
    ...references(containers, path, types).map((place) => ({ ...place, type: typeReferredTo(place.value) })),
  ];
}

function typeReferredTo(value: Place["value"]): string {
  const [first] = value instanceof Unknown ? value.references : [];
  return first !== undefined && "target" in first.end ? first.end.target.type : "";
}

function encryptionKeys({ resource }: AnyModelled): Place[] {
  const encrypted = Object.hasOwn(encryptedTypes, resource.type) ? encryptedTypes[resource.type] : undefined;
  return (encrypted?.keysOf(resource) ?? []).flatMap(({ key }) => placesOf(key));
}

/** A value that is known may be the id of the default table; one that is not only where a VPC says so. */
function namesTableOfVpc({ value }: Place): boolean {
  if (!(value instanceof Unknown)) return true;
  return targetsOf(value.references)?.every(({ type }) => type === "aws_vpc") ?? false;
}

const nowhere = { shown: "nowhere" } as const;
const picture = { shown: "picture" } as const;
const role = "aws_iam_role";
const user = "aws_iam_user";
const group = "aws_iam_group";
const policy = "aws_iam_policy";
const securityGroup = "aws_security_group";
const express = "aws_ecs_express_gateway_service";

/** Which attribute of which type names which type. `plimsoll facts` and the picture show the rows in this order. */
export const links = {
  buildRole: link("aws_codebuild_project", "service_role", role),
  webhookProject: link("aws_codebuild_webhook", "project_name", "aws_codebuild_project"),
  buildRoles: linkFrom(
    ({ model }) => model.aws_codebuild_project,
    ({ attributes }) => [...placesOf(attributes.service_role), ...batchRoles(attributes.build_batch_config)],
    role,
    nowhere,
  ),
  lifecyclePolicy: link("aws_ecr_lifecycle_policy", "repository", "aws_ecr_repository", { isNear: true }),
  repositoryPolicy: link("aws_ecr_repository_policy", "repository", "aws_ecr_repository", { isNear: true }),
  launchDefinition: linkFrom(launching, ({ taskDefinition }) => placesOf(taskDefinition), "aws_ecs_task_definition", {
    verb: "runs",
  }),
  launchCluster: linkFrom(launching, ({ cluster }) => placesOf(cluster), "aws_ecs_cluster", {
    verb: "runs on",
  }),
  launchGroups: linkFrom(
    launching,
    inNetwork(({ securityGroups }) => securityGroups),
    securityGroup,
  ),
  launchSubnets: linkFrom(
    launching,
    inNetwork(({ subnets }) => subnets),
    "aws_subnet",
  ),
  usedGroup: linkFrom(
    launching,
    inNetwork(({ securityGroups }) => securityGroups, partsOf),
    securityGroup,
    nowhere,
  ),
  usedSubnet: linkFrom(
    launching,
    inNetwork(({ subnets }) => subnets, partsAndMore),
    "aws_subnet",
    nowhere,
  ),
  balancerGroup: linkFrom(
    ({ model }) => model.aws_lb,
    ({ attributes }) => partsOf(attributes.security_groups),
    securityGroup,
    nowhere,
  ),
  subnetVpc: linkFrom(
    ({ model }) => [...model.aws_subnet, ...model.aws_default_subnet],
    ({ attributes }) => placesOf(attributes.vpc_id),
    "aws_vpc",
    nowhere,
  ),
  groupVpc: linkFrom(
    ({ model }) => [...model.aws_security_group, ...model.aws_default_security_group],
    ({ attributes }) => placesOf(attributes.vpc_id),
    "aws_vpc",
    nowhere,
  ),
  defaultGroupVpc: link("aws_default_security_group", "vpc_id", "aws_vpc", nowhere),
  defaultTableVpc: link("aws_default_route_table", "default_route_table_id", "aws_vpc", nowhere),
  endpointVpc: link("aws_vpc_endpoint", "vpc_id", "aws_vpc", nowhere),
  endpointPolicy: link("aws_vpc_endpoint_policy", "vpc_endpoint_id", "aws_vpc_endpoint", nowhere),
  associatedSubnet: link("aws_route_table_association", "subnet_id", "aws_subnet", nowhere),
  associatedTable: link("aws_route_table_association", "route_table_id", "aws_route_table", nowhere),
  mainVpc: link("aws_main_route_table_association", "vpc_id", "aws_vpc", nowhere),
  mainTable: link("aws_main_route_table_association", "route_table_id", "aws_route_table", nowhere),
  routeTable: link("aws_route", "route_table_id", "aws_route_table", nowhere),
  defaultTableRoute: linkFrom(
    ({ model }) => model.aws_route,
    ({ attributes: { route_table_id: table } }) => placesOf(table).filter(namesTableOfVpc),
    "aws_vpc",
    nowhere,
  ),
  prefixListEntry: link("aws_ec2_managed_prefix_list_entry", "prefix_list_id", "aws_ec2_managed_prefix_list", nowhere),
  capacityCluster: link("aws_ecs_cluster_capacity_providers", "cluster_name", "aws_ecs_cluster", nowhere),
  taskSetService: linkFrom(
    ({ model }) => model.aws_ecs_task_set,
    ({ attributes }) => placesOf(attributes.service).map((place) => ({ ...place, within: attributes.cluster.value })),
    "aws_ecs_service",
  ),
  executionRole: link("aws_ecs_task_definition", "execution_role_arn", role),
  taskRole: link("aws_ecs_task_definition", "task_role_arn", role),
  containerReference: linkFrom(defining, referred, "referred"),
  containerImage: linkFrom(
    defining,
    inContainers(({ image: { value, path } }, name) => [written(value, `${name}: ${path}`)]),
    "image",
  ),
  containerLogGroup: linkFrom(defining, inContainers(logGroups), "aws_cloudwatch_log_group"),
  containerParameter: linkFrom(
    defining,
    inContainers((container, name) => containerSecrets(container, name).filter(namesParameter)),
    "aws_ssm_parameter",
  ),
  containerSecret: linkFrom(
    defining,
    inContainers((container, name) => containerSecrets(container, name).filter(namesSecret)),
    "aws_secretsmanager_secret",
  ),
  targetRule: linkFrom(
    ({ model }) => model.aws_cloudwatch_event_target,
    ({ attributes }) => [
      { ...written(attributes.rule.value, attributes.rule.path), within: attributes.event_bus_name.value },
    ],
    "aws_cloudwatch_event_rule",
    { isOfManyTypes: true },
  ),
  invokedFunction: linkFrom(
    invoking,
    invoked(({ arn }) => arn),
    "aws_lambda_function",
    { isOfManyTypes: true },
  ),
  scheduleRole: linkFrom(
    (sources) => invoking(sources).filter(({ of }) => of.type === "schedule"),
    invoked(({ role: named }) => named),
    role,
  ),
  permittedFunction: link("aws_lambda_permission", "function_name", "aws_lambda_function", { isOfManyTypes: true }),
  functionRole: link("aws_lambda_function", "role", role),
  rolePolicy: link("aws_iam_role_policy", "role", role),
  userPolicy: link("aws_iam_user_policy", "user", user),
  accessKey: link("aws_iam_access_key", "user", user),
  groupPolicy: link("aws_iam_group_policy", "group", group),
  attachmentRole: link("aws_iam_role_policy_attachment", "role", role),
  roleAttachment: link("aws_iam_role_policy_attachment", "policy_arn", policy),
  attachmentUser: link("aws_iam_user_policy_attachment", "user", user),
  userAttachment: link("aws_iam_user_policy_attachment", "policy_arn", policy),
  attachmentGroup: link("aws_iam_group_policy_attachment", "group", group),
  groupAttachment: link("aws_iam_group_policy_attachment", "policy_arn", policy),
  attachmentRoles: link("aws_iam_policy_attachment", "roles", role),
  attachmentUsers: link("aws_iam_policy_attachment", "users", user),
  attachmentGroups: link("aws_iam_policy_attachment", "groups", group),
  attachment: link("aws_iam_policy_attachment", "policy_arn", policy),
  managedPolicies: link("aws_iam_role", "managed_policy_arns", policy),
  exclusiveInlineRole: link("aws_iam_role_policies_exclusive", "role_name", role),
  exclusiveRole: link("aws_iam_role_policy_attachments_exclusive", "role_name", role),
  exclusiveRolePolicies: link("aws_iam_role_policy_attachments_exclusive", "policy_arns", policy),
  exclusiveUser: link("aws_iam_user_policy_attachments_exclusive", "user_name", user),
  exclusiveUserPolicies: link("aws_iam_user_policy_attachments_exclusive", "policy_arns", policy),
  exclusiveGroup: link("aws_iam_group_policy_attachments_exclusive", "group_name", group),
  exclusiveGroupPolicies: link("aws_iam_group_policy_attachments_exclusive", "policy_arns", policy),
  detectorFeature: link("aws_guardduty_detector_feature", "detector_id", "aws_guardduty_detector", nowhere),
  organizationFeature: link(
    "aws_guardduty_organization_configuration_feature",
    "detector_id",
    "aws_guardduty_detector",
    nowhere,
  ),
  secretPolicy: link("aws_secretsmanager_secret_policy", "secret_arn", "aws_secretsmanager_secret"),
  secretRotation: link("aws_secretsmanager_secret_rotation", "secret_id", "aws_secretsmanager_secret"),
  secretVersion: link("aws_secretsmanager_secret_version", "secret_id", "aws_secretsmanager_secret"),
  expressImage: linkFrom(
    ({ model }) => model[express],
    ({ attributes }) => known(attributes.primary_container).map(({ image: { value, path } }) => written(value, path)),
    "image",
    picture,
  ),
  functionImage: link("aws_lambda_function", "image_uri", "image", picture),
  expressParameter: linkFrom(
    ({ model }) => model[express],
    (service) => expressSecrets(service).filter(namesParameter),
    "aws_ssm_parameter",
    picture,
  ),
  expressSecret: linkFrom(
    ({ model }) => model[express],
    (service) => expressSecrets(service).filter(namesSecret),
    "aws_secretsmanager_secret",
    picture,
  ),
  targetRole: link("aws_cloudwatch_event_target", "role_arn", role, picture),
  buildParameter: linkFrom(
    ({ model }) => model.aws_codebuild_project,
    buildVariables("PARAMETER_STORE"),
    "aws_ssm_parameter",
    picture,
  ),
  buildSecret: linkFrom(
    ({ model }) => model.aws_codebuild_project,
    buildVariables("SECRETS_MANAGER", secretId),
    "aws_secretsmanager_secret",
    picture,
  ),
  ruleGroup: link("aws_security_group_rule", "security_group_id", securityGroup, picture),
  ruleSource: link("aws_security_group_rule", "source_security_group_id", securityGroup, picture),
  ingressGroup: link("aws_vpc_security_group_ingress_rule", "security_group_id", securityGroup, picture),
  ingressSource: link("aws_vpc_security_group_ingress_rule", "referenced_security_group_id", securityGroup, picture),
  egressGroup: link("aws_vpc_security_group_egress_rule", "security_group_id", securityGroup, picture),
  egressTarget: link("aws_vpc_security_group_egress_rule", "referenced_security_group_id", securityGroup, picture),
  inlineGroups: linkFrom(
    ({ model }) => [...model.aws_security_group, ...model.aws_default_security_group],
    inlineGroups,
    securityGroup,
    picture,
  ),
  balancerGroups: link("aws_lb", "security_groups", securityGroup, picture),
  encryptionKey: linkFrom(
    ({ ofType }) => Object.keys(encryptedTypes).flatMap((type) => ofType(type)),
    encryptionKeys,
    "aws_kms_key",
    picture,
  ),
  aliasKey: link("aws_kms_alias", "target_key_id", "aws_kms_key", picture),
};

type Links = typeof links;

export type LinkName = keyof Links;

export type SourceOf<L extends LinkName> = Links[L] extends Link<infer S, Name> ? S : never;

export type TargetOf<L extends LinkName> = Links[L] extends Link<Joinable, infer N> ? NamedBy<N> : never;

/** What one place of a source names, and how that was found. */
export interface Linked<S extends Joinable, T extends Joinable> extends Place {
  readonly source: S;
  readonly join: Join<T>;
}
