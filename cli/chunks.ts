/** How many characters a chunk has at least: a call of the system for each piece would cost more than the piece. */
const least = 65_536;

/** Joins pieces of a text to chunks that are worth a call of the system. */
export function* chunks(pieces: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < least) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
