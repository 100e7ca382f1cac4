/** Marks the place of what is not known in a text; private-use characters stand in no configuration. */
const open = "\uE000";
const close = "\uE001";
const marks = /\uE000(\d+)\uE001/;

export function markAt(at: number): string {
  return `${open}${at}${close}`;
}

export function holdsMark(text: string): boolean {
  return text.includes(open) || text.includes(close);
}

/** A marked text in its parts: what is written, and what stands at the marks. */
export function partsAtMarks<T>(text: string, leaves: readonly T[]): (string | T)[] {
  return text.split(marks).flatMap((piece, at): (string | T)[] => {
    if (at % 2 === 0) return piece === "" ? [] : [piece];
    const leaf = leaves[Number(piece)];
    return leaf === undefined ? [] : [leaf];
  });
}

/**
 * A text of JSON with a mark for each hole; null where one may be more than a part of a string or a whole value.
 * @param leafOf what stands for a hole, within a string or as a value; null where that may end the string
 */
export function markedJson<Hole extends object, Leaf>(
  parts: readonly (string | Hole)[],
  leafOf: (hole: Hole, isInString: boolean) => Leaf | null,
): { readonly text: string; readonly leaves: readonly Leaf[] } | null {
  const leaves: Leaf[] = [];
  let text = "";
  let isString = false;
  for (const part of parts) {
    if (typeof part === "string") {
      if (holdsMark(part)) return null;
      isString = endsWithinString(part, isString);
      text += part;
      continue;
    }
    const leaf = leafOf(part, isString);
    if (leaf === null) return null;
    const mark = markAt(leaves.length);
    text += isString ? mark : JSON.stringify(mark);
    leaves.push(leaf);
  }
  return { text, leaves };
}

/** Whether a JSON text ends within a string. */
function endsWithinString(text: string, start: boolean): boolean {
  let isString = start;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isString = !isString;
    else if (isString && text[at] === "\\") at += 1;
  }
  return isString;
}
