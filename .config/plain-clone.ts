/**
 * Stands for the package clone, by which json-rules-engine copies a rule's conditions for each result: they hold plain data
 * and conditions again, never the dates, buffers and circles for which the package asks at each value.
 */
export default function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clone);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = Object.assign(Object.create(Object.getPrototypeOf(value)), value);
  for (const key of Object.keys(copy)) if (typeof copy[key] === "object") copy[key] = clone(copy[key]);
  return copy;
}
