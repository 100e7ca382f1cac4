import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Container, EnvironmentEntry } from "../../model/container-definitions.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { isSecretName } from "../../secrets/names.ts";
import { valueKind } from "../../secrets/values.ts";
import { test } from "../../three-valued.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { partName } from "../part-names.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";
import { logFacts } from "./container-logs.ts";
import { rightsFacts } from "./container-rights.ts";
import { imageSubject } from "./images.ts";
import { executeCommandOf } from "./launches.ts";
import { remoteAdministrationFacts } from "./remote-administration.ts";
import { fargateFacts, operatingSystem, type TaskDefinition } from "./task-definitions.ts";

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
      containerSubject(container, name, task, context),
      imageSubject({ resource, name, image: container.image, service: "ecs", container }, context),
      ...environmentSubjects(resource, name, container.environment, container.name, context),
    ];
  });
}

/** The name of a container within its task definition. */
export function containerName(container: Container, at: number): string {
  return partName("containers", at, container.name);
}

function containerSubject(container: Container, name: string, task: TaskDefinition, context: JoinContext): Subject {
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
    ...fargateFacts(task),
    executeCommandEnabled: derivedFact(executeCommandOf(launches)),
    ...rightsFacts(container),
    ...logFacts(container, definition.resource, context),
    ...remoteAdministrationFacts(container),
  });
}

/** Container runtimes read a number as Go's strconv.Atoi does, so with a sign, and no user before a colon as number 0. */
const isRoot = (name: string) => name === "root" || /^[+-]?0+$/.test(name);

/** Source: ECS API Reference, ContainerDefinition.user: `user`, `user:group`, `uid`, `uid:gid`, `user:gid`, `uid:group`. */
function isRootUser(user: string | null, system: Maybe<string>): Maybe<boolean> {
  if (user === null) return false;
  const name = user.split(":")[0] ?? "";
  const isLinuxRoot = isRoot(name) || name === "";
  const isWindowsAdministrator = name.toLowerCase() === "containeradministrator";
  if (isLinuxRoot === isWindowsAdministrator) return isLinuxRoot;
  return test(system, (known) => (known === "WINDOWS" ? isWindowsAdministrator : isLinuxRoot));
}

function isRootGroup(user: string | null): boolean {
  const colon = user?.indexOf(":") ?? -1;
  return user !== null && colon !== -1 && isRoot(user.slice(colon + 1));
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
    return subject(kind, resource, `${container}/${partName("environment", at, entry.name)}`, {
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
