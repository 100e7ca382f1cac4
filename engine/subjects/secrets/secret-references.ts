import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { isSecretName } from "../../secrets/names.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { containerName } from "../ecs/containers.ts";
import type { TaskDefinition } from "../ecs/task-definitions.ts";
import { instancesOf, type Join, join } from "../joins/join.ts";
import { partName } from "../part-names.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";

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
export interface SecretMapping {
  readonly resource: PlanResource;
  readonly name: string;
  /** The path of its `valueFrom`. */
  readonly path: string;
  readonly parameter: Join<Parameter>;
  /** Null where `valueFrom` does not name a secret of Secrets Manager. */
  readonly secret: Join<Secret> | null;
  readonly subject: Subject;
}

/** The entries that could be read, and a subject for each place that could not. */
export interface SecretReferences {
  readonly mappings: readonly SecretMapping[];
  readonly unread: readonly Subject[];
}

type SecretEntry = { readonly name: Attribute<string | null>; readonly valueFrom: Attribute<string | null> };

/** The entries of all containers of a task definition. */
export function secretReferences(task: TaskDefinition, context: JoinContext): SecretReferences {
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
  return { mappings: all.flatMap(({ mappings }) => mappings), unread: all.flatMap(({ unread }) => unread) };
}

/** The entries of one list of secrets. */
export function secretList(
  resource: PlanResource,
  container: string,
  list: Attribute<readonly Maybe<SecretEntry>[]>,
  context: JoinContext,
): SecretReferences {
  const unreadAt = (unknown: Unknown, name: string) =>
    unknownSubject("secret-reference", resource, name, unknown, list.path);
  if (list.value instanceof Unknown) return { mappings: [], unread: [unreadAt(list.value, container)] };
  const mappings: SecretMapping[] = [];
  const unread: Subject[] = [];
  for (const [at, entry] of list.value.entries()) {
    if (entry instanceof Unknown) {
      unread.push(unreadAt(entry, `${container}/${at}`));
      continue;
    }
    const variable = partName(list.path.slice(list.path.lastIndexOf(".") + 1), at, entry.name);
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
      variable: attributeFact(variable),
      mapping: derivedFact<string | null>("valueFrom", from),
      store: derivedFact<string | null>(storeOf(stored, parameter, secret), from),
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
  context: JoinContext,
): Join<Parameter> {
  const parameters = context.model.aws_ssm_parameter;
  const keys = ({ attributes }: Parameter) => [attributes.name.value, attributes.arn.value];
  if (stored instanceof Unknown) return join(value, resource, parameters, keys);
  if (stored.store !== "ssm") return { kind: "none" };
  for (const name of stored.names) {
    const found = join<Parameter>(name, resource, parameters, keys);
    if (found.kind !== "none") return found;
  }
  const unnamed = parameters.find(({ attributes }) => attributes.name.value instanceof Unknown);
  const unknown = unnamed?.attributes.name.value;
  return unknown instanceof Unknown ? { kind: "unknown", unknown } : { kind: "none" };
}

/** The secret that `valueFrom` names, by the name in its ARN or by reference; null where it names none. */
function secretOf(
  value: Maybe<string | null>,
  stored: Maybe<StoredAt>,
  resource: PlanResource,
  { model }: JoinContext,
): Join<Secret> | null {
  const secrets = model.aws_secretsmanager_secret;
  const keys = ({ attributes }: Secret) => [attributes.name.value, attributes.arn.value];
  if (stored instanceof Unknown) {
    const found = join(value, resource, secrets, keys);
    return found.kind === "one" || found.kind === "several" ? found : null;
  }
  if (stored.store !== "secretsmanager") return null;
  const found = stored.names.map((name) => join<Secret>(name, resource, secrets, keys));
  return found.find(({ kind }) => kind !== "none") ?? { kind: "none" };
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
  if (isFound(secret)) return derivedFact<string | null>(null, { note: "a secret of Secrets Manager" });
  switch (parameter.kind) {
    case "one":
      return {
        ...attributeFact(parameter.match.attributes.type),
        address: parameter.match.resource.address,
        note: describeJoin(parameter),
      };
    case "several":
      return derivedFact<string | null>(
        new Unknown("no-join", [], "the name is that of several parameters of this plan"),
      );
    case "none":
      return derivedFact<string | null>(null, { note: describeJoin(parameter) });
    case "unknown":
      return derivedFact<string | null>(parameter.unknown);
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
function referredParameters(unknown: Unknown, resource: PlanResource, context: JoinContext): Subject[] {
  return unknown.references.flatMap(({ end }) => {
    if (!("target" in end) || end.target.type !== "aws_ssm_parameter") return [];
    const [parameter, ...others] = instancesOf(end.target, context.model.aws_ssm_parameter);
    if (parameter === undefined || others.length > 0) return [];
    const { name } = parameter.attributes;
    const address = parameter.resource.address;
    const at = { path: "container_definitions" };
    return [
      subject("secret-reference", resource, address, {
        variable: derivedFact<string | null>(unknown, at),
        mapping: derivedFact<string | null>("reference", at),
        store: derivedFact<string | null>("ssm", at),
        accountId: derivedFact<string | null>(null, at),
        objectName: { ...attributeFact(name), address },
        isManagedHere: derivedFact(true, { ...at, note: `container_definitions refers to ${address}` }),
        parameterType: { ...attributeFact(parameter.attributes.type), address },
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
