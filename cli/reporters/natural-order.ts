/** Orders texts as people count: `web-2` before `web-10`; the same on every machine, whatever its locale. */
export function compareNatural(one: string, other: string): number {
  if (one === other) return 0;
  collator ??= new Intl.Collator("en", { numeric: true });
  // What it takes for equal, as `01` and `1`, has an order too.
  return collator.compare(one, other) || (one < other ? -1 : 1);
}

// Made where it is needed: it costs start-up time.
let collator: Intl.Collator | undefined;
