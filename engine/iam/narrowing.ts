import { covers, patternsMeet } from "../glob.ts";
import { formatTarget } from "../plan/references.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { namesAnArn } from "./actions.ts";

/**
 * What is left of a list of alternatives, each a text or a pattern, where another list must be met as well: of two that
 * overlap the narrower one, else the first. Whether what is known is among what is not told, is not told.
 */
export function narrowed(one: readonly Maybe<string>[], other: readonly Maybe<string>[]): readonly Maybe<string>[] {
  const left = one.flatMap((each) => (each instanceof Unknown ? unknownAmong(each, other) : textAmong(each, other)));
  return [...new Set(left)];
}

function textAmong(text: string, others: readonly Maybe<string>[]): Maybe<string>[] {
  const known = others.filter((other): other is string => !(other instanceof Unknown));
  if (known.some((other) => covers(other, text))) return [text];
  const within = known.flatMap((other) => (covers(text, other) ? [other] : patternsMeet(text, other) ? [text] : []));
  return [...within, ...others.filter((other) => other instanceof Unknown).slice(0, 1)];
}

/** Two references to objects of this plan are alike or not; what else is not told may be anything. */
function unknownAmong(unknown: Unknown, others: readonly Maybe<string>[]): Maybe<string>[] {
  const own = objectsOf(unknown);
  if (own === null || others.some((other) => other instanceof Unknown && objectsOf(other) === own)) return [unknown];
  const isAnother = others.every((other) => other instanceof Unknown && objectsOf(other) !== null);
  return isAnother ? [] : [new Unknown("no-join", unknown.references, "whether two conditions name the same object")];
}

/** What names the objects whose ARN a value is; null where it may be something else. */
function objectsOf(value: Unknown): string | null {
  if (!namesAnArn(value)) return null;
  return value.references.map(({ end }) => ("target" in end ? formatTarget(end.target) : "")).join(" ");
}
