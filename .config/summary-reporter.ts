import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";
import { repeating, type Sampling } from "./sampling.ts";

/**
 * Ends the run with lines that any reader of the log understands: the seed of the samples, what was cut short, what was
 * skipped and why, and the counts, which stay last; also where the run is ended from outside.
 */
export class SummaryReporter implements Reporter {
  readonly #sampling: Sampling;
  readonly #modules: TestModule[] = [];
  #isSelected = false;

  constructor(sampling: Sampling) {
    this.#sampling = sampling;
  }

  onInit({ config }: Vitest): void {
    this.#isSelected = config.testNamePattern !== undefined;
    process.once("SIGTERM", () => {
      const { lines, failed } = this.#summary(this.#modules, []);
      process.stdout.write(`\n${["Ended from outside.", ...lines].join("\n")}\n`, () =>
        process.exit(failed === 0 ? 143 : 1),
      );
    });
  }

  onTestModuleCollected(module: TestModule): void {
    this.#modules.push(module);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const { lines } = this.#summary(modules, errors);
    process.on("exit", () => process.stdout.write(`${lines.join("\n")}\n`));
  }

  #summary(modules: readonly TestModule[], errors: readonly unknown[]): { lines: string[]; failed: number } {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that cannot be loaded has no tests to count, and an error outside of all tests fails the run.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const [passed, failed, skipped, pending] = [
      count("passed"),
      count("failed") + broken,
      count("skipped"),
      count("pending"),
    ];
    const lines = [
      `Seed ${this.#sampling.seed}; the same samples again: ${repeating(this.#sampling)}npm test`,
      ...(pending === 0 ? [] : [`Not run to the end: ${pending} tests.`]),
      ...triedLine(tests),
      ...cutLines(tests),
      ...this.#skipLine(tests),
      `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`,
    ];
    return { lines, failed };
  }

  /** `Skipped: 18 need Chromium; 2 need a user who is not root.` */
  #skipLine(tests: readonly TestCase[]): string[] {
    const reasons = new Map<string, number>();
    for (const test of tests) {
      const result = test.result();
      if (result.state !== "skipped") continue;
      const other = this.#isSelected ? "are not selected by -t" : "give no reason";
      const reason = test.meta().needs ?? result.note ?? other;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    if (reasons.size === 0) return [];
    return [`Skipped: ${[...reasons].map(([reason, count]) => `${count} ${reason}`).join("; ")}.`];
  }
}

/** `Tried: 1,284 canaries; 60 hostile names, exit code 2.` */
function triedLine(tests: readonly TestCase[]): string[] {
  const sums = new Map<string, number>();
  for (const test of tests)
    for (const [what, count] of Object.entries(test.meta().tried ?? {})) sums.set(what, (sums.get(what) ?? 0) + count);
  if (sums.size === 0) return [];
  const parts = [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([what, sum]) => `${sum} ${what}`);
  return [`Tried: ${parts.join("; ")}.`];
}

/** `Cut short by the time, which is no failure: 2 properties, after 30 of 600 cases.`, and each of them. */
function cutLines(tests: readonly TestCase[]): string[] {
  const cut = tests.flatMap((test) => {
    const { cut: howFar } = test.meta();
    return howFar === undefined ? [] : [{ name: test.fullName, ...howFar }];
  });
  if (cut.length === 0) return [];
  const sum = (of: "taken" | "most") => cut.reduce((all, each) => all + each[of], 0);
  return [
    `Cut short by the time, which is no failure: ${cut.length} properties, after ${sum("taken")} of ${sum("most")} cases.`,
    ...cut.map(({ name, taken, most }) => `  ${name}: ${taken} of ${most}`),
  ];
}
