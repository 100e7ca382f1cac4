/** Words of names that hold secrets; `api_key` also matches `apikey`, `apiKey` and `API-KEY`. */
export const defaultSecretNamePatterns: readonly string[] = [
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "secret",
  "secrets",
  "token",
  "api_key",
  "access_key",
  "private_key",
  "client_secret",
  "credential",
  "credentials",
  "auth_data",
  "connection_string",
  "dsn",
  "jwt",
  "salt",
  "signing_key",
  "encryption_key",
];

/** Last words of names that only speak of a secret: `DB_PASSWORD_FILE`, `TOKEN_TTL`. */
export const defaultSecretNameExceptions: readonly string[] = [
  "arn",
  "name",
  "id",
  "path",
  "file",
  "url",
  "endpoint",
  "ttl",
  "expiry",
  "length",
  "enabled",
  "type",
  "header",
  "algorithm",
  "rotation_days",
];

/** Names that always hold a credential, whatever their last word; Security Hub's ECS.8 looks for three of them. */
const exactNames = new Set([
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "ecs_engine_auth_data",
  "pgpassword",
]);

/** The words of a name in lower case: parted at `_`, `-`, `.`, spaces, digits and camel case. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/([0-9])([a-zA-Z])|([a-zA-Z])([0-9])/g, "$1$3 $2$4")
    .split(/[^a-zA-Z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** Whether the words hold the pattern's words one after the other, or written as one. */
function holds(words: readonly string[], pattern: string): boolean {
  const wanted = pattern.toLowerCase().split("_");
  const joined = wanted.join("");
  return words.some((word, at) => word === joined || wanted.every((part, offset) => words[at + offset] === part));
}

/** Whether a name is that of a secret: it has the words of one, and does not end as a name that only speaks of one. */
export function isSecretName(name: string, patterns: readonly string[], exceptions: readonly string[]): boolean {
  if (exactNames.has(name.toLowerCase())) return true;
  const words = wordsOf(name);
  if (!patterns.some((pattern) => holds(words, pattern))) return false;
  return !exceptions.some((exception) => {
    const ending = exception.toLowerCase().split("_");
    return ending.every((part, at) => words[words.length - ending.length + at] === part);
  });
}
