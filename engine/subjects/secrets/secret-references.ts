import { type Join, oneOf } from "../../joins/join.ts";
import { containerName, type Task } from "../../joins/tasks.ts";
import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { lastNameOf, partName } from "../../model/part-names.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { isSecretName } from "../../secrets/names.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject, unknownSubject } from "../subject.ts";

/** The secret store and object that a `valueFrom` names. */
interface StoredAt {
  readonly store: "ssm" | "secretsmanager" | "other";
  readonly accountId: string | null;
  /** The names that the object may have; the first is the one to show. */
  readonly names: readonly string[];
}

/** Source: ECS Developer Guide, "Passing sensitive data to a container". */
function parseValueFrom(value: string): StoredAt {
  const arn = /^arn:[a-z-]+:(ssm|secretsmanager):[a-z0-9-]*:(\d*):(parameter|secret)[/:](.+)$/.exec(value);
  if (arn !== null) {
    const [, service, account, type, rest = ""] = arn;
    const accountId = account === "" || account === undefined ? null : account;
    // The ARN of `/shop/x` and of `x` alike is `parameter/…`: a leading slash may be a part of the name or not.
    if (service === "ssm" && type === "parameter") return { store: "ssm", accountId, names: [`/${rest}`, rest] };
    const name = rest.split(":")[0] ?? "";
    // Secrets Manager ends an ARN with six random characters.
    if (service === "secretsmanager" && type === "secret")
      return { store: "secretsmanager", accountId, names: [name.replace(/-[A-Za-z0-9]{6}$/, ""), name] };
    return { store: "other", accountId, names: [] };
  }
  return /^[a-zA-Z0-9_.\-/]+$/.test(value)
    ? { store: "ssm", accountId: null, names: [value] }
    : { store: "other", accountId: null, names: [] };
}

type Parameter = Modelled<"aws_ssm_parameter">;
type Secret = Modelled<"aws_secretsmanager_secret">;

/** An entry of `secrets` or `secretOptions`, with the parameter that it names. */
interface SecretMapping {
  readonly resource: PlanResource;
  readonly name: string;
  /** The path of its `valueFrom`. */
  readonly path: string;
  readonly parameter: Join<Parameter>;
  /** Null where `valueFrom` does not name a secret of Secrets Manager. */
  readonly secret: Join<Secret> | null;
  readonly subject: SubjectOf<"secret-reference">;
}

/** The entries that could be read, and a subject for each place that could not. */
export interface SecretReferences {
  readonly mappings: readonly SecretMapping[];
  readonly unread: readonly SubjectOf<"secret-reference">[];
}

type SecretEntry = { readonly name: Attribute<string | null>; readonly valueFrom: Attribute<string | null> };

/** The entries of all task definitions and Express Mode services. */
export const secretReferences = once(
  (context: JoinContext): SecretReferences =>
    merged([
      ...context.joins.tasks().map((task) => taskReferences(task, context)),
      ...context.model.aws_ecs_express_gateway_service.map((service) => expressReferences(service, context)),
    ]),
);

function merged(all: readonly SecretReferences[]): SecretReferences {
  return { mappings: all.flatMap(({ mappings }) => mappings), unread: all.flatMap(({ unread }) => unread) };
}

export function secretReferenceSubjects(context: JoinContext): SubjectOf<"secret-reference">[] {
  const { mappings, unread } = secretReferences(context);
  return [...mappings.map((each) => each.subject), ...unread];
}

function expressReferences(
  { resource, attributes }: Modelled<"aws_ecs_express_gateway_service">,
  context: JoinContext,
): SecretReferences {
  const { value, path } = attributes.primary_container;
  const [container] = elementsOf(value);
  const name = "primary_container";
  if (container === undefined) return { mappings: [], unread: [] };
  if (container instanceof Unknown)
    return { mappings: [], unread: [unknownSubject("secret-reference", resource, name, container, path)] };
  const secrets = mapAttribute(container.secret, (entries) =>
    entries.map((entry) => (entry instanceof Unknown ? entry : { name: entry.name, valueFrom: entry.value_from })),
  );
  return secretList(resource, name, secrets, context);
}

/** The entries of all containers of a task definition. */
function taskReferences(task: Task, context: JoinContext): SecretReferences {
  const { resource, attributes } = task.definition;
  const { path } = attributes.container_definitions;
  const unreadAt = (unknown: Unknown, name: string | null): SecretReferences => ({
    mappings: [],
    unread: [unknownSubject("secret-reference", resource, name, unknown, path)],
  });
  if (task.containers instanceof Unknown) {
    const { unread } = unreadAt(task.containers, null);
    return { mappings: [], unread: [...unread, ...referredParameters(task.containers, resource, context)] };
  }
  const all = task.containers.flatMap((container, at) => {
    if (container instanceof Unknown) return [unreadAt(container, `${at}`)];
    const name = containerName(container, at);
    const log = container.logConfiguration.value;
    const options =
      log instanceof Unknown
        ? [unreadAt(log, name)]
        : log === null
          ? []
          : [secretList(resource, name, log.secretOptions, context)];
    return [secretList(resource, name, container.secrets, context), ...options];
  });
  return merged(all);
}

/** The entries of one list of secrets. */
function secretList(
  resource: PlanResource,
  container: string,
  list: Attribute<readonly Maybe<SecretEntry>[]>,
  context: JoinContext,
): SecretReferences {
  const unreadAt = (unknown: Unknown, name: string) =>
    unknownSubject("secret-reference", resource, name, unknown, list.path);
  if (list.value instanceof Unknown) return { mappings: [], unread: [unreadAt(list.value, container)] };
  const mappings: SecretMapping[] = [];
  const unread: SubjectOf<"secret-reference">[] = [];
  for (const [at, entry] of list.value.entries()) {
    if (entry instanceof Unknown) {
      unread.push(unreadAt(entry, `${container}/${at}`));
      continue;
    }
    const variable = partName(lastNameOf(list.path), at, entry.name);
    mappings.push(mapping(resource, `${container}/${variable}`, entry.name, entry.valueFrom, context));
  }
  return { mappings, unread };
}

/** One mapping of a variable to a secret store. */
function mapping(
  resource: PlanResource,
  name: string,
  variable: Attribute<string | null>,
  valueFrom: Attribute<string | null>,
  context: JoinContext,
): SecretMapping {
  const stored = valueFrom.value instanceof Unknown ? valueFrom.value : parseValueFrom(valueFrom.value ?? "");
  const parameter = parameterOf(valueFrom.value, stored, resource, context);
  const secret = secretOf(valueFrom.value, stored, resource, context);
  const from = { path: valueFrom.path, sensitive: valueFrom.sensitive };
  const part = <T>(select: (known: StoredAt) => T): Maybe<T> => (stored instanceof Unknown ? stored : select(stored));
  const objectName = part(({ names }) => names[0] ?? null);
  return {
    resource,
    name,
    path: valueFrom.path,
    parameter,
    secret,
    subject: subject("secret-reference", resource, name, {
      variable: variable,
      mapping: derivedFact("valueFrom", from),
      store: derivedFact(storeOf(stored, parameter, secret), from),
      accountId: derivedFact(
        part(({ accountId }) => accountId),
        from,
      ),
      objectName: derivedFact(objectName, from),
      isManagedHere: derivedFact(isManagedHere(stored, parameter, secret), {
        ...from,
        note: describeJoin(parameter),
      }),
      parameterType: parameterTypeFact(parameter, secret),
      isSecretName: derivedFact(
        objectName instanceof Unknown ? objectName : isSecretPath(objectName ?? "", context),
        from,
      ),
    }),
  };
}

function parameterOf(
  value: Maybe<string | null>,
  stored: Maybe<StoredAt>,
  resource: PlanResource,
  { joins }: JoinContext,
): Join<Parameter> {
  if (!(stored instanceof Unknown) && stored.store !== "ssm") return { kind: "none" };
  return joins.named("aws_ssm_parameter", value, resource);
}

/** The secret that `valueFrom` names, by the name in its ARN or by reference; null where it names none. */
function secretOf(
  value: Maybe<string | null>,
  stored: Maybe<StoredAt>,
  resource: PlanResource,
  { joins }: JoinContext,
): Join<Secret> | null {
  if (!(stored instanceof Unknown) && stored.store !== "secretsmanager") return null;
  // A bare name means a parameter. Source: ECS API Reference, Secret, valueFrom.
  const found = joins.named("aws_secretsmanager_secret", value, resource, { referredBy: ["arn", "id"] });
  return stored instanceof Unknown && !isFound(found) ? null : found;
}

const isFound = (found: Join<unknown> | null) => found?.kind === "one" || found?.kind === "several";

function storeOf(stored: Maybe<StoredAt>, parameter: Join<Parameter>, secret: Join<Secret> | null): Maybe<string> {
  if (!(stored instanceof Unknown)) return stored.store;
  if (isFound(secret)) return "secretsmanager";
  return isFound(parameter) ? "ssm" : stored;
}

function isManagedHere(
  stored: Maybe<StoredAt>,
  parameter: Join<Parameter>,
  secret: Join<Secret> | null,
): Maybe<boolean> {
  if (isFound(parameter) || isFound(secret)) return true;
  if (parameter.kind === "unknown" && secret === null) return parameter.unknown;
  return stored instanceof Unknown ? stored : false;
}

function parameterTypeFact(parameter: Join<Parameter>, secret: Join<Secret> | null) {
  if (isFound(secret)) return derivedFact(null, { note: "a secret of Secrets Manager" });
  switch (parameter.kind) {
    case "one":
      return {
        ...parameter.match.attributes.type,
        address: parameter.match.resource.address,
        note: describeJoin(parameter),
      };
    case "several":
      return derivedFact(oneOf(parameter.matches));
    case "none":
      return derivedFact(null, { note: describeJoin(parameter) });
    case "unknown":
      return derivedFact(parameter.unknown);
  }
}

function describeJoin(parameter: Join<Parameter>): string | null {
  if (parameter.kind === "none") return "no resource of this plan has that name";
  return parameter.kind === "one" ? `joined to ${parameter.match.resource.address} by ${parameter.by}` : null;
}

/**
 * Where the container definitions are unknown, the parameters that they refer to: which variable each fills, and whether
 * as a secret, the plan does not tell.
 */
function referredParameters(
  unknown: Unknown,
  resource: PlanResource,
  context: JoinContext,
): SubjectOf<"secret-reference">[] {
  return unknown.references.flatMap(({ end }) => {
    if (!("target" in end) || end.target.type !== "aws_ssm_parameter") return [];
    const [parameter, ...others] = context.joins.instances("aws_ssm_parameter", end.target);
    if (parameter === undefined || others.length > 0) return [];
    const { name } = parameter.attributes;
    const address = parameter.resource.address;
    const at = { path: "container_definitions" };
    return [
      subject("secret-reference", resource, address, {
        variable: derivedFact(unknown, at),
        mapping: derivedFact("reference", at),
        store: derivedFact("ssm", at),
        accountId: derivedFact(null, at),
        objectName: { ...name, address },
        isManagedHere: derivedFact(true, { ...at, note: `container_definitions refers to ${address}` }),
        parameterType: { ...parameter.attributes.type, address },
        isSecretName: derivedFact(
          name.value instanceof Unknown ? name.value : isSecretPath(name.value ?? "", context),
          { path: "name", address },
        ),
      }),
    ];
  });
}

/** Whether a segment of a parameter's path is the name of a secret. */
export function isSecretPath(path: string, { settings }: JoinContext): boolean {
  return path
    .split("/")
    .some((segment) => isSecretName(segment, settings.secretNamePatterns, settings.secretNameExceptions));
}
