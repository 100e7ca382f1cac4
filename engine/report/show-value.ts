import type { ShownValue } from "./report.ts";

const longestList = 8;

/** A value in a sentence. */
export function showValue(value: ShownValue): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, longestList).map(showValue).join(", ");
    return value.length > longestList ? `[${shown}, and ${value.length - longestList} more]` : `[${shown}]`;
  }
  if (typeof value === "string") return value.startsWith("(") ? value : JSON.stringify(value);
  return value === null ? "not set" : String(value);
}
