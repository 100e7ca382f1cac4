import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, Scalar, type YAMLSeq } from "yaml";
import * as z from "zod";

/** What to change of the waivers of one file, by their position in it. */
export interface Changes {
  readonly removed: ReadonlySet<number>;
  /** The new last day, `2027-06-30`. */
  readonly renewed: ReadonlyMap<number, string>;
}

/** A part of the text, and what takes its place. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Changes the waivers of a configuration, YAML or JSON, as an editor would: comments, order and form of all that stays are
 * kept to the byte. A comment above a waiver that is removed stays, as it may speak of those that follow too.
 * @returns the text; null where an anchor or alias stands in the way, so that another value would change too
 */
export function editWaivers(text: string, { removed, renewed }: Changes): string | null {
  const document = parseDocument(text, { keepSourceTokens: true, uniqueKeys: false });
  const pair = waiversOf(document);
  if (pair === undefined || !isSeq(pair.value)) return null;
  const list = pair.value;
  const renewals = [...renewed].map(([at, day]) => renewal(list.items[at], day, text));
  if (renewals.includes(null)) return null;
  const removals = list.flow ? flowRemovals(list, removed) : blockRemovals(list, pair, removed, text);
  const edited = withSplices(text, [...renewals.filter((splice) => splice !== null), ...removals]);
  return isAsMeant(document, edited, { removed, renewed }) ? edited : null;
}

function waiversOf({ contents }: Document): Pair | undefined {
  if (!isMap(contents)) return undefined;
  return contents.items.find(({ key }) => isScalar(key) && key.value === "waivers");
}

/** In the quotes in which the old day stands. */
function renewal(waiver: unknown, day: string, text: string): Splice | null {
  const value = isMap(waiver) ? waiver.get("expires", true) : undefined;
  if (!isScalar(value) || value.range == null) return null;
  const [start, end] = value.range;
  const quote = value.type === Scalar.QUOTE_DOUBLE || value.type === Scalar.QUOTE_SINGLE ? text.charAt(start) : "";
  return { start, end, text: `${quote}${day}${quote}` };
}

/** The lines from the dash of each to the last one that stands deeper than it. */
function blockRemovals(list: YAMLSeq, pair: Pair, removed: ReadonlySet<number>, text: string): Splice[] {
  const token = list.srcToken;
  if (token?.type !== "block-seq") return [];
  const items = token.items.filter(({ start }) => start.some(({ type }) => type === "seq-item-ind"));
  const lines = [...removed].flatMap((at): Splice[] => {
    const dash = items[at]?.start.find(({ type }) => type === "seq-item-ind")?.offset;
    if (dash === undefined) return [];
    const start = text.lastIndexOf("\n", dash - 1) + 1;
    return [{ start, end: endOfItem(text, dash, dash - start), text: "" }];
  });
  return removed.size < items.length ? lines : [...lines, ...emptyList(pair)];
}

/** A list without elements is none: it is written out. */
function emptyList({ srcToken }: Pair): Splice[] {
  const colon = srcToken?.sep?.find(({ type }) => type === "map-value-ind");
  return colon === undefined ? [] : [{ start: colon.offset + 1, end: colon.offset + 1, text: " []" }];
}

/** Behind the last line that belongs to the item whose dash stands in a column; empty lines that follow do not. */
function endOfItem(text: string, dash: number, column: number): number {
  let end = behindLine(text, dash);
  for (let at = end; at < text.length; at = behindLine(text, at)) {
    const line = text.slice(at, behindLine(text, at));
    if (line.trim() === "") continue;
    if (line.length - line.trimStart().length <= column) break;
    end = at + line.length;
  }
  return end;
}

function behindLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}

/** Each element with the comma before it; as long as none stays before it, that behind it. */
function flowRemovals(list: YAMLSeq, removed: ReadonlySet<number>): Splice[] {
  const token = list.srcToken;
  if (token?.type !== "flow-collection") return [];
  // The comma before an element; behind the last one there may be one too.
  const commas = token.items.map(({ start }) => start.find(({ type }) => type === "comma")?.offset);
  const firstKept = list.items.findIndex((_, at) => !removed.has(at));
  return [...removed].flatMap((at): Splice[] => {
    const item = list.items[at];
    const range = isMap(item) || isScalar(item) ? item.range : undefined;
    const comma = commas[firstKept === -1 || at < firstKept ? at + 1 : at];
    return [
      ...(range == null ? [] : [{ start: range[0], end: range[1], text: "" }]),
      ...(comma === undefined ? [] : [{ start: comma, end: comma + 1, text: "" }]),
    ];
  });
}

/** Lines of which only blanks are left go as a whole. */
function withSplices(text: string, splices: readonly Splice[]): string {
  let edited = text;
  for (const { start, end, text: replacement } of splices.toSorted((one, other) => other.start - one.start)) {
    edited = edited.slice(0, start) + replacement + edited.slice(end);
    const lineStart = edited.lastIndexOf("\n", start - 1) + 1;
    const lineEnd = behindLine(edited, start);
    const isCut = start < end && replacement === "" && start > lineStart;
    if (isCut && edited.slice(lineStart, lineEnd).trim() === "")
      edited = edited.slice(0, lineStart) + edited.slice(lineEnd);
  }
  return edited;
}

/** Whether a program reads of the new text what it read of the old one, but for the changes. */
function isAsMeant(before: Document, text: string, { removed, renewed }: Changes): boolean {
  const after = dataOf(parseDocument(text, { uniqueKeys: false }));
  if (after === null) return false;
  const expected = dataOf(before);
  const waivers = expected?.waivers.flatMap((waiver, at) => {
    if (removed.has(at)) return [];
    const expires = renewed.get(at);
    return [expires === undefined ? waiver : { ...waiver, expires }];
  });
  return JSON.stringify(after) === JSON.stringify({ ...expected, waivers });
}

const dataForm = z.looseObject({ waivers: z.array(z.looseObject({})) });

/** Null where aliases lead nowhere any more, or the list is none. */
function dataOf(document: Document): z.infer<typeof dataForm> | null {
  if (document.errors.length > 0) return null;
  try {
    return dataForm.parse(document.toJS());
  } catch {
    return null;
  }
}
