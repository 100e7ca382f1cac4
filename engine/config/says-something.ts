/** Whether a text has a letter or a digit, in any script. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
