import leven from "leven";

/** The name that was probably meant; null where none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  const near = known
    .map((candidate) => ({ candidate, edits: editsBetween(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(Math.min(name.length, candidate.length) / 3)));
  return near.toSorted((one, other) => one.edits - other.edits)[0]?.candidate ?? null;
}

/** Two letters in the wrong order are one slip. */
function editsBetween(one: string, other: string): number {
  const edits = leven(one, other);
  const letters = (text: string) => [...text].sort().join("");
  return edits === 2 && letters(one) === letters(other) ? 1 : edits;
}
