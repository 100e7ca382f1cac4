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

/** Breaks a paragraph at spaces; its first line begins with `first`, the others with `rest`. */
export function wrap(text: string, columns: number, first: string, rest: string): string {
  const width = Math.max(40, columns);
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/ +/)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join("\n");
}
