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

let isAlone = false;

/** Says whether plans are checked in this thread alone. All threads share V8's flags, and those that check many need all. */
export function checkAlone(isSo: boolean): void {
  isAlone = isSo;
}

/**
 * Sets V8 for a plan of so many bytes. Its optimizing compiler is for code that runs long: it takes a third of a usual check,
 * of a small one still a tenth, and gives less back.
 */
export function optimizeFor(size: number): void {
  if (isAlone && size < largePlan) set("--no-opt");
  if (size >= bulkyPlan) set(`--heap-growing-percent=${growingPercent}`);
}

/** Does some work under the flags of the start: V8 takes a code cache only under those that it was made with. */
export function asAtStart<Made>(work: () => Made): Made {
  if (current.length === 0) return work();
  setFlags(atStart);
  try {
    return work();
  } finally {
    setFlags(current);
  }
}

function set(flag: string): void {
  current = [...current, flag];
  setFlags([flag]);
}

/** Node's module for it loads all of its streams, and is not loaded where no flag is set. */
function setFlags(flags: readonly string[]): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const flag of flags) setFlagsFromString(flag);
}
