/** From so many bytes on a plan takes long enough: at 27 MB, all judged, a check without it is still the shorter one. */
const largePlan = 100_000_000;

/** From so many bytes on memory counts. */
const bulkyPlan = 4_000_000;

/**
 * How far the heap may grow beyond what is in use before V8 collects what is not. Its own measure, which is up to three
 * times as much again, holds the garbage of a whole check; collecting it sooner takes no more time.
 */
const growingPercent = 40;

/** Up to so many bytes a check is short. */
const smallPlan = 1_000_000;

/**
 * How V8 collects new objects. A short check is done sooner where their room does not grow, as pages of memory that are
 * touched for the first time cost more than collecting what is in those that were; and where no other thread helps, which
 * has to be woken for so little. `plimsoll.cjs` sets this before it loads the command.
 */
const collection = {
  short: ["--semi-space-growth-factor=1", "--no-parallel-scavenge"],
  usual: ["--semi-space-growth-factor=2", "--parallel-scavenge"],
} as const;

/** The flags of V8 that this process is set to, beside those that it was started with. */
let current: readonly string[] = process.argv[2] === "check" ? collection.short : [];

const atStart = [
  "--opt",
  "--heap-growing-percent=0",
  ...collection.usual,
  "--no-liftoff-only",
  // What the one before implies is not taken back with it.
  "--wasm-tier-up",
  "--wasm-dynamic-tiering",
];

let isAlone = false;

/** Says whether plans are checked in this thread alone. All threads share V8's flags, and those that check many need all. */
export function checkAlone(isSo: boolean): void {
  isAlone = isSo;
  // A thread takes the code cache only under the flags of the start.
  if (!isSo) set(...collection.usual);
}

/**
 * Sets V8 for a plan of so many bytes. Its optimizing compiler is for code that runs long: it takes a third of a usual check,
 * of a small one still a tenth, and gives less back.
 */
export function optimizeFor(size: number): void {
  if (isAlone && size < largePlan) set("--no-opt");
  if (size >= smallPlan) set(...collection.usual);
  if (size >= bulkyPlan) set(`--heap-growing-percent=${growingPercent}`);
}

/** A source is read within a fraction of a second: V8's second compiler of WebAssembly would cost more than the reading. */
export function compileWebAssemblyOnce(): void {
  set("--liftoff-only");
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

function set(...flags: readonly string[]): void {
  current = [...current, ...flags];
  setFlags(flags);
}

/** Node's module for it loads all of its streams, and is not loaded where no flag is set. */
function setFlags(flags: readonly string[]): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const flag of flags) setFlagsFromString(flag);
}
