/** Orders texts as people count: `web-2` before `web-10`; the same on every machine, whatever its locale. */
export function compareNatural(one: string, other: string): number {
  if (one === other) return 0;
  const order = isAscii(one) && isAscii(other) ? compareAscii(one, other) : collate(one, other);
  // What is taken for equal, as `01` and `1`, has an order too.
  return order || (one < other ? -1 : 1);
}

function collate(one: string, other: string): number {
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(one, other);
}

// Made where it is needed: it takes a tenth of a small check.
let collator: Intl.Collator | undefined;

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Printable characters of ASCII in the order of the collator, but for letters and digits, which stand behind them. */
const signs = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/** What the collator says of texts in ASCII: letters first without their case, runs of digits as numbers. */
function compareAscii(one: string, other: string): number {
  const start = firstDifference(one, other);
  const [ones, others] = [partsOf(one.slice(start)), partsOf(other.slice(start))];
  for (const [at, part] of ones.entries()) {
    const order = compareParts(part, others[at]);
    if (order !== 0) return order;
  }
  return ones.length < others.length ? -1 : compareCase(one, other);
}

/** Where they differ, or the number begins in which they do. */
function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  while (at > 0 && /\d/.test(one[at - 1] ?? "")) at -= 1;
  return at;
}

/** Numbers without the zeros that they begin with, and single characters. */
function partsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(/\d+|\D/g)
      ?.map((part) => part.replace(/^0+(?=\d)/, "")) ?? []
  );
}

function compareParts(one: string, other: string | undefined): number {
  if (one === other) return 0;
  if (other === undefined) return 1;
  const [place, otherPlace] = [signs.indexOf(one), signs.indexOf(other)];
  if (place !== -1 || otherPlace !== -1) return otherPlace === -1 ? -1 : place === -1 ? 1 : place - otherPlace;
  const areNumbers = /^\d/.test(one) && /^\d/.test(other);
  return (areNumbers ? one.length - other.length : 0) || (one < other ? -1 : 1);
}

/** Small letters before capital ones. */
function compareCase(one: string, other: string): number {
  const letters = (text: string) => text.replace(/[^A-Za-z]/g, "");
  const [ones, others] = [letters(one), letters(other)];
  return ones === others ? 0 : ones > others ? -1 : 1;
}
