/** How many texts are kept at most: a plan has few different paths, but keys of maps stand in them too. */
const most = 10_000;

const kept = new Map<string, string>();

/** One text for all that are equal: the paths of attributes are the same in resource after resource. */
export function sameText(text: string): string {
  const same = kept.get(text);
  if (same !== undefined) return same;
  if (kept.size >= most) kept.clear();
  kept.set(text, text);
  return text;
}
