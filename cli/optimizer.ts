import { setFlagsFromString } from "node:v8";

/** From so many bytes on a plan takes long enough: at 27 MB, all judged, a check without it is still the shorter one. */
const largePlan = 100_000_000;

/** From so many bytes on memory counts. */
const bulkyPlan = 4_000_000;

/**
 * How far the heap may grow beyond what is in use before V8 collects what is not. Its own measure, which is up to three
 * times as much again, holds the garbage of a whole check; collecting it sooner takes no more time.
 */
const growingPercent = 40;

/**
 * Switches V8's optimizing compiler, which is for code that runs long: it takes a third of a usual check, and gives
 * less back. The code cache counts only under the flags that it was made with, which are those without this switch.
 */
export function optimize(isWanted: boolean): void {
  setFlagsFromString(isWanted ? "--opt" : "--no-opt");
}

/** Sets V8 for a plan of so many bytes; it stays so, as all threads share it. */
export function optimizeFor(size: number): void {
  if (size >= bulkyPlan) setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
  if (size >= largePlan) optimize(true);
}

/** Sets V8 as it is without us, as the code cache is made at the end. */
export function leaveOptimizer(): void {
  optimize(true);
  setFlagsFromString("--heap-growing-percent=0");
}
