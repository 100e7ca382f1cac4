import { parseTraversal } from "../plan/address.ts";

/** A key in an address, as a text. */
export interface KeyText {
  readonly text: string;
  /** Whether it is an index of `count`. */
  readonly isNumber: boolean;
}

/** How an instance key that stands in the name of a part is written where the name is meant for all instances. */
export const keyWord = "{key}";

/** The instance keys in an address, those of its modules first. */
export function instanceKeys(address: string): readonly KeyText[] {
  return (parseTraversal(address) ?? []).flatMap((step) =>
    "key" in step ? [{ text: String(step.key), isNumber: typeof step.key === "number" }] : [],
  );
}

/** `module.a.aws_x.y` of `module.a["k"].aws_x.y[0]`: the address in the configuration. */
export function withoutInstances(address: string): string {
  const steps = parseTraversal(address);
  return steps === null ? address : steps.flatMap((step) => ("name" in step ? [step.name] : [])).join(".");
}

/**
 * A text with `{key}` for each instance key that stands in it as a word: `{key}-agent` for `basket-agent`. A number counts
 * only behind a dash or an underscore, `web-0`: elsewhere it is a position or a value.
 */
export function withoutKeys(text: string, keys: readonly KeyText[]): string {
  const used = keys.filter((key) => key.text !== "" && text.includes(key.text));
  if (used.length === 0) return text;
  // The longest first: a key may stand within another one.
  const forms = used
    .toSorted((one, other) => other.text.length - one.text.length)
    .map((key) => `${key.isNumber ? "(?<=[-_])" : wordStart}${escaped(key.text)}`);
  return text.replace(new RegExp(`(?:${forms.join("|")})${wordEnd}`, "gu"), keyWord);
}

const wordStart = "(?<![\\p{L}\\p{N}])";
const wordEnd = "(?![\\p{L}\\p{N}])";

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
