/**
 * Whether the whole text matches a pattern in which `*` stands for any run of characters, `/` and `:` among them, and
 * `?` for one. This is what IAM, ECR filters and our policy files mean by a wildcard. Time is at most the product of
 * both lengths, whatever the pattern.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  if (isPlain(pattern)) return text === pattern;
  if (pattern.indexOf("*") === pattern.length - 1 && !pattern.includes("?"))
    return text.startsWith(pattern.slice(0, -1));
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern;
      resume = at;
      inPattern += 1;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[at])) {
      at += 1;
      inPattern += 1;
    } else if (star !== -1) {
      inPattern = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern += 1;
  return inPattern === pattern.length;
}

/** Tests texts against several patterns, of which most match their own text alone. */
export function matcherOf(patterns: readonly string[]): (text: string) => boolean {
  const texts = new Set(patterns.filter(isPlain));
  const open = patterns.filter((pattern) => !isPlain(pattern));
  return (text) => texts.has(text) || open.some((pattern) => matchesGlob(text, pattern));
}

/** Whether some text matches both patterns. Time is at most the product of both lengths. */
export function patternsMeet(one: string, other: string): boolean {
  if (isPlain(one)) return matchesGlob(one, other);
  if (isPlain(other)) return matchesGlob(other, one);
  const start = commonStart(one, other);
  if (start === null) return false;
  const end = commonEnd(one.slice(start), other.slice(start));
  return end !== null && restsMeet(one.slice(start, one.length - end), other.slice(start, other.length - end));
}

/** Whether a pattern matches its own text alone, as most do. */
function isPlain(pattern: string): boolean {
  return !(pattern.includes("*") || pattern.includes("?"));
}

/** How far two patterns go together before the first star of either; null where they name different characters before. */
function commonStart(one: string, other: string): number | null {
  let at = 0;
  while (at < one.length && at < other.length && one[at] !== "*" && other[at] !== "*") {
    if (!areSame(one[at], other[at])) return null;
    at += 1;
  }
  return at;
}

/** The same from their ends, behind the last star of either. */
function commonEnd(one: string, other: string): number | null {
  let count = 0;
  while (count < one.length && count < other.length) {
    const last = one.at(-1 - count);
    const otherLast = other.at(-1 - count);
    if (last === "*" || otherLast === "*") return count;
    if (!areSame(last, otherLast)) return null;
    count += 1;
  }
  return count;
}

/** Whether two characters of patterns, neither a star, can stand for the same one. */
function areSame(one: string | undefined, other: string | undefined): boolean {
  return one === other || one === "?" || other === "?";
}

function restsMeet(one: string, other: string): boolean {
  if (one === "*" || other === "*") return true;
  // At j: whether what was read of one and the first j characters of the other can stand for the same text.
  let meets = Array.from({ length: other.length + 1 }, () => false);
  for (let at = 0; at <= other.length && /^\**$/.test(other.slice(0, at)); at += 1) meets[at] = true;
  for (const character of one.split("")) {
    const next: boolean[] = [character === "*" && meets[0] === true];
    for (let at = 0; at < other.length; at += 1) {
      const wanted = other[at];
      next.push(
        character === "*" || wanted === "*"
          ? meets[at + 1] === true || next[at] === true
          : areSame(character, wanted) && meets[at] === true,
      );
    }
    meets = next;
  }
  return meets.at(-1) === true;
}

/**
 * Whether every text that matches one pattern (`narrow`) matches the other (`wide`). Exact, because there is always a
 * character that `wide` does not name. Time is at most the product of both lengths.
 *
 * Such a character is the worst that can stand where `narrow` leaves the choice, so only the lengths of its runs of stars
 * are open. However long they are, the parts of `wide` between its stars must each have a place that no star of `narrow`
 * stretches; and if those places are in order while all runs are at their shortest, longer runs only move them apart.
 */
export function covers(wide: string, narrow: string): boolean {
  return coverOf(wide)(narrow);
}

/** The same for one pattern and many others. */
export function coverOf(wide: string): (narrow: string) => boolean {
  if (isPlain(wide)) return (narrow) => wide === narrow;
  const start = wide.slice(0, wide.search(/[*?]/));
  const isOpen = wide.length === start.length + 1 && wide.endsWith("*");
  let pieces: Pieces | null = null;
  return (narrow) => {
    if (isPlain(narrow)) return matchesGlob(narrow, wide);
    if (!narrow.startsWith(start)) return false;
    if (isOpen) return true;
    pieces ??= partsOf(wide);
    return piecesCover(pieces, normalForm(narrow));
  };
}

function piecesCover({ parts, gaps }: Pieces, text: string): boolean {
  const [first = "", ...others] = parts;
  if (!fits(first, text, 0)) return false;
  if (others.length === 0) return first.length === text.length;
  let at = first.length;
  for (const [index, part] of others.entries()) {
    const earliest = after(text, at, gaps[index] ?? 0);
    if (earliest === null) return false;
    const isLast = index === others.length - 1;
    const place = isLast ? text.length - part.length : firstPlace(part, text, earliest);
    if (place < earliest || !fits(part, text, place)) return false;
    at = place + part.length;
  }
  return true;
}

interface Pieces {
  readonly parts: readonly string[];
  readonly gaps: readonly number[];
}

/** A pattern as its parts between runs of wildcards that hold a star, and how many characters each run needs at least. */
function partsOf(pattern: string): Pieces {
  const parts = [""];
  const gaps: number[] = [];
  for (const piece of pattern.split(/([*?]+)/)) {
    if (piece.includes("*")) {
      gaps.push(piece.replaceAll("*", "").length);
      parts.push("");
    } else parts.push(`${parts.pop() ?? ""}${piece}`);
  }
  return { parts, gaps };
}

/** The same pattern with one star in each run of wildcards, behind the `?` of the run. */
function normalForm(pattern: string): string {
  if (!/\*[*?]/.test(pattern)) return pattern;
  const { parts, gaps } = partsOf(pattern);
  return parts.map((part, at) => `${part}${at < gaps.length ? `${"?".repeat(gaps[at] ?? 0)}*` : ""}`).join("");
}

/** Whether a part without stars covers what stands at a place of a pattern in normal form. */
function fits(part: string, text: string, place: number): boolean {
  if (place < 0 || place + part.length > text.length) return false;
  for (let at = 0; at < part.length; at += 1) {
    const found = text[place + at];
    if (found === "*" || (part[at] !== "?" && part[at] !== found)) return false;
  }
  return true;
}

/** The first place from `start` on; behind the end where there is none. */
function firstPlace(part: string, text: string, start: number): number {
  let place = start;
  while (place <= text.length && !fits(part, text, place)) place += 1;
  return place;
}

/** Where `count` characters from a place on are over at the earliest; null where there may be fewer. */
function after(text: string, place: number, count: number): number | null {
  let at = place;
  for (let left = count; left > 0; at += 1) {
    if (at >= text.length) return null;
    if (text[at] !== "*") left -= 1;
  }
  return at;
}
