import { smallest } from "../lists.ts";
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
  // The longest first: a key may stand within another one.
  const forms = used.toSorted((one, other) => other.text.length - one.text.length);
  let replaced = "";
  let start = 0;
  for (let at = nextPlace(text, forms, 0); at !== -1; ) {
    const found = forms.find((form) => standsAt(text, at, form));
    if (found !== undefined) {
      replaced += `${text.slice(start, at)}${keyWord}`;
      start = at + found.text.length;
    }
    at = nextPlace(text, forms, found === undefined ? at + 1 : start);
  }
  return replaced + text.slice(start);
}

/** Where the next of the keys may stand; -1 where there is none. A pattern of its own for each key would have to be compiled. */
function nextPlace(text: string, keys: readonly KeyText[], from: number): number {
  const places = keys.map((key) => text.indexOf(key.text, from)).filter((place) => place !== -1);
  return places.length === 0 ? -1 : smallest(places);
}

/** Whether a key stands at a place as a word. A letter may take two places. */
function standsAt(text: string, at: number, { text: key, isNumber }: KeyText): boolean {
  if (!text.startsWith(key, at)) return false;
  const before = text.slice(Math.max(0, at - 2), at);
  const end = at + key.length;
  const begins = isNumber ? /[-_]$/.test(before) : !/[\p{L}\p{N}]$/u.test(before);
  return begins && !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
}
