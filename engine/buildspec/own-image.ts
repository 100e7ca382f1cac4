import type { Action } from "./actions.ts";
import { plainWords } from "./flags.ts";
import type { Word } from "./words.ts";

/**
 * Whether a scanned image is one that the commands build, tag or push; null where that is not told. A variable is taken for
 * one of theirs.
 */
export function isOwnImage(image: Word, actions: readonly Action[]): boolean | null {
  const own = actions.filter(({ images, run }) => images !== null && plainWords(run.words)[0] !== "pull");
  if (image.value === null || own.length === 0) return true;
  const name = withoutLatest(image.value);
  const words = own.flatMap(({ run }) => run.words);
  if (words.some(({ value }) => value !== null && namesIn(value).includes(name))) return true;
  // What a command builds or pushes without naming it, or under a name with a variable, may be the scanned one.
  return words.some(({ value }) => value === null) || own.some(({ images }) => images?.image === null) ? null : false;
}

/** `--tag=shop/app:1` holds the name behind the sign. */
function namesIn(value: string): string[] {
  return [value, value.slice(value.indexOf("=") + 1)].map(withoutLatest);
}

function withoutLatest(name: string): string {
  return name.replace(/^docker\.io\//, "").replace(/:latest$/, "");
}
