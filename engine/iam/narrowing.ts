import { covers, patternsMeet } from "../glob.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";

/**
 * What is left of a list of alternatives, each a text or a pattern, where another list must be met as well: of two that
 * overlap the narrower one, else the first. Whether what is known is among what is not told, is not told.
 */
export function narrowed(one: readonly Maybe<string>[], other: readonly Maybe<string>[]): readonly Maybe<string>[] {
  const left = one.flatMap((each) => (each instanceof Unknown ? [each] : overlaps(each, other)));
  return [...new Set(left)];
}

function overlaps(text: string, others: readonly Maybe<string>[]): Maybe<string>[] {
  const known = others.filter((other): other is string => !(other instanceof Unknown));
  if (known.some((other) => covers(other, text))) return [text];
  const within = known.flatMap((other) => (covers(text, other) ? [other] : patternsMeet(text, other) ? [text] : []));
  return [...within, ...others.filter((other) => other instanceof Unknown).slice(0, 1)];
}
