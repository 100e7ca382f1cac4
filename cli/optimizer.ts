import { setFlagsFromString } from "node:v8";

/** From so many bytes on a plan takes long enough: at 27 MB, all judged, a check without it is still the shorter one. */
const largePlan = 100_000_000;

/**
 * Switches V8's optimizing compiler, which is for code that runs long: it takes a third of a usual check, and gives
 * less back. The code cache counts only under the flags that it was made with, which are those without this switch.
 */
export function optimize(isWanted: boolean): void {
  setFlagsFromString(isWanted ? "--opt" : "--no-opt");
}

/** Switches it on where a plan is large; it stays so, as all threads share it. */
export function optimizeFor(size: number): void {
  if (size >= largePlan) optimize(true);
}
