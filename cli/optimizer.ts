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

/** The flags of V8 that this process is set to, beside those that it was started with. */
let current: readonly string[] = [];

const atStart = ["--opt", "--heap-growing-percent=0"];

/**
 * Switches V8's optimizing compiler, which is for code that runs long: it takes a third of a usual check, and gives
 * less back.
 */
export function optimize(isWanted: boolean): void {
  set(isWanted ? "--opt" : "--no-opt");
}

/** Sets V8 for a plan of so many bytes; it stays so, as all threads share it. */
export function optimizeFor(size: number): void {
  if (size >= bulkyPlan) set(`--heap-growing-percent=${growingPercent}`);
  if (size >= largePlan) optimize(true);
}

/** Does some work under the flags of the start: V8 takes a code cache only under those that it was made with. */
export function asAtStart<Made>(work: () => Made): Made {
  for (const flag of atStart) setFlagsFromString(flag);
  try {
    return work();
  } finally {
    for (const flag of current) setFlagsFromString(flag);
  }
}

function set(flag: string): void {
  current = [...current, flag];
  setFlagsFromString(flag);
}
