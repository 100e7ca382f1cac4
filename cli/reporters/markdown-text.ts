import { shorten } from "./findings.ts";
import { escapedCharacter, plain } from "./terminal-text.ts";

/**
 * A text from the plan as a code span: nothing in one is a mention, a link, HTML or emphasis. Its fence is longer than any
 * run of backticks in it.
 */
export function code(text: string, most = 600): string {
  const content = plain(shorten(text, most));
  const runs = (content.match(/`+/g) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  // One space on each side is taken off again; without them a backtick would join the fence.
  const space = /^[` ]|[` ]$|^$/.test(content) ? " " : "";
  return `${fence}${space}${content}${space}${fence}`;
}

/**
 * The same in a table, where a pipe ends the cell even in a code span unless a backslash is before it; behind a backslash of
 * the text there is no writing one.
 */
export function cell(text: string, most?: number): string {
  return code(text, most)
    .replace(/(?<=\\)\|/g, escapedCharacter)
    .replaceAll("|", "\\|");
}

/** A text of a policy file: words, not markup. */
export function prose(text: string): string {
  return plain(text.replace(/\s+/g, " ").trim())
    .replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "@<!-- -->");
}
