/** A text in at most so many characters: the middle is left out, as names differ at their ends. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const start = Math.floor((most - 1) / 3);
  return `${characters.slice(0, start).join("")}…${characters.slice(characters.length - (most - 1 - start)).join("")}`;
}
