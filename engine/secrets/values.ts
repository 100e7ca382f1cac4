/** What a value looks like, as far as it may be told without telling the value. */
export type ValueKind = "reference" | "empty" | "boolean" | "small-integer" | "text";

/** Whether a value is itself a pointer to a secret store, or nothing that can be a secret. */
export function valueKind(value: string): ValueKind {
  if (/^(?:arn:aws[a-z-]*:(?:secretsmanager|ssm):|\{\{resolve:)/.test(value)) return "reference";
  if (value.trim() === "") return "empty";
  if (/^(?:true|false|yes|no|on|off)$/i.test(value)) return "boolean";
  return /^-?\d{1,3}$/.test(value) ? "small-integer" : "text";
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
