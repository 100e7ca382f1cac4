import leven from "leven";

/** The name that was probably meant; null where none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  const near = known
    .map((candidate) => ({ candidate, edits: leven(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(Math.min(name.length, candidate.length) / 3)));
  return near.toSorted((one, other) => one.edits - other.edits)[0]?.candidate ?? null;
}
