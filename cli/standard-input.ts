/** How standard input is named, in messages too. */
export const standardInput = "standard input";

/** What a word of the command line names: `-` is standard input, and a file that is called as that is in messages is a file. */
export function planNamed(word: string): string {
  if (word === standardInput) return `./${word}`;
  return word === "-" ? standardInput : word;
}
