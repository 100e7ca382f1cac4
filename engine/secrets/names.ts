import { once } from "../once.ts";

/**
 * What names of secrets are made of. Words stand anywhere in a name, in singular or plural, apart or run together with the
 * word before them: `api_key` is in `API-KEYS`, `apiKey` and `MYAPIKEY`. `*_auth` is the last word only, and `*pass` the end of
 * the last word: `DBPASS`. Sources: the variables that the publishers of images and frameworks document
 * (test/secrets/names.test.ts has them).
 */
export const defaultSecretNamePatterns: readonly string[] = [
  "password",
  "passwd",
  "pwd",
  "*pwd",
  "*pass",
  "*pw",
  "passphrase",
  "passcode",
  "secret",
  "token",
  "api_key",
  "access_key",
  "secret_key",
  "private_key",
  "client_secret",
  "credential",
  "cred",
  "creds",
  "auth_data",
  "*_auth",
  "connection_string",
  "conn_string",
  "dsn",
  "jwt",
  "salt",
  "signing_key",
  "encryption_key",
  "encryption_primary_key",
  "encryption_deterministic_key",
  "encrypt_key",
  "master_key",
  "license_key",
  "app_key",
  "application_key",
  "auth_key",
  "nonce_key",
  "logged_in_key",
  "fernet_key",
  "hmac_key",
  "account_key",
  "service_key",
  "shared_key",
  "storage_key",
  "insert_key",
  "ingestion_key",
  "write_key",
  "erlang_cookie",
  "masterauth",
  "seed_phrase",
];

/** Last words of names that only speak of a secret: `DB_PASSWORD_FILE`, `TOKEN_TTL`. */
export const defaultSecretNameExceptions: readonly string[] = [
  // Where it is kept, what it is called there, and which key encrypts it.
  ..."arn name id path file filename dir directory folder location store storage manager bucket table queue topic".split(
    " ",
  ),
  ..."url uri endpoint host hostname port addr address domain region realm server service source provider backend".split(
    " ",
  ),
  // Who gives it out, to whom, and what for.
  ..."issuer audience scope scopes claim claims user username email header field attribute prefix suffix".split(" "),
  // How long it counts, how long it is, how often it changes.
  ..."ttl expiry expires expire expires_in expiration lifetime timeout interval age duration validity leeway".split(
    " ",
  ),
  ..."days hours minutes seconds ms length size count limit rounds iterations attempts retries rotation_days".split(
    " ",
  ),
  // How it is made, read and checked.
  ..."enabled disabled required allowed active type kind mode method format algorithm version stage policy".split(" "),
  ..."alias kid fingerprint thumbprint kms kms_key complexity strength regex pattern class driver handler validators hashers encoder encoding".split(
    " ",
  ),
  ..."command arguments stdin public_key proxy_pass fastcgi_pass uwsgi_pass grpc_pass".split(" "),
];

/** Names that always hold a credential, whatever their last word; Security Hub's ECS.8 looks for three of them. */
const exactNames = new Set([
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "ecs_engine_auth_data",
  "pgpassword",
  "docker_auth_config",
  "vault_dev_root_token_id",
  "vault_secret_id",
]);

/** English words that end as a secret's name does. */
const otherWords = new Set("bypass compass encompass overpass surpass trespass underpass nonsecret".split(" "));

/** Words of names that say how many or how much of something there may be: `MAX_TOKENS`. */
const countingWords = new Set("max min maximum minimum num".split(" "));

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

/** Shorter words are the ends of too many others to be found where words are run together. */
const shortestEnd = 5;

/** Whether the words hold the pattern's words. */
function holds(words: readonly string[], pattern: string): boolean {
  const form = pattern.toLowerCase();
  if (form.startsWith("*_")) return isEnding(words, form.slice(2));
  if (form.startsWith("*")) {
    const last = words.at(-1) ?? "";
    return last.endsWith(form.slice(1)) && !otherWords.has(last);
  }
  const wanted = form.split("_");
  const joined = wanted.join("");
  return words.some(
    (word, at) =>
      isWord(word, joined) ||
      (wanted.length > 1 && wanted.every((part, offset) => isPart(words, at, offset, part, wanted.length))),
  );
}

/** Whether a word is the wanted one, its plural, or ends with either. */
function isWord(word: string, wanted: string): boolean {
  const single = word === `${wanted}s` ? wanted : word;
  if (single === wanted) return true;
  if (wanted.length < shortestEnd || otherWords.has(word)) return false;
  return word.endsWith(wanted) || word.endsWith(`${wanted}s`);
}

/** Whether a word is that part of a pattern of several words: the first may be run together with what is before it, the last in plural. */
function isPart(words: readonly string[], at: number, offset: number, part: string, count: number): boolean {
  const word = words[at + offset] ?? "";
  if (offset === 0) return word.endsWith(part);
  return word === part || (offset === count - 1 && word === `${part}s`);
}

/** Whether these are the last words; a number behind them only counts the names. */
function isEnding(words: readonly string[], ending: string): boolean {
  const wanted = ending.toLowerCase().split("_");
  return wanted.every((part, at) => words[words.length - wanted.length + at] === part);
}

function namedWords(name: string): string[] {
  const words = wordsOf(name);
  while (words.length > 1 && /^\d+$/.test(words.at(-1) ?? "")) words.pop();
  return words;
}

/** The names that were looked at, by the patterns and exceptions: one stands in container after container. */
const decided = once((_patterns: readonly string[]) =>
  once((_exceptions: readonly string[]) => new Map<string, boolean>()),
);

/** Whether a name is that of a secret: it has the words of one, and does not end as a name that only speaks of one. */
export function isSecretName(name: string, patterns: readonly string[], exceptions: readonly string[]): boolean {
  const known = decided(patterns)(exceptions);
  const isSecret = known.get(name) ?? hasSecretWords(name, patterns, exceptions);
  known.set(name, isSecret);
  return isSecret;
}

function hasSecretWords(name: string, patterns: readonly string[], exceptions: readonly string[]): boolean {
  if (exactNames.has(name.toLowerCase())) return true;
  const words = namedWords(name);
  if (!patterns.some((pattern) => holds(words, pattern))) return false;
  if (words.some((word) => countingWords.has(word))) return false;
  return !exceptions.some((exception) => isEnding(words, exception));
}

/** Names that hold a secret, or say by a path where it is: `DB_PASSWORD_PARAMETER=/shop/db`, `GOOGLE_APPLICATION_CREDENTIALS`. */
const pathNames = new Set("parameter param ssm credentials pwd oldpwd".split(" "));

export function mayHoldPath(name: string): boolean {
  return pathNames.has(namedWords(name).at(-1) ?? "");
}

/** Names of which the last word is all that makes them a secret's, and which as often say how people sign in: `SMTP_AUTH`. */
export function mayHoldMethod(name: string): boolean {
  return isEnding(namedWords(name), "auth");
}
