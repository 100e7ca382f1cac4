/**
 * The highest entropy, in bits per character with one decimal, of the words of 20 characters or more in a text; 0 where
 * there is none. Random base64 has about 4 for 20 characters and 5 for 40, words and paths have less.
 */
export function highestEntropy(text: string): number {
  let highest = 0;
  for (const [word] of text.matchAll(/[A-Za-z0-9+/=_-]{20,}/g)) highest = Math.max(highest, entropy(word));
  return Math.round(highest * 10) / 10;
}

/** Shannon's entropy per character. */
function entropy(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
  return bits;
}
