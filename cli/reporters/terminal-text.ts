import measure from "fast-string-truncated-width";
import { largest } from "../../engine/lists.ts";

/** A text from the plan as a part of a line: neither a terminal nor the runner of GitHub Actions obeys anything in it. */
export function plain(text: string): string {
  return (
    escapeControls(text.replaceAll("\n", escapedCharacter))
      // The runner obeys `::name::` where it begins a line, which a wrapped word does.
      .replace(/(?<![^ ]):(?=:[A-Za-z-]+[^:]*::)/g, escapedCharacter)
  );
}

/** Control characters, those that change the direction of reading, and the others that nobody sees, tags among them. */
const unseen = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}";
/** Within a picture two of them say how it looks: they stay where they follow one. */
const withinPicture =
  "(?<=\\p{Extended_Pictographic})\\uFE0F|(?<=\\p{Extended_Pictographic}\\uFE0F?)\\u200D(?=\\p{Extended_Pictographic})";
// Half a surrogate pair has no form in UTF-8.
const obeyed = new RegExp(`(?!\n|${withinPicture})[${unseen}\\p{Surrogate}]|#(?=#\\w*\\[)`, "gu");

/**
 * Line ends stay; what a terminal obeys does not, nor what nobody sees, nor commands that a runner obeys wherever they stand:
 * `##[name]` of GitHub Actions, `##vso[name]` of Azure Pipelines, `##teamcity[name]`.
 */
export function escapeControls(text: string): string {
  // Nearly all texts are plain ASCII, for which the long expression is not needed.
  return /^[\n -~]*$/.test(text) && !text.includes("##") ? text : text.replace(obeyed, escapedCharacter);
}

/** A character in a form that is read and not obeyed, which is also its form in JSON. */
export function escapedCharacter(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** A paragraph of a policy file in one line, whatever line ends it has. */
export function flowing(text: string): string {
  return plain(text.replace(/\s+/g, " ").trim());
}

/** How many columns a text takes on a terminal, where some characters take two and others none. */
function widthOf(text: string): number {
  return isAscii(text) ? text.length : measure(text).width;
}

/** The text as far as it fits, with an ellipsis where there is more of it. */
export function cut(text: string, columns: number): string {
  const { index, truncated } = measure(text, { limit: columns, ellipsis: "…", ellipsisWidth: 1 });
  return truncated ? `${text.slice(0, index)}…` : text;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Rows as lines with aligned columns. @param rows of the same length */
export function table(rows: readonly (readonly string[])[]): string {
  const last = (rows[0]?.length ?? 0) - 1;
  const widths = Array.from({ length: last }, (_, at) => largest(rows.map((row) => widthOf(row[at] ?? ""))));
  const cell = (text: string, at: number) => text + " ".repeat((widths[at] ?? 0) - (at < last ? widthOf(text) : 0));
  return rows.map((row) => `${row.map(cell).join("  ")}\n`).join("");
}

/** Breaks a paragraph at spaces; its first line begins with `first`, the others with `rest`. Words stay whole: see `fitted`. */
export function wrap(text: string, columns: number, first: string, rest: string): string {
  const width = Math.max(mostNarrow, columns);
  const lines: string[] = [];
  let line = first;
  let used = widthOf(first);
  let isEmpty = true;
  for (const word of text.split(/ +/)) {
    const wide = widthOf(word);
    if (!isEmpty && used + 1 + wide > width) {
      lines.push(line);
      line = rest;
      used = widthOf(rest);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    used += isEmpty ? wide : 1 + wide;
    isEmpty = false;
  }
  return [...lines, line].join("\n");
}

/** No text is laid out in fewer columns. */
const mostNarrow = 40;

/**
 * Breaks the lines that are wider than a terminal, as one with a long address or path is, behind a separator where one is
 * near; what follows stands below its beginning.
 */
export function fitted(text: string, columns: number): string {
  const width = Math.max(mostNarrow, columns);
  return text
    .split("\n")
    .map((line) => (widthOf(line) > width ? partsOf(line, width).join("\n") : line))
    .join("\n");
}

function partsOf(line: string, width: number): string[] {
  const [margin = ""] = line.match(/^ */) ?? [];
  const rest = " ".repeat(Math.min(margin.length, width / 2));
  const parts: string[] = [];
  let left = line;
  while (widthOf(left) > width) {
    const { index } = measure(left, { limit: width });
    const [whole = ""] = left.slice(0, index).match(/^.*(?<![\uD800-\uDBFF])/s) ?? [];
    const separator = largest([..." /.:,#[]=-"].map((each) => whole.lastIndexOf(each)));
    const end = separator > whole.length / 2 ? separator + 1 : whole.length;
    parts.push(left.slice(0, end).trimEnd());
    left = `${rest}${left.slice(end)}`;
  }
  return [...parts, left];
}
