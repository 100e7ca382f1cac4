/**
 * Whether a pattern of a webhook's filter lets in only what its author can have meant: every alternative is anchored at both
 * ends, and no part of it matches a run of any characters. Numbers may repeat (`v\d+`), but not in ids of accounts: of those
 * every quantifier lets in strangers. Source: CodeBuild User Guide, "GitHub webhook events": patterns are regular expressions
 * that are looked for within the value.
 */
export function isClosed(type: string, pattern: string): boolean {
  const isAnchored = alternatives(pattern).every(
    (part) => part.startsWith("^") && /(?:^|[^\\])(?:\\\\)*\$$/.test(part),
  );
  if (!isAnchored) return false;
  if (type === "ACTOR_ACCOUNT_ID") return itemsOf(pattern).every(isOneOfFew);
  return !itemsOf(pattern.replace(digitGroups, "0")).some(isOpenRun);
}

/** A part of a pattern that stands for one character, or a closing bracket of a group, with its quantifier. */
interface Item {
  readonly part: string;
  readonly quantifier: string;
}

/** Groups of digits and dots: `(\.\d+)`. */
const digitGroups = /\((?:\?:)?(?:\\d|\\\.|\[(?:0-9|\\d|\\?\.)+\]|[0-9*+?])+\)/g;

function itemsOf(pattern: string): Item[] {
  const items = pattern.matchAll(/(\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!])?|[^\\])([*+?]|\{[\d,]*\})?/gs);
  return [...items].map(([, part = "", quantifier = ""]) => ({ part, quantifier }));
}

/** A written character, or a class that lists some. */
function isOneOfFew({ part, quantifier }: Item): boolean {
  return quantifier === "" && !/^(?:\.|\[\^.*|\\[a-zA-Z]|\(\?[=!<].*)$/s.test(part);
}

/** A run without end of anything but digits and dots, of a group for instance, or any number of any characters. */
function isOpenRun({ part, quantifier }: Item): boolean {
  if (quantifier === "" || quantifier === "?") return false;
  const isDigits = /^(?:\\d|\[(?:0-9|\\d|\\?[.])+\]|\d)$/.test(part);
  if (part === "." || part.startsWith("[^") || /^\\[DSW]$/.test(part)) return true;
  return !isDigits && /^(?:[*+]|\{\d*,\})$/.test(quantifier);
}

/** The parts between `|` that stand in no group and no class. */
function alternatives(pattern: string): string[] {
  const parts = [""];
  let depth = 0;
  let isInClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "|" && depth === 0 && !isInClass) {
      parts.push("");
      continue;
    }
    if (character === "[") isInClass = true;
    else if (character === "]") isInClass = false;
    else if (!isInClass && character === "(") depth += 1;
    else if (!isInClass && character === ")") depth -= 1;
    const isEscape = character === "\\";
    parts.push(`${parts.pop() ?? ""}${character}${isEscape ? pattern.charAt(at + 1) : ""}`);
    if (isEscape) at += 1;
  }
  return parts;
}
