import { parseTraversal } from "../../plan/address.ts";
import { isJsonObject, type JsonObject, ownMember } from "../../plan/json.ts";
import { type AttributeValues, elementName, elementsOf } from "../attribute-values.ts";
import type { Finding } from "../report.ts";
import { elementNameKeys } from "../source.ts";

/** The innermost element of a list that a finding stands in: a statement, a rule, a container; null where it is in none. */
export function partOf({ subject, evidence }: Finding, values: AttributeValues): JsonObject | null {
  const { address } = subject;
  const place = evidence.find((each) => each.path !== null && each.address === null);
  if (address === null || place?.path == null) return null;
  let value = values.of(address);
  let part: JsonObject | null = null;
  for (const step of parseTraversal(place.path) ?? []) {
    const opened = values.opened(value);
    if ("name" in step) value = ownMember(opened, step.name);
    else {
      value = typeof step.key === "number" ? elementsOf(opened)[step.key] : ownMember(opened, step.key);
      if (isJsonObject(value)) part = value;
    }
  }
  return part;
}

/**
 * How much of two objects is the same, 0 to 1: the share of their members that are equal. A name tells nothing of what is
 * named, and what is not set is none.
 */
export function similarity(one: JsonObject, other: JsonObject): number {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => !isName(name) && (isSet(one[name]) || isSet(other[name])),
  );
  const same = names.filter((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
  return names.length === 0 ? 1 : same.length / names.length;
}

const names: ReadonlySet<string> = new Set(elementNameKeys);

function isName(member: string): boolean {
  return names.has(member);
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** Over this share of equal members an element at another place, or under another name, is taken for the same. */
export const leastSimilarity = 0.5;

/** More pairs of elements are not compared one by one, so that no work grows faster than the plan. */
export const mostComparisons = 10_000;

/**
 * The names that elements of lists had before, with those that they have now: where one name went and another came, and the
 * content tells that they are one. `container_definitions` may be a text of JSON.
 */
export function renamedElements(
  before: unknown,
  after: unknown,
  open: AttributeValues["opened"],
): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  const left = [{ before, after }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [one, other] = [open(next.before), open(next.after)];
    if (isJsonObject(one) && isJsonObject(other)) {
      for (const name of Object.keys(one)) left.push({ before: one[name], after: ownMember(other, name) });
    } else if (Array.isArray(one) && Array.isArray(other)) {
      const [was, is] = [namedElements(one), namedElements(other)];
      for (const [name, element] of was) left.push({ before: element, after: is.get(name) });
      for (const [name, now] of sameUnderOtherName(without(was, is), without(is, was))) renamed.set(name, now);
    }
  }
  return renamed;
}

function* sameUnderOtherName(
  gone: ReadonlyMap<string, JsonObject>,
  come: ReadonlyMap<string, JsonObject>,
): Generator<readonly [string, string]> {
  if (gone.size * come.size > mostComparisons) return;
  for (const [name, element] of gone) {
    const found = best(element, come);
    if (found !== null && best(come.get(found) ?? {}, gone) === name) yield [name, found];
  }
}

function namedElements(list: readonly unknown[]): Map<string, JsonObject> {
  return new Map(
    list.flatMap((element) => {
      const name = elementName(element, elementNameKeys);
      return name === null || !isJsonObject(element) ? [] : [[name, element] as const];
    }),
  );
}

function without(
  elements: ReadonlyMap<string, JsonObject>,
  others: ReadonlyMap<string, JsonObject>,
): Map<string, JsonObject> {
  return new Map([...elements].filter(([name]) => !others.has(name)));
}

/** The name of the one that is most alike; null where none is enough, or two are equally so. */
function best(element: JsonObject, candidates: ReadonlyMap<string, JsonObject>): string | null {
  const scored = [...candidates]
    .map(([name, candidate]) => ({ name, score: similarity(element, candidate) }))
    .sort((one, other) => other.score - one.score);
  const [first, second] = scored;
  if (first === undefined || first.score <= leastSimilarity || first.score === second?.score) return null;
  return first.name;
}
