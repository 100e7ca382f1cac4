/**
 * Finds whether a text holds any of the parts; the time depends on the text and on how many lengths they have.
 * @param shortest how long a part must be to be looked for
 */
export function partFinder(parts: Iterable<string>, shortest: number): (text: string) => boolean {
  /** The parts by their first characters and their length. */
  const byStart = new Map<string, Map<number, Set<string>>>();
  for (const part of parts) {
    if (part.length < shortest) continue;
    const start = part.slice(0, shortest);
    const byLength = byStart.get(start) ?? new Map<number, Set<string>>();
    byStart.set(start, byLength);
    byLength.set(part.length, (byLength.get(part.length) ?? new Set()).add(part));
  }
  return (text) => {
    if (byStart.size === 0) return false;
    for (let at = 0; at + shortest <= text.length; at += 1) {
      const byLength = byStart.get(text.slice(at, at + shortest));
      if (byLength === undefined) continue;
      for (const [length, same] of byLength) if (same.has(text.slice(at, at + length))) return true;
    }
    return false;
  };
}
