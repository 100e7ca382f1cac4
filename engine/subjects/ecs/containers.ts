import { containerName, type Task } from "../../joins/tasks.ts";
import { type Attribute, mapAttribute, unsetAt } from "../../model/attribute.ts";
import type { EnvironmentEntry } from "../../model/container-definitions.ts";
import type { Container } from "../../model/container-fields.ts";
import { partName } from "../../model/part-names.ts";
import type { PlanResource } from "../../plan/read.ts";
import { isMadeUp } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { isSecretName } from "../../secrets/names.ts";
import { valueKind } from "../../secrets/values.ts";
import { test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import type { Kind } from "../kinds.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";
import { logFacts } from "./container-logs.ts";
import { rightsFacts } from "./container-rights.ts";
import { ofPrimaryContainer } from "./express-services.ts";
import { imageSubject } from "./images.ts";
import { executeCommandOf } from "./launches.ts";
import { remoteAdministrationFacts } from "./remote-administration.ts";
import { fargateFacts, operatingSystem, type TaskDefinition, taskDefinitions } from "./task-definitions.ts";

/** What is read of each container of a task definition; where the plan hides some, one row stands for them. */
function ofContainers<K extends Kind>(
  kind: K,
  { definition: { resource, attributes }, containers }: Task,
  read: (container: Container, name: string) => readonly SubjectOf<K>[],
): readonly SubjectOf<K>[] {
  const { path } = attributes.container_definitions;
  const hidden = (unknown: Unknown, name: string | null) => [unknownSubject(kind, resource, name, unknown, path)];
  if (containers instanceof Unknown) return hidden(containers, null);
  return containers.flatMap((container, at) =>
    container instanceof Unknown ? hidden(container, `${at}`) : read(container, containerName(container, at)),
  );
}

export function containerSubjects(context: JoinContext): SubjectOf<"container">[] {
  return taskDefinitions(context).flatMap((task) =>
    ofContainers("container", task, (container, name) => [containerSubject(container, name, task, context)]),
  );
}

/** The images of task definitions, Express Mode services and functions. */
export function imageSubjects(context: JoinContext): SubjectOf<"container-image">[] {
  const { model } = context;
  const kind = "container-image";
  return [
    ...context.joins
      .tasks()
      .flatMap((task) =>
        ofContainers(kind, task, (container, name) => [
          imageSubject({ resource: task.resource, name, image: container.image, service: "ecs", container }, context),
        ]),
      ),
    ...model.aws_ecs_express_gateway_service.flatMap((service) =>
      ofPrimaryContainer(kind, service, ({ image }, name) => [
        imageSubject({ resource: service.resource, name, image, service: "ecs", container: null }, context),
      ]),
    ),
    ...model.aws_lambda_function
      .filter(({ attributes }) => attributes.image_uri.state !== "unset")
      .map(({ resource, attributes: { image_uri: image } }) =>
        imageSubject({ resource, name: null, image, service: "lambda", container: null }, context),
      ),
  ];
}

/** The environment variables of task definitions and Express Mode services. */
export function environmentSubjects(context: JoinContext): SubjectOf<"environment-variable">[] {
  const kind = "environment-variable";
  return [
    ...context.joins
      .tasks()
      .flatMap((task) =>
        ofContainers(kind, task, (container, name) =>
          variableSubjects(task.resource, name, container.environment, container.name, context),
        ),
      ),
    ...context.model.aws_ecs_express_gateway_service.flatMap((service) =>
      ofPrimaryContainer(kind, service, ({ environment }, name) => {
        const nameless = unsetAt(service.attributes.primary_container.path, null);
        return variableSubjects(service.resource, name, environment, nameless, context);
      }),
    ),
  ];
}

function containerSubject(container: Container, name: string, task: TaskDefinition, context: JoinContext) {
  const { definition, launches } = task;
  const system = operatingSystem(definition);
  const user = mapAttribute(container.user, (text) => (text === "" ? null : text));
  const shownUser = typeof user.value === "string" && !user.sensitive ? `user is "${user.value}"` : null;
  return subject("container", definition.resource, name, {
    name: container.name,
    image: container.image,
    user: user,
    isRootUser: { ...mapAttribute(user, (text) => isRootUser(text, system.value)), note: shownUser },
    isRootGroup: { ...mapAttribute(user, isRootGroup), note: shownUser },
    privileged: container.privileged,
    readonlyRootFilesystem: container.readonlyRootFilesystem,
    operatingSystem: system,
    ...fargateFacts(task),
    executeCommandEnabled: derivedFact(executeCommandOf(launches)),
    ...rightsFacts(container),
    ...logFacts(container, definition.resource, context),
    ...remoteAdministrationFacts(container),
  });
}

/**
 * Container runtimes read a number as Go's strconv.Atoi does, so with a sign, and no user before a colon as number 0.
 * Numbers of more than 32 bits overflow to 0 in containerd before 1.7.27. Source: CVE-2024-40635.
 */
const isRoot = (name: string) =>
  name === "root" || (/^[+-]?\d{1,30}$/.test(name) && BigInt(name.replace(/^[+-]/, "")) % 2n ** 32n === 0n);

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

function variableSubjects(
  resource: PlanResource,
  container: string,
  environment: Attribute<readonly Maybe<EnvironmentEntry>[]>,
  containerAttribute: Attribute<string | null>,
  context: JoinContext,
) {
  const kind = "environment-variable";
  if (environment.value instanceof Unknown)
    return [unknownSubject(kind, resource, container, environment.value, environment.path)];
  return environment.value.map((entry, at) => {
    if (entry instanceof Unknown)
      return unknownSubject(kind, resource, `${container}/${at}`, entry, `${environment.path}[${at}]`);
    const { secretNamePatterns, secretNameExceptions } = context.settings;
    const name = entry.name.value;
    return subject(kind, resource, `${container}/${partName("environment", at, entry.name)}`, {
      name: entry.name,
      isSecretName: derivedFact(
        test(name, (text) => isSecretName(text ?? "", secretNamePatterns, secretNameExceptions)),
        { path: entry.name.path },
      ),
      valueKind:
        entry.value.value instanceof Unknown && isMadeUp(entry.value.value)
          ? derivedFact("reference", { path: entry.value.path })
          : mapAttribute(entry.value, (text) => valueKind(text ?? "", typeof name === "string" ? name : null)),
      containerName: containerAttribute,
    });
  });
}
