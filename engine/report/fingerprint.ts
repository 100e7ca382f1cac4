import { compareText } from "../compare-text.ts";

const multipliers = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

/**
 * A short, stable name for the parts together. It tells findings apart and protects nothing, so four plain hashes of 32
 * bits will do, which cost no start-up time. Each step maps the states of a hash one to one, so that no character is
 * forgotten however long the text is.
 */
export function fingerprint(parts: readonly unknown[]): string {
  const text = JSON.stringify(parts);
  return multipliers.map((multiplier) => hash(text, multiplier).toString(16).padStart(8, "0")).join("");
}

/** A list without its order, which AWS changes where it writes a policy anew. */
export function inOrder(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every((element) => typeof element === "string")) return value;
  return value.toSorted(compareText);
}

function hash(text: string, multiplier: number): number {
  let state = multiplier;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), multiplier);
    // High bits reach the low ones, which a product alone never lets them.
    state = (state << 13) | (state >>> 19);
  }
  const half = Math.imul(state ^ (state >>> 16), 0x7feb352d);
  const whole = Math.imul(half ^ (half >>> 15), 0x846ca68b);
  return (whole ^ (whole >>> 16)) >>> 0;
}
