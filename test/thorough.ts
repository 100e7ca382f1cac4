/**
 * How many cases of a property a run takes, and by which seed: the one place for both.
 *
 * `npm test` takes a few cases of each property, other ones in each run. `npm run test:thorough` takes all of them, or many
 * more where there is no end of them. `.ci/run` stands between the two, and has a time after which it takes no more than
 * `npm test` takes.
 *
 * How to write a property of random values. The word says what one case costs; `amounts` says how many that makes:
 *
 *     it("a sum is never smaller than its parts", () =>
 *       holds(fc.property(fc.nat(), fc.nat(), (one, other) => { expect(one + other).toBeGreaterThanOrEqual(one); }), "text"));
 *
 * How to write one over a list, of which a run takes some:
 *
 *     for (const place of drawn(places, "place")) expect(await verdictWithout(place)).not.toBe("pass");
 *
 * What a run finds is printed with the command that repeats it. Mend the fault, and keep what was found as a case of its
 * own, which every run takes: give the printed counterexample to `holds` as an element of its last argument, or put the
 * item of the list into a list of items that are always taken (`test/properties/knowledge.ts` has one).
 *
 * A test of a property must not be empty. Where it counts what its cases came to, it must hold of a small sample as well:
 * let `drawn` go on until one case tells something, or test the generator alone, by a seed that is always the same.
 */
import { createHash } from "node:crypto";
import { relative } from "node:path";
import fc from "fast-check";
import { expect, inject, TestRunner } from "vitest";
import { type Amount, repeating } from "../.config/sampling.ts";

declare module "vitest" {
  interface TaskMeta {
    /** How many cases a test came to, of how many, where the time was over before. */
    cut?: { taken: number; most: number };
    /** What a test needs that is not there, so that it is skipped. */
    needs?: string;
    /** What a test tried, and how often: `canaries`. */
    tried?: Record<string, number>;
  }
}

/** How many cases each run takes, by what one of them costs. */
const amounts = {
  /** No check of a plan: up to some milliseconds. */
  text: { sampled: 100, bounded: 2_000, whole: 20_000 },
  /** A few renderings of a report, a check of a plan of some resources, or a command that reads no plan. */
  small: { sampled: 15, bounded: 300, whole: 2_000 },
  /** 25 random policy documents, checked as one plan: 300, or 10,000 in all. */
  documents: { sampled: 12, bounded: 80, whole: 400 },
  /** One or two checks of a plan as large as the shop's. */
  check: { sampled: 4, bounded: 60, whole: 400 },
  /** One change of one fixture, which is then checked. */
  place: { sampled: 2, bounded: 150, whole: Number.POSITIVE_INFINITY },
  /** One fixture, whose plan is checked a few times. */
  fixture: { sampled: 6, bounded: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY },
  /** One plan by Terraform: about ten seconds. */
  plan: { sampled: 1, bounded: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY },
  /** Some plans by Terraform, one over the other: a minute or two. */
  plans: { sampled: 1, bounded: 4, whole: Number.POSITIVE_INFINITY },
} as const satisfies Record<string, Record<Amount, number>>;

export type Cost = keyof typeof amounts;

const { amount, seed, until } = inject("sampling");

/** Whether a run takes more than the samples of `npm test`: for tests of which one case takes a minute. */
export const isThorough = amount !== "sampled";

/**
 * Holds a property of fast-check against random values.
 * @param found values that a run has found once; they are always taken
 * @throws Error with the shrunk counterexample and the command that repeats the run
 */
export async function holds<Values>(
  property: fc.IRawProperty<Values>,
  cost: Cost,
  found: readonly Values[] = [],
): Promise<void> {
  const { sampled, [amount]: most } = amounts[cost];
  const own = numberFrom(testName());
  await run(property, { numRuns: sampled + found.length, seed: own, examples: [...found] });
  if (most === sampled) return;
  const limit = until === null ? {} : { interruptAfterTimeLimit: millisecondsLeft(until) };
  const further = isOver() ? 0 : await run(property, { numRuns: most - sampled, seed: own + 1, ...limit });
  if (further < most - sampled) cutShort(sampled + further, most);
}

/** How many values were tried: all, or those for which there was time. */
async function run<Values>(property: fc.IRawProperty<Values>, parameters: fc.Parameters<Values>): Promise<number> {
  const details = await fc.check(property, parameters);
  if (details.failed && details.counterexample !== null) {
    const message = await fc.asyncDefaultReportMessage(details);
    throw new Error(`${message}\n\n${howToRepeat()}`, { cause: details.errorInstance });
  }
  return details.numRuns;
}

/** Some items of a list, for tests that are made of them: in an order by the seed and the name, all in a thorough run. */
export function some<Item>(all: readonly Item[], cost: Cost, name: string): Item[] {
  return shuffled(all, name).slice(0, amounts[cost][amount]);
}

/**
 * Some items of a list, within a test.
 * @param isTelling whether what was seen proves something; until then further items follow
 */
export function* drawn<Item>(all: readonly Item[], cost: Cost, isTelling = () => true): Generator<Item> {
  const [least, most] = [amounts[cost].sampled, Math.min(all.length, amounts[cost][amount])];
  for (const [taken, item] of shuffled(all, testName()).entries()) {
    if (isTelling()) {
      if (taken >= most) return;
      if (taken >= least && isOver()) {
        cutShort(taken, most);
        return;
      }
    }
    yield item;
  }
}

/** Whether the time of the run is over: then no test takes more than `npm test` takes. */
export function isOver(): boolean {
  return until !== null && millisecondsLeft(until) === 0;
}

/** Counts what a test tried; the summary of the run prints the sums. */
export function tried(what: string, count = 1): void {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) return;
  const { tried: counts = {} } = test.meta;
  test.meta.tried = { ...counts, [what]: (counts[what] ?? 0) + count };
}

/** For the message of an expectation on what was drawn: the command that draws the same again. */
export function howToRepeat(): string {
  const { testPath = "", currentTestName = "" } = expect.getState();
  const name = currentTestName
    .split(" > ")
    .join(" ")
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const file = relative(process.cwd(), testPath);
  return (
    `To repeat: ${repeating({ amount, seed, until })}` +
    `npx vitest run --config .config/vitest.config.ts ${file} -t '${name.replaceAll("'", "'\\''")}'\n`
  );
}

/** Without its file, so that the seed survives a move. */
function testName(): string {
  return expect.getState().currentTestName ?? "";
}

/** A number of 31 bits that is the same for the same seed and text. */
function numberFrom(text: string): number {
  return createHash("sha256").update(`${seed} ${text}`).digest().readUInt32BE() >>> 1;
}

function shuffled<Item>(all: readonly Item[], name: string): Item[] {
  return all
    .map((item, at) => ({ item, order: numberFrom(`${name} ${at}`) }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

function millisecondsLeft(end: number): number {
  return Math.max(0, end * 1000 - Date.now());
}

function cutShort(taken: number, most: number): void {
  const test = TestRunner.getCurrentTest();
  if (test !== undefined) test.meta.cut = { taken, most };
}
