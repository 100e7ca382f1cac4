/** The words of a text, of which names are made; null where escapes may stand for some. */
export function wordsOf(text: string): ReadonlySet<string> | null {
  if (/\\[uU]/.test(text)) return null;
  return new Set(text.match(/[\p{ID_Continue}-]+/gu) ?? []);
}
