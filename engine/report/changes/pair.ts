import { groupBy } from "../../group-by.ts";
import { once } from "../../once.ts";
import type { JsonObject } from "../../plan/json.ts";
import type { Finding } from "../report.ts";
import { leastSimilarity, mostComparisons, similarity } from "./parts.ts";

/** A finding with what tells it from the others of its policy at its resource. */
export interface Identified {
  readonly finding: Finding;
  /** The name of its subject, as the plan after the change has it. */
  readonly name: string;
  /** The element of a list that it stands in. */
  readonly part: JsonObject | null;
}

/**
 * Pairs the findings of one policy at one resource before and after a change: by name, and where names are positions in a
 * list by what stands there.
 * @returns by the finding after the change the one before
 */
export function pairFindings(before: readonly Identified[], after: readonly Identified[]): Map<Identified, Identified> {
  const pairs = new Map<Identified, Identified>();
  const left = { before: new Set(before), after: new Set(after) };
  const take = (one: Identified, other: Identified) => {
    pairs.set(other, one);
    left.before.delete(one);
    left.after.delete(other);
  };
  for (const keyOf of keys) {
    const candidates = groupBy(left.before, keyOf);
    for (const each of left.after) {
      const key = keyOf(each);
      const found = key === null ? undefined : candidates.get(key)?.shift();
      if (found !== undefined) take(found, each);
    }
  }
  const positions = groupBy([...left.before].filter(isPositioned), ({ name }) => patternOf(name));
  for (const [pattern, own] of groupBy([...left.after].filter(isPositioned), ({ name }) => patternOf(name)))
    for (const [one, other] of mostAlike(positions.get(pattern) ?? [], own)) take(one, other);
  return pairs;
}

/** What two findings must have in common, the strictest first; null where there is nothing to tell them by. */
const keys: readonly ((each: Identified) => string | null)[] = [
  (each) => JSON.stringify([each.name, contentOf(each)]),
  (each) =>
    each.part === null && !isPositioned(each) ? null : JSON.stringify([patternOf(each.name), contentOf(each)]),
  (each) => (isPositioned(each) ? null : each.name),
];

const textOf = once((part: JsonObject) => JSON.stringify(part));

function contentOf({ finding, part }: Identified): unknown {
  return [
    part === null ? null : textOf(part),
    finding.evidence.map(({ fact, operator, actual }) => [fact, operator, actual]),
  ];
}

/** `policy/0`, `policy/n+0`, `ingress[1]`: where an element stands, which changes as soon as one is put before it. */
function patternOf(name: string): string {
  return name.replace(/\[\d+\]/g, "[]").replace(/(^|\/)(?:n\+)?\d+(?=\/|$)/g, "$1[]");
}

function isPositioned({ name }: Identified): boolean {
  return patternOf(name) !== name;
}

function* mostAlike(
  before: readonly Identified[],
  after: readonly Identified[],
): Generator<readonly [Identified, Identified]> {
  // So many pair by their names.
  const isMany = before.length * after.length > mostComparisons;
  const pairs = after.flatMap((other) =>
    before
      .filter((one) => !isMany || one.name === other.name)
      .map((one) => ({ one, other, score: likeness(one, other) }))
      .filter(({ score }) => score !== null),
  );
  const taken = new Set<Identified>();
  for (const { one, other } of pairs.sort((first, second) => (second.score ?? 0) - (first.score ?? 0))) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    yield [one, other];
  }
}

/** How sure it is that two are one; null where what stands there tells that they are not. */
function likeness(one: Identified, other: Identified): number | null {
  const isSameName = one.name === other.name;
  if (one.part === null || other.part === null) return isSameName ? 1 : null;
  const content = similarity(one.part, other.part);
  return content > leastSimilarity ? content + (isSameName ? 0.25 : 0) : null;
}
