import { mayHoldMethod, mayHoldPath } from "./names.ts";

/** What a value looks like, as far as it may be told without telling the value. */
export type ValueKind = "reference" | "empty" | "boolean" | "method" | "small-integer" | "text";

/** Ways to sign in, which a variable such as `SMTP_AUTH` names. */
const methods = new Set(
  "anonymous basic bearer cert certificate cram-md5 digest github google gssapi htpasswd iam internal jwt kerberos kubernetes ldap local login md5 mtls none ntlm oauth oauth2 oidc pam password peer plain saml sasl sasl_ssl scram scram-sha-256 scram-sha-512 token trust userpass x509 xoauth2".split(
    " ",
  ),
);

/** How a value says where a secret is kept, or names an object of AWS: an ARN and the alias of a key are no secret. */
const pointers: readonly RegExp[] = [
  /^arn:aws[a-z-]*:(?:secretsmanager|ssm):/,
  /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:[\w+=,.@:/*-]+$/,
  /^alias\/[\w/-]+$/,
  // CloudFormation User Guide, "Specify values stored in other services using dynamic references".
  /^\{\{resolve:/,
  // Google Secret Manager, "Resource names".
  /^projects\/[\w:.-]+\/(?:locations\/[\w-]+\/)?secrets\/[\w-]+(?:\/versions\/[\w-]+)?$/,
  // Azure Key Vault, "Objects, identifiers and versioning".
  /^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/secrets\/[\w-]+(?:\/\w*)?$/i,
  // 1Password, "Secret reference syntax".
  /^op:\/\/[^/]+\/[^/]+(?:\/[^/]+){1,2}$/,
];

/**
 * Whether a value is itself a pointer to a secret store, or nothing that can be a secret.
 * @param name the name that it stands under, where it has one: some hold a secret or say where it is
 */
export function valueKind(value: string, name: string | null = null): ValueKind {
  if (pointers.some((form) => form.test(value))) return "reference";
  if (value.trim() === "") return "empty";
  if (/^(?:true|false|yes|no|on|off|enabled|disabled)$/i.test(value)) return "boolean";
  if (/^-?\d{1,3}$/.test(value)) return "small-integer";
  if (name === null) return "text";
  if (mayHoldPath(name) && /^(?:\/[\w.-]+)+\/?$/.test(value)) return "reference";
  const isMethod = methods.has(value.toLowerCase()) || /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i.test(value);
  return mayHoldMethod(name) && isMethod ? "method" : "text";
}

export const defaultPlaceholders: readonly string[] = ["changeme", "replaceme", "placeholder", "dummy", "todo"];

/**
 * Whether a text stands in for a value that is set later: one of the words, a blank to fill in (`<password>`, `${…}`,
 * `{{…}}`), a mask (`xxxx`, `****`), or nothing. Words are compared by their letters and digits: `CHANGE_ME` is `changeme`.
 */
export function isPlaceholder(value: string, words: readonly string[]): boolean {
  const text = value.trim();
  if (/^(?:<[^<>]*>|\$\{[^{}]*\}|\{\{[^{}]*\}\}|x{3,}|X{3,}|\*+|\.{3,})?$/.test(text)) return true;
  const plain = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const own = plain(text);
  return own !== "" && words.some((word) => plain(word) === own);
}
