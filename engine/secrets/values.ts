/** What a value looks like, as far as it may be told without telling the value. */
export type ValueKind = "reference" | "empty" | "boolean" | "small-integer" | "text";

/** Whether a value is itself a pointer to a secret store, or nothing that can be a secret. */
export function valueKind(value: string): ValueKind {
  if (/^(?:arn:aws[a-z-]*:(?:secretsmanager|ssm):|\{\{resolve:)/.test(value)) return "reference";
  if (value.trim() === "") return "empty";
  if (/^(?:true|false|yes|no|on|off)$/i.test(value)) return "boolean";
  return /^-?\d{1,3}$/.test(value) ? "small-integer" : "text";
}

/**
 * Forms of credentials that are recognised wherever they stand; each pattern takes linear time. Sources: AWS IAM
 * "Unique identifiers", RFC 7468, RFC 7519, and the token formats that GitHub, GitLab, Slack, Stripe, Google and npm
 * publish.
 */
const secretForms: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{0,200}:[^\s/@]{1,200}@/i,
  /\bgh[pousr]_[A-Za-z0-9]{36,}/,
  /\bgithub_pat_[A-Za-z0-9_]{22,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\b[sr]k_live_[A-Za-z0-9]{16,}/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bnpm_[A-Za-z0-9]{36}/,
];

/** Whether a text holds something in the form of a credential. */
export function holdsSecretForm(text: string): boolean {
  return secretForms.some((form) => form.test(text));
}
