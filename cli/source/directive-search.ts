import { posix } from "node:path";
import { directiveStart } from "./configuration.ts";

/** Whether a text may hold a comment that speaks to plimsoll. */
export function mayHoldDirective(text: string): boolean {
  return text.toLowerCase().includes(directiveStart);
}

/**
 * Whether any file of one's own modules may hold a comment that speaks to plimsoll, told without the grammar: wherever a
 * text between quotes may be the source of a module, the files there are looked through.
 * @param textsIn the texts of the configuration files in a folder, named by its path from the root of the source
 */
export function maySpeak(textsIn: (directory: string) => readonly string[]): boolean {
  const found = new Set(["."]);
  // A list that grows while it is walked.
  for (const directory of found) {
    for (const text of textsIn(directory)) {
      if (mayHoldDirective(text) || /\\[uU]|\bsource\s*=\s*<</.test(text)) return true;
      for (const [, named = ""] of text.matchAll(/"(\.\.?(?:\\?\/[^"]*)?)"/g))
        found.add(posix.join(directory, named.replaceAll("\\/", "/"), ".").replace(/(?<=.)\/$/, ""));
    }
  }
  return false;
}
