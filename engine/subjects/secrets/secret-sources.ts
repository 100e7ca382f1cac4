import { configResource, constantOf, scopeOf } from "../../plan/configuration.ts";
import { ownMember } from "../../plan/json.ts";
import { formatTarget, type Reference, type Target } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { instancesOf } from "../joins/join.ts";
import { isSecretPath } from "./secret-references.ts";

/** Attributes of managed resources and data sources that hold secrets. Source: the providers' schemas. */
const secretAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_user_pool_client: ["client_secret"],
  aws_db_instance: ["password"],
  aws_ecr_authorization_token: ["authorization_token", "password"],
  aws_iam_access_key: ["secret", "ses_smtp_password_v4"],
  aws_iam_user_login_profile: ["password"],
  aws_kms_secrets: ["plaintext"],
  aws_rds_cluster: ["master_password"],
  aws_secretsmanager_random_password: ["random_password"],
  aws_secretsmanager_secret_version: ["secret_string", "secret_binary"],
  aws_ssm_parameter: ["value"],
  random_password: ["result"],
  tls_private_key: ["private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"],
  vault_generic_secret: ["data", "data_json"],
  vault_kv_secret_v2: ["data", "data_json"],
};

/** Whether an attribute of a type holds a secret whatever it is called; the value of a parameter is taken for one. */
export function isSecretAttribute(type: string, attribute: string): boolean {
  if (type === "aws_ssm_parameter" && attribute === "insecure_value") return true;
  const attributes = Object.hasOwn(secretAttributes, type) ? secretAttributes[type] : undefined;
  return attributes?.includes(attribute.replace(/_wo$/, "")) === true;
}

/** Whether a reference is to an attribute that holds a secret, as far as its type and name tell. */
export function namesSecretAttribute(target: Target): Maybe<boolean> {
  const attributes = Object.hasOwn(secretAttributes, target.type) ? (secretAttributes[target.type] ?? []) : [];
  if (attributes.length === 0) return false;
  // Behind an index, and for a resource passed on as a whole, the plan does not keep the attribute.
  if (target.attribute === "")
    return new Unknown("no-join", [], `the plan does not keep which attribute of ${formatTarget(target)} is meant`);
  return attributes.includes(/^\w+/.exec(target.attribute)?.[0] ?? "");
}

function isSecretTarget(target: Target, context: JoinContext): Maybe<boolean> {
  const isStored = target.type === "aws_ssm_parameter" ? isSecureParameter(target, context) : true;
  return allOf([namesSecretAttribute(target), isStored]);
}

/**
 * A parameter of this plan that is not a SecureString holds no secret, or is a finding of its own. One that is only read is
 * a secret by its name as well.
 */
function isSecureParameter(target: Target, context: JoinContext): Maybe<boolean> {
  if (target.mode === "managed") {
    const types = instancesOf(target, context.model.aws_ssm_parameter).map(({ attributes }) => attributes.type.value);
    return anyOf(types.map((type) => test(type, (known) => known === "SecureString")));
  }
  const address = formatTarget({ ...target, attribute: "" });
  const read = context.plan.stateData.filter(
    (data) => data.address === address || data.address.startsWith(`${address}[`),
  );
  const isNamedSecret = (name: unknown) => typeof name === "string" && isSecretPath(name, context);
  if (read.length > 0)
    return read.some(
      ({ values }) => ownMember(values, "type") === "SecureString" || isNamedSecret(ownMember(values, "name")),
    );
  const names = parameterNames(target, context);
  if (names.some(isNamedSecret)) return true;
  if (names.length > 0 && names.every((name) => typeof name === "string" && name.startsWith("/aws/"))) return false;
  return new Unknown("no-join", [], `the plan does not tell whether ${address} is a SecureString`);
}

/** The names of the parameters that a data source is going to read, where its changes or its configuration tell them. */
function parameterNames(target: Target, { plan }: JoinContext): unknown[] {
  const waiting = plan.resources
    .filter(({ mode, type }) => mode === "data" && type === target.type)
    .map((resource) => ({ resource }));
  const changes = instancesOf(target, waiting);
  if (changes.length > 0) return changes.map(({ resource }) => ownMember(resource.node.value, "name"));
  const scope = scopeOf(plan.variables.root, target.module);
  const config = scope === null ? null : configResource(scope, target.mode, target.type, target.name);
  return [constantOf(ownMember(config?.expressions, "name"))];
}

/**
 * The secrets that an expression refers to, by name. `variables` says whether variables that are declared sensitive count:
 * a mark of the plan on the value is more exact, because `nonsensitive()` takes it away.
 */
export function secretSources(
  references: readonly Reference[],
  variables: boolean,
  context: JoinContext,
): readonly Maybe<string>[] {
  const found = references.flatMap(({ text, sensitive, end }): Maybe<string>[] => {
    const name = "target" in end ? formatTarget(end.target) : text;
    if (sensitive && variables) return [name];
    const isSecret = "target" in end ? isSecretTarget(end.target, context) : false;
    if (isSecret instanceof Unknown) return [isSecret];
    return isSecret ? [name] : [];
  });
  return [...new Set(found)];
}
