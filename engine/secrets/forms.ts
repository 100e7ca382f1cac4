import { type PublishedToken, publishedTokens } from "./published-tokens.ts";

/** The form that makes a random text beside it a secret access key. */
export const keyIdForm = "AWS access key id";

/** A form that a kind of credential has wherever it stands. */
interface Form {
  /** What people call it; a report names the form and never shows the value. */
  readonly name: string;
  /** A pattern of what shows in every text that holds it: short, as each new one is compiled. */
  readonly sign: string;
  /** Takes linear time: a match can start only at the start of a word, and nothing repeats within a repetition. */
  readonly pattern: RegExp;
  /** A further look at a match, where the pattern alone would find too much. */
  readonly confirm?: (match: RegExpMatchArray, text: string, besideKeyId: boolean) => boolean;
}

/** A prefix that its publisher reserves, followed by characters of the given class. */
function tokenForm({ name, prefix, characters, sign = prefix }: PublishedToken): Form {
  return { name, sign, pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${prefix})${characters}`, "g") };
}

/**
 * Sources: IAM User Guide, "Unique identifiers" and "Manage access keys"; RFC 3986, 7468 and 7519; the formats that the
 * publishers of tokens document, with the lengths that the rules of secretlint 12 (MIT) use. Secretlint itself does not
 * fit: it answers only asynchronously, keeps a performance mark of every text, reads files, and knows neither key ids of
 * AWS by default nor JSON web tokens, Stripe and Google keys.
 */
const commonForms: readonly Form[] = [
  {
    name: keyIdForm,
    sign: "A[KS]IA",
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    // AWS's documentation uses ids that end so, and gives them to nobody.
    confirm: ([found]) => !found.endsWith("EXAMPLE"),
  },
  {
    name: "AWS secret access key",
    sign: "[A-Za-z0-9/+]{40}",
    pattern: /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    confirm: isNearKeyId,
  },
  {
    name: "private key",
    sign: "-----BEGIN ",
    pattern: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    name: "JSON web token",
    sign: "eyJ",
    pattern: /(?<![A-Za-z0-9_-])(eyJ[A-Za-z0-9_-]{8,})\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{8,}/g,
    confirm: ([, header = ""]) => isTokenHeader(header),
  },
  {
    name: "URL with a password",
    sign: "://[^\\s/@]*@",
    pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"'<>\\]{0,200}:([^\s/@"'<>\\]{1,200})@/gi,
    confirm: ([, password = ""]) => !isLeftOpen(password),
  },
  {
    name: "connection string with a password",
    sign: ";\\s{0,9}[A-Za-z]+\\s{0,9}=",
    pattern: /(?<=;)\s{0,9}(?:password|pwd|accountkey)\s{0,9}=[^;\s]{1,200}/gi,
  },
  {
    name: "query with a secret",
    sign: "[?&][A-Za-z_]+=",
    pattern:
      /(?<=\?|[^&]&)(?:password|passwd|pwd|client_secret|secret|api_?key|access_token|auth_token|token|sig)=([^&\s#"'<>]{6,300})/gi,
    confirm: ([, value = ""]) => !isLeftOpen(value),
  },
  {
    name: "authorization header",
    sign: "[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn]",
    pattern: /(?<![a-z-])authorization["']?\s{0,9}[:=]\s{0,9}["']?(?:basic|bearer)\s{1,9}([a-z0-9+/=._~-]{8,})/gi,
    confirm: ([, value = ""]) => !isLeftOpen(value),
  },
  { name: "password hash", sign: "\\$2[aby]", pattern: /(?<![\w$])\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/g },
  {
    name: "password hash",
    sign: "\\$(?:apr1|1|5|6)\\$",
    pattern: /(?<![\w$])\$(?:apr1|1|5|6)\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22}/g,
  },
];

/** A pattern of what all that hold one of these forms show: it tells of most texts that they hold none. */
function anySign(forms: readonly Pick<Form, "sign">[]): RegExp {
  return new RegExp(forms.map(({ sign }) => sign).join("|"));
}

const tokenSigns = publishedTokens.map(({ prefix, sign = prefix }) => ({ sign }));
const hasSign = anySign([...commonForms, ...tokenSigns]);
const hasTokenSign = anySign(tokenSigns);

let tokenForms: readonly Form[] = [];

/** The forms of which a text shows the sign, in their order. */
function formsShownIn(text: string): Form[] {
  if (!hasSign.test(text)) return [];
  const hasToken = hasTokenSign.test(text);
  // Few plans hold one, and making their patterns costs start-up time.
  if (hasToken && tokenForms.length === 0) tokenForms = publishedTokens.map(tokenForm);
  return [...commonForms, ...(hasToken ? tokenForms : [])].filter(({ sign }) => new RegExp(sign).test(text));
}

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
  const found = formsShownIn(text).filter(({ pattern, confirm }) => {
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
