import { append } from "../../lists.ts";
import { isAssigned } from "../../plan/assigned.ts";
import { jsonParts } from "../json.ts";
import { concatenated, knownEnd, knownStart, partsOf } from "../text.ts";
import {
  bool,
  compareBytes,
  EvaluationError,
  type Hole,
  holeOf,
  isKnown,
  list,
  markedBy,
  text,
  type Value,
} from "../value.ts";
import { argument, define, elements, type FunctionDefinition, int, str, strings, texts } from "./define.ts";
import { format, formatList } from "./format.ts";

const change = (of: (value: string) => string) => define(["string"], "string", ([value]) => text(of(str(value))));

/** Characters as people see them. Source: Unicode Standard Annex 29. */
const cluster =
  /\r\n|\p{RI}\p{RI}|\p{Extended_Pictographic}\p{EMod}?(?:\uFE0F\u20E3?)?(?:\u200D\p{Extended_Pictographic}\p{EMod}?\uFE0F?)*\p{M}*|[\s\S][\p{M}\u200D]*/gu;

export function clusters(value: string): string[] {
  return value.match(cluster) ?? [];
}

function trimmed(value: string, characters: string): string {
  const set = new Set(characters);
  const points = [...value];
  let from = 0;
  let to = points.length;
  while (from < to && set.has(points[from] ?? "")) from += 1;
  while (to > from && set.has(points[to - 1] ?? "")) to -= 1;
  return points.slice(from, to).join("");
}

/** Source: `strings.Title` of Go: a letter behind anything but a letter, a digit or an underscore. */
function title(value: string): string {
  return value.replace(/(?<![\p{L}\p{N}_])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Go changes a character to one other, or not at all: `ß` stays. */
function eachPoint(value: string, of: (point: string) => string): string {
  return Array.from(value, (point) => {
    const changed = of(point);
    return [...changed].length === 1 ? changed : point;
  }).join("");
}

function substr(value: string, offset: number, length: number): string {
  const all = clusters(value);
  const from = offset < 0 ? Math.max(0, offset + all.length) : offset;
  return all.slice(from, length < 0 ? undefined : from + length).join("");
}

function indent([by, value]: readonly Value[]): Value {
  const count = int(by);
  if (count < 0) throw new EvaluationError("an indentation is negative");
  return text(str(value).replaceAll("\n", `\n${" ".repeat(count)}`));
}

/** The edge of a text that is known decides, as far as it reaches. */
function edged(edge: (value: Value) => string, test: (of: string, part: string) => boolean): FunctionDefinition {
  const apply = (args: readonly Value[]) => {
    const [whole, part] = [argument(args, 0), argument(args, 1)];
    if (part.kind !== "string") return holeOf("bool", args);
    const known = edge(whole);
    const decides = whole.kind === "string" || known.length >= part.value.length;
    return decides ? markedBy(bool(test(known, part.value)), args) : holeOf("bool", args);
  };
  return define(["string", "string"], "bool", apply, { takesHoles: true });
}

/** A part that stands in the literal text is there, whatever the holes hold. */
function contains(args: readonly Value[]): Value {
  const [whole, part] = [argument(args, 0), argument(args, 1)];
  if (part.kind !== "string") return holeOf("bool", args);
  const literals = whole.kind === "hole" ? partsOf(whole) : [str(whole)];
  const isThere = literals.some((each) => typeof each === "string" && each.includes(part.value));
  return isThere || whole.kind === "string" ? markedBy(bool(isThere), args) : holeOf("bool", args);
}

function join(args: readonly Value[]): Value {
  const [separator, ...lists] = args;
  if (separator === undefined || lists.length === 0) throw new EvaluationError("a list required");
  const isDecided = (each: Value) => each.kind === "sequence" && (each.of !== "set" || isKnown(each));
  if (!lists.every(isDecided)) return holeOf("string", args);
  const parts = lists.flatMap(elements);
  if (parts.some(({ kind }) => kind === "null")) throw new EvaluationError("an element is null");
  return markedBy(concatenated(parts.flatMap((part, at) => (at === 0 ? [part] : [separator, part]))), args);
}

function split([separator, value]: readonly Value[]): Value {
  const [by, whole] = [str(separator), str(value)];
  return list((by === "" ? [...whole] : whole.split(by)).map(text), "string");
}

/** As for every text: a hole in it takes more than a character. */
const longest = 2 * 1024 ** 2;
const mostHoles = 200;

function replacedIn(whole: string, search: string, by: Value): Value[] {
  const pieces = search === "" ? ["", ...whole, ""] : whole.split(search);
  if (pieces.length * (by.kind === "string" ? by.value.length + 1 : mostHoles) > longest)
    return [holeOf("string", [by], "the text is longer than plimsoll works out")];
  if (by.kind === "string") return [text(pieces.join(by.value))];
  return pieces.flatMap((piece, at) => (at === 0 ? [text(piece)] : [by, text(piece)]));
}

/** Null where what is searched may stand in a hole, or begin or end in one. */
function replacedAround(value: Hole, search: string, by: Value): Value | null {
  const parts = value.json === null ? value.parts : jsonParts(value.json);
  if (parts === null || !/[\s"\\{}[\]<>]/.test(search)) return null;
  const parted: Value[] = [];
  for (const [at, part] of parts.entries()) {
    if (typeof part !== "string") {
      if (!isAssigned(part)) return null;
      parted.push(part);
      continue;
    }
    const isOpen = (at > 0 && overlaps(search, part)) || (at < parts.length - 1 && overlaps(part, search));
    if (isOpen) return null;
    append(parted, replacedIn(part, search, by));
  }
  return concatenated(parted);
}

/** Whether a text begins with what another ends with. */
function overlaps(ending: string, beginning: string): boolean {
  const most = Math.min(ending.length, beginning.length - 1);
  return Array.from({ length: most }, (_, at) => at + 1).some((length) =>
    beginning.startsWith(ending.slice(ending.length - length)),
  );
}

/** Takes away what stands at the edges of a text; where that is all of a literal part, the hole behind it decides. */
function edges(trim: (value: string) => string): FunctionDefinition {
  const apply = (args: readonly Value[]) => {
    const value = argument(args, 0);
    if (value.kind === "string") return markedBy(text(trim(value.value)), args);
    if (value.kind !== "hole" || value.json !== null) return value;
    const [first, last] = [value.parts?.[0], value.parts?.at(-1)];
    const areKept = typeof first === "string" && typeof last === "string" && first.trim() !== "" && last.trim() !== "";
    if (!areKept || value.parts === null) return holeOf("string", args);
    // A mark before and behind keeps the inner edge as it is.
    const parts = value.parts.map((part, at, { length }) => {
      if (typeof part !== "string" || (at > 0 && at < length - 1)) return part;
      return at === 0 ? trim(`${part}|`).slice(0, -1) : trim(`|${part}`).slice(1);
    });
    return { ...value, parts };
  };
  return define(["string"], "string", apply, { takesHoles: true });
}

/** `replace` of a text, which is no regular expression; what stands in its place may have holes. */
export const replaceText = define(
  ["string", "string", "string"],
  "string",
  (args) => {
    const [value, search, by] = [argument(args, 0), argument(args, 1), argument(args, 2)];
    if (search.kind === "hole") return holeOf("string", args);
    if (value.kind === "hole") return markedBy(replacedAround(value, str(search), by) ?? holeOf("string", args), args);
    return markedBy(concatenated(replacedIn(str(value), str(search), by)), args);
  },
  { takesHoles: true },
);

export const stringFunctions: Readonly<Record<string, FunctionDefinition>> = {
  chomp: edges((value) => value.replace(/[\r\n]+$/, "")),
  endswith: edged(knownEnd, (of, part) => of.endsWith(part)),
  format: define(["string"], "string", ([pattern, ...args]) => format(argument([pattern ?? text("")], 0), args), {
    rest: "dynamic",
    takesHoles: true,
    takesNull: true,
  }),
  formatlist: define(["string"], strings, ([pattern, ...args]) => formatList(str(pattern), args), { rest: "dynamic" }),
  indent: define(["number", "string"], "string", indent),
  join: define(["string"], "string", join, { rest: strings, takesHoles: true }),
  lower: change((value) => eachPoint(value, (point) => point.toLowerCase())),
  split: define(["string", "string"], strings, split),
  startswith: edged(knownStart, (of, part) => of.startsWith(part)),
  strcontains: define(["string", "string"], "bool", contains, { takesHoles: true }),
  strrev: change((value) => clusters(value).reverse().join("")),
  substr: define(["string", "number", "number"], "string", ([value, offset, length]) =>
    text(substr(str(value), int(offset), int(length))),
  ),
  title: change(title),
  trim: define(["string", "string"], "string", ([value, set]) => text(trimmed(str(value), str(set)))),
  trimprefix: define(["string", "string"], "string", ([value, start]) => {
    const [whole, prefix] = [str(value), str(start)];
    return text(whole.startsWith(prefix) ? whole.slice(prefix.length) : whole);
  }),
  trimsuffix: define(["string", "string"], "string", ([value, end]) => {
    const [whole, suffix] = [str(value), str(end)];
    return text(whole.endsWith(suffix) ? whole.slice(0, whole.length - suffix.length) : whole);
  }),
  trimspace: edges((value) => value.replace(/^[\s\u0085]+|[\s\u0085]+$/g, "")),
  upper: change((value) => eachPoint(value, (point) => point.toUpperCase())),
  sort: define([strings], strings, ([value]) => list(texts(value).sort(compareBytes).map(text), "string")),
};
