import type { Attribute } from "../../model/attribute.ts";
import type { Container } from "../../model/container-fields.ts";
import type { Modelled } from "../../model/model.ts";
import { lastNameOf, partName } from "../../model/part-names.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { names } from "../names.ts";
import { containerName, type Task } from "../tasks.ts";
import {
  inFacts,
  known,
  link,
  linkFrom,
  type Place,
  picture,
  placesOf,
  references,
  type Sources,
  written,
} from "./link.ts";

const role = "aws_iam_role";
const express = "aws_ecs_express_gateway_service";

const launching = (sources: Sources) => sources.launches();
const defining = (sources: Sources) => sources.tasks();

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

const secretTypes: readonly string[] = ["aws_secretsmanager_secret", names.aws_secretsmanager_secret.alias.type];

/** `valueFrom` names a parameter, or a secret by its ARN. Source: ECS Developer Guide, "Passing sensitive data". */
function namesSecret({ value }: Place): boolean {
  if (!(value instanceof Unknown)) return value !== null && /^arn:[a-z-]+:secretsmanager:/.test(value);
  const targets = value.references.flatMap(({ end }) => ("target" in end ? [end.target.type] : []));
  return targets.length > 0 && targets.every((type) => secretTypes.includes(type));
}

const namesParameter = (place: Place) => !namesSecret(place);

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

/** What launch points and task definitions name. */
export const ecsLinks = {
  launchDefinition: linkFrom(launching, ({ taskDefinition }) => placesOf(taskDefinition), "aws_ecs_task_definition", {
    verb: "runs",
  }),
  launchCluster: linkFrom(launching, ({ cluster }) => placesOf(cluster), "aws_ecs_cluster", {
    verb: "runs on",
  }),
  capacityCluster: link("aws_ecs_cluster_capacity_providers", "cluster_name", "aws_ecs_cluster", inFacts),
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
  expressImage: linkFrom(
    ({ model }) => model[express],
    ({ attributes }) => known(attributes.primary_container).map(({ image: { value, path } }) => written(value, path)),
    "image",
    picture,
  ),
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
};
