/** What is told of a text without parsing it. */
export interface MemberNames {
  /** Of the object that it begins with, as far as it goes. */
  readonly names: ReadonlySet<string>;
  readonly isObject: boolean;
  /** Whether the object ends. */
  readonly isWhole: boolean;
}

/** Longer names are no members of a plan. */
const longestName = 64;

interface Scanner {
  readonly names: Set<string>;
  depth: number;
  isInString: boolean;
  isEscaped: boolean;
  /** Whether a string that begins now is the name of a member of the outermost object. */
  isNameNext: boolean;
  /** What was read of such a name; null elsewhere. */
  name: string | null;
}

/**
 * The names of the members of a JSON object, of any length, in one pass that keeps nothing else.
 * @param isEnough ends the pass, in the middle of the object
 */
export function memberNames(pieces: Iterable<string>, isEnough: (names: ReadonlySet<string>) => boolean): MemberNames {
  const scanner: Scanner = {
    names: new Set(),
    depth: 0,
    isInString: false,
    isEscaped: false,
    isNameNext: false,
    name: null,
  };
  let isObject: boolean | null = null;
  for (const piece of pieces) {
    isObject ??= piece.startsWith("{");
    if (!isObject) break;
    if (scan(scanner, piece)) return { names: scanner.names, isObject, isWhole: true };
    if (isEnough(scanner.names)) break;
  }
  return { names: scanner.names, isObject: isObject ?? false, isWhole: false };
}

/** @returns whether the object ends in this piece */
function scan(scanner: Scanner, piece: string): boolean {
  for (let at = 0; at < piece.length; at += 1) {
    const character = piece[at] ?? "";
    if (scanner.isInString) readString(scanner, character);
    else if (character === '"') {
      scanner.isInString = true;
      if (scanner.isNameNext) scanner.name = "";
      scanner.isNameNext = false;
    } else if (character === "{" || character === "[") {
      scanner.depth += 1;
      scanner.isNameNext = scanner.depth === 1;
    } else if (character === "}" || character === "]") {
      scanner.depth -= 1;
      if (scanner.depth === 0) return true;
    } else if (character === ",") scanner.isNameNext = scanner.depth === 1;
  }
  return false;
}

function readString(scanner: Scanner, character: string): void {
  if (!scanner.isEscaped && character === '"') {
    scanner.isInString = false;
    if (scanner.name !== null) scanner.names.add(unescaped(scanner.name));
    scanner.name = null;
    return;
  }
  scanner.isEscaped = !scanner.isEscaped && character === "\\";
  if (scanner.name !== null && scanner.name.length < longestName) scanner.name += character;
}

/** `format\u005fversion` is a name too. */
function unescaped(name: string): string {
  return name.replace(/\\u([0-9a-fA-F]{4})/g, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
