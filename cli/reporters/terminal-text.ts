/** A text from the plan as a part of a line: neither a terminal nor the runner of GitHub Actions obeys anything in it. */
export function plain(text: string): string {
  return (
    escapeControls(text.replaceAll("\n", escapedCharacter))
      // The runner obeys `::name::` where it begins a line, which a wrapped word does.
      .replace(/(?<![^ ]):(?=:[A-Za-z-]+[^:]*::)/g, escapedCharacter)
  );
}

/**
 * Line ends stay; what a terminal obeys does not, nor what changes the direction of reading, nor the old form of commands,
 * `##[name]`, which the runner of GitHub Actions obeys wherever it stands.
 */
export function escapeControls(text: string): string {
  const controls = /(?!\n)[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#\[)/g;
  // Half a surrogate pair has no form in UTF-8.
  return text.replace(controls, escapedCharacter).replace(/\p{Surrogate}/gu, escapedCharacter);
}

/** A character in a form that is read and not obeyed. */
export function escapedCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
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
