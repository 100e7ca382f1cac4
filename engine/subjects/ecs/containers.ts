import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Container, EnvironmentEntry } from "../../model/container-definitions.ts";
import { ecrAccount, parseImageReference } from "../../model/image-reference.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { isSecretName } from "../../secrets/names.ts";
import { valueKind } from "../../secrets/values.ts";
import { test } from "../../three-valued.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";
import { executeCommandOf } from "./launches.ts";
import { asksFor, operatingSystem, type TaskDefinition } from "./task-definitions.ts";

/** The containers of a task definition, their images and their environment variables. */
export function containerSubjects(task: TaskDefinition, context: JoinContext): Subject[] {
  const { resource, attributes } = task.definition;
  const { path } = attributes.container_definitions;
  const unread = (unknown: Unknown, name: string | null) =>
    (["container", "container-image", "environment-variable"] as const).map((kind) =>
      unknownSubject(kind, resource, name, unknown, path),
    );
  if (task.containers instanceof Unknown) return unread(task.containers, null);
  return task.containers.flatMap((container, at) => {
    if (container instanceof Unknown) return unread(container, `${at}`);
    const name = containerName(container, at);
    return [
      containerSubject(container, name, task),
      imageSubject(resource, name, container.image, container.name),
      ...environmentSubjects(resource, name, container.environment, container.name, context),
    ];
  });
}

/** The name of a container within its task definition: its position where it has none. */
export function containerName(container: Container, at: number): string {
  const { value } = container.name;
  return typeof value === "string" ? value : `${at}`;
}

function containerSubject(container: Container, name: string, task: TaskDefinition): Subject {
  const { definition, launches } = task;
  const system = operatingSystem(definition);
  const user = mapAttribute(container.user, (text) => (text === "" ? null : text));
  const shownUser = typeof user.value === "string" && !user.sensitive ? `user is "${user.value}"` : null;
  return subject("container", definition.resource, name, {
    name: attributeFact(container.name),
    image: attributeFact(container.image),
    user: attributeFact(user),
    isRootUser: { ...attributeFact(mapAttribute(user, (text) => isRootUser(text, system.value))), note: shownUser },
    isRootGroup: { ...attributeFact(mapAttribute(user, isRootGroup)), note: shownUser },
    privileged: attributeFact(container.privileged),
    readonlyRootFilesystem: attributeFact(container.readonlyRootFilesystem),
    operatingSystem: attributeFact(system),
    isFargate: derivedFact(asksFor(definition, "FARGATE", false), { path: "requires_compatibilities" }),
    executeCommandEnabled: derivedFact(executeCommandOf(launches)),
  });
}

const isRoot = (name: string) => name === "root" || /^0+$/.test(name);

/** Source: ECS API Reference, ContainerDefinition.user: `user`, `user:group`, `uid`, `uid:gid`, `user:gid`, `uid:group`. */
function isRootUser(user: string | null, system: Maybe<string>): Maybe<boolean> {
  const name = user?.split(":")[0] ?? "";
  const isWindowsAdministrator = name.toLowerCase() === "containeradministrator";
  if (isRoot(name) === isWindowsAdministrator) return isRoot(name);
  return test(system, (known) => (known === "WINDOWS" ? isWindowsAdministrator : isRoot(name)));
}

function isRootGroup(user: string | null): boolean {
  const colon = user?.indexOf(":") ?? -1;
  return user !== null && colon !== -1 && isRoot(user.slice(colon + 1));
}

export function imageSubject(
  resource: PlanResource,
  name: string | null,
  image: Attribute<string | null>,
  container: Attribute<string | null> | null,
): Subject {
  const parsed = mapAttribute(image, (text) => parseImageReference(text ?? ""));
  const part = <T>(select: (reference: NonNullable<ReturnType<typeof parseImageReference>>) => T) =>
    attributeFact(mapAttribute(parsed, (reference) => (reference === null ? null : select(reference))));
  return subject("container-image", resource, name, {
    image: attributeFact(image),
    imageName: part(({ registry, repository }) => `${registry}/${repository}`),
    registry: part(({ registry }) => registry),
    registryKind: part(({ registry }) => registryKind(registry)),
    accountId: part(({ registry }) => ecrAccount(registry)),
    isPlaceholder: attributeFact(mapAttribute(parsed, (reference) => reference === null)),
    containerName: container === null ? derivedFact<string | null>(null) : attributeFact(container),
  });
}

function registryKind(registry: string): string {
  if (ecrAccount(registry) !== null) return "private-ecr";
  if (registry === "public.ecr.aws" || registry === "ecr-public.aws.com") return "public-ecr";
  return registry === "docker.io" ? "docker-hub" : "other";
}

export function environmentSubjects(
  resource: PlanResource,
  container: string,
  environment: Attribute<readonly Maybe<EnvironmentEntry>[]>,
  containerAttribute: Attribute<string | null>,
  context: JoinContext,
): Subject[] {
  const kind = "environment-variable";
  if (environment.value instanceof Unknown)
    return [unknownSubject(kind, resource, container, environment.value, environment.path)];
  return environment.value.map((entry, at) => {
    if (entry instanceof Unknown)
      return unknownSubject(kind, resource, `${container}/${at}`, entry, `${environment.path}[${at}]`);
    const { secretNamePatterns, secretNameExceptions } = context.settings;
    const name = entry.name.value;
    return subject(kind, resource, `${container}/${typeof name === "string" ? name : at}`, {
      name: attributeFact(entry.name),
      isSecretName: derivedFact(
        test(name, (text) => isSecretName(text ?? "", secretNamePatterns, secretNameExceptions)),
        { path: entry.name.path },
      ),
      valueKind: attributeFact(mapAttribute(entry.value, (text) => valueKind(text ?? ""))),
      containerName: attributeFact(containerAttribute),
    });
  });
}
