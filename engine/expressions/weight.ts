import type { Value } from "./value.ts";

/** What a value is made of may be shared, so that a short expression makes one that fills all memory once it is written out. */
const known = new WeakMap<Value, number>();

/** Of what has no text of its own. */
const ofNode = 16;

/** How much a value is as it is written out, about in characters. What it is made of is weighed once. */
export function weightOf(value: Value): number {
  switch (value.kind) {
    case "string":
      return ofNode + value.value.length;
    case "sequence":
      return weighed(value, () => sum(value.elements.map(weightOf)));
    case "mapping":
      return weighed(value, () => sum([...value.entries].map(([key, each]) => key.length + weightOf(each))));
    case "hole":
      return weighed(value, () => {
        const parts = (value.parts ?? []).map((part) => (typeof part === "string" ? part.length : weightOf(part)));
        const entries = [...(value.entries ?? [])].map(([key, entry]) => key.length + weightOf(entry.value));
        return (
          sum(parts) +
          sum(entries) +
          ofNode * value.references.length +
          (value.json === null ? 0 : weightOf(value.json))
        );
      });
    default:
      return ofNode;
  }
}

function weighed(value: Value, weigh: () => number): number {
  const own = known.get(value) ?? ofNode + weigh();
  known.set(value, own);
  return own;
}

function sum(weights: readonly number[]): number {
  return weights.reduce((all, each) => all + each, 0);
}

/** How many steps of work it is to go through so much. */
export function stepsOf(weight: number): number {
  return Math.floor(weight / 256);
}
