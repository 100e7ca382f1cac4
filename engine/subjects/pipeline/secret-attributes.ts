import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";

/** Attributes that hold a secret in clear, by type of resource or data source. */
const secretAttributes: Readonly<Record<string, RegExp>> = {
  aws_db_instance: /^password/,
  aws_iam_access_key: /^(?:secret|ses_smtp_password_v4)/,
  aws_iam_user_login_profile: /^password/,
  aws_rds_cluster: /^master_password/,
  aws_secretsmanager_random_password: /^random_password/,
  aws_secretsmanager_secret_version: /^secret_(?:string|binary)/,
  aws_ssm_parameter: /^(?:value|insecure_value)/,
  random_password: /^(?:result|bcrypt_hash)/,
  tls_private_key: /^private_key/,
};

/** Whether a value that waits for apply waits on a secret; false for a known one. */
export function refersToSecret(value: Maybe<string | null>): Maybe<boolean> {
  if (!(value instanceof Unknown)) return false;
  if (value.references.length === 0) return value;
  return anyOf(
    value.references.map(({ end }): Maybe<boolean> => {
      if ("deadEnd" in end) return end.deadEnd === "variable" ? false : value;
      const { type, attribute } = end.target;
      const pattern = Object.hasOwn(secretAttributes, type) ? secretAttributes[type] : undefined;
      if (pattern === undefined) return false;
      return attribute === "" ? value : pattern.test(attribute);
    }),
  );
}
