/** The form that makes a random text beside it a secret access key. */
export const keyIdForm = "AWS access key id";

/** A form that a kind of credential has wherever it stands. */
interface Form {
  /** What people call it; a report names the form and never shows the value. */
  readonly name: string;
  /** Takes linear time: a match can start only at the start of a word, and nothing repeats within a repetition. */
  readonly pattern: RegExp;
  /** A further look at a match, where the pattern alone would find too much. */
  readonly confirm?: (match: RegExpMatchArray, text: string, besideKeyId: boolean) => boolean;
}

/** A prefix that its publisher reserves, followed by characters of the given class. */
function token(name: string, prefix: string, characters: string): Form {
  return { name, pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${prefix})${characters}`, "g") };
}

/**
 * Sources: IAM User Guide, "Unique identifiers" and "Manage access keys"; RFC 3986, 7468 and 7519; the formats that the
 * publishers of tokens document, with the lengths that the rules of secretlint 12 (MIT) use. Secretlint itself does not
 * fit: it answers only asynchronously, keeps a performance mark of every text, reads files, and knows neither key ids of
 * AWS by default nor JSON web tokens, Stripe and Google keys.
 */
const forms: readonly Form[] = [
  {
    name: keyIdForm,
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    // AWS's documentation uses ids that end so, and gives them to nobody.
    confirm: ([found]) => !found.endsWith("EXAMPLE"),
  },
  {
    name: "AWS secret access key",
    pattern: /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    confirm: isNearKeyId,
  },
  { name: "private key", pattern: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g },
  token("private key", "AGE-SECRET-KEY-1", "[A-Z0-9]{58}"),
  {
    name: "JSON web token",
    pattern: /(?<![A-Za-z0-9_-])(eyJ[A-Za-z0-9_-]{8,})\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{8,}/g,
    confirm: ([, header = ""]) => isTokenHeader(header),
  },
  {
    name: "URL with a password",
    pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"'<>\\]{0,200}:([^\s/@"'<>\\]{1,200})@/gi,
    confirm: ([, password = ""]) => !isLeftOpen(password),
  },
  {
    name: "connection string with a password",
    pattern: /(?<=;)\s{0,9}(?:password|pwd|accountkey)\s{0,9}=[^;\s]{1,200}/gi,
  },
  token("GitHub token", "gh[pousr]_", "[A-Za-z0-9]{36}"),
  token("GitHub token", "github_pat_", "[A-Za-z0-9_]{22}"),
  token("GitLab token", "gl(?:pat|dt|rt|ptt|cbt)-", "[A-Za-z0-9_-]{20}"),
  token("Slack token", "xox[abeoprs]-|xapp-", "[A-Za-z0-9-]{10}"),
  token("Slack webhook", "hooks\\.slack\\.com/services/", "T[A-Z0-9]{6,12}/B[A-Z0-9]{6,12}/[A-Za-z0-9]{20}"),
  token("Stripe key", "[sr]k_live_", "[A-Za-z0-9]{16}"),
  token("Google API key", "AIza", "[A-Za-z0-9_-]{35}"),
  token("Google client secret", "GOCSPX-", "[A-Za-z0-9_-]{28}"),
  token("npm token", "npm_", "[A-Za-z0-9]{36}"),
  token("PyPI token", "pypi-AgE", "[A-Za-z0-9_-]{50}"),
  token("Docker Hub token", "dckr_pat_", "[A-Za-z0-9_-]{27}"),
  token("OpenAI key", "sk-(?:proj|svcacct|admin)-", "[A-Za-z0-9_-]{40}"),
  token("OpenAI key", "sk-[A-Za-z0-9]{20}T3BlbkFJ", "[A-Za-z0-9]{20}"),
  token("Anthropic key", "sk-ant-[a-z]{3}[0-9]{2}-", "[A-Za-z0-9_-]{80}"),
  token("SendGrid key", "SG\\.", "[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
  token("Shopify token", "shp(?:pa|ca|at|ss)_", "[A-Fa-f0-9]{32}"),
  token("HashiCorp Vault token", "hv[sbr]\\.", "[A-Za-z0-9_-]{24}"),
  token("Hugging Face token", "hf_", "[A-Za-z]{34}"),
  token("Databricks token", "dapi", "[a-f0-9]{32}"),
  token("Grafana token", "glsa_", "[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
  token("DigitalOcean token", "do[opr]_v1_", "[a-f0-9]{64}"),
];

/** Most texts hold none of them, which two patterns of all tell sooner than each by itself: some are read without regard to case. */
const anyForm = [false, true].map(
  (ignoreCase) =>
    new RegExp(
      forms.flatMap(({ pattern }) => (pattern.ignoreCase === ignoreCase ? [pattern.source] : [])).join("|"),
      ignoreCase ? "i" : "",
    ),
);

/** How far the two halves of an access key may stand apart: the lines between them in a credentials file or a variable list. */
const nearby = 200;

function isNearKeyId(match: RegExpMatchArray, text: string, besideKeyId: boolean): boolean {
  const [found] = match;
  const at = match.index ?? 0;
  if (!/[a-z]/.test(found) || !/[A-Z]/.test(found) || !/[0-9]/.test(found)) return false;
  const around = text.slice(Math.max(0, at - nearby), at + found.length + nearby);
  return besideKeyId || /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/.test(around);
}

/** Whether a text is the first part of a JSON web token: base64url of a JSON object with an algorithm. */
function isTokenHeader(part: string): boolean {
  try {
    const header: unknown = JSON.parse(atob(part.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof header === "object" && header !== null && Object.hasOwn(header, "alg");
  } catch {
    return false;
  }
}

/** Whether a password is put in later (`$PASSWORD`, `${…}`, `{{…}}`, `%s`) or masked (`****`, `xxxx`). */
function isLeftOpen(password: string): boolean {
  return /^(?:\$[A-Za-z_][A-Za-z0-9_]*|\$?\{[^{}]*\}|\{\{[^{}]*\}\}|\$\([^()]*\)|%[a-z]|\*+|x{3,}|X{3,}|\.{3,})$/.test(
    password,
  );
}

/**
 * The names of the forms of credentials that a text holds, each once, in the order of the table.
 * @param besideKeyId whether a text that belongs to this one, another variable for instance, holds a key id of AWS
 */
export function secretFormsIn(text: string, besideKeyId = false): string[] {
  if (!anyForm.some((pattern) => pattern.test(text))) return [];
  const found = forms.filter(({ pattern, confirm }) => {
    if (confirm === undefined) return text.search(pattern) !== -1;
    for (const match of text.matchAll(pattern)) if (confirm(match, text, besideKeyId)) return true;
    return false;
  });
  return [...new Set(found.map(({ name }) => name))];
}

/** A text in the form in which it is compared; a credential keeps its own, by which it is recognised and hidden. */
export function comparable(text: string, clean: (text: string) => string): string {
  return holdsSecretForm(text) ? text : clean(text);
}

/** Whether a text holds something in the form of a credential. */
export function holdsSecretForm(text: string): boolean {
  return secretFormsIn(text).length > 0;
}
