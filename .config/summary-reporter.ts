import type { Reporter, TestCase, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import { repeating, type Sampling } from "./sampling.ts";

/**
 * Ends the run with lines that any reader of the log understands: the seed of the samples, what was cut short, what was
 * skipped and why, and the counts, which stay last.
 */
export class SummaryReporter implements Reporter {
  readonly #sampling: Sampling;
  #isSelected = false;

  constructor(sampling: Sampling) {
    this.#sampling = sampling;
  }

  onInit({ config }: Vitest): void {
    this.#isSelected = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    // A file that cannot be loaded has no tests to count, and an error outside of all tests fails the run.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const [passed, failed, skipped] = [count("passed"), count("failed") + broken, count("skipped")];
    const lines = [
      `Seed ${this.#sampling.seed}; the same samples again: ${repeating(this.#sampling)}npm test`,
      ...(reason === "interrupted" ? [`Interrupted: ${count("pending")} tests did not run.`] : []),
      ...cutLine(tests),
      ...this.#skipLine(tests),
      `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`,
    ];
    process.on("exit", () => process.stdout.write(`${lines.join("\n")}\n`));
  }

  /** `Skipped: 18 need Chromium; 2 need a user who is not root.` */
  #skipLine(tests: readonly TestCase[]): string[] {
    const reasons = new Map<string, number>();
    for (const test of tests.filter((each) => each.result().state === "skipped")) {
      const other = this.#isSelected ? "are not selected by -t" : "give no reason";
      const reason = test.meta().needs ?? other;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    if (reasons.size === 0) return [];
    return [`Skipped: ${[...reasons].map(([reason, count]) => `${count} ${reason}`).join("; ")}.`];
  }
}

/** `Cut short by the time: "a > b" after 7 of 60 cases; ...` */
function cutLine(tests: readonly TestCase[]): string[] {
  const cut = tests.flatMap((test) => {
    const { cut: howFar } = test.meta();
    return howFar === undefined ? [] : [`"${test.fullName}" after ${howFar}`];
  });
  return cut.length === 0 ? [] : [`Cut short by the time, which is no failure: ${cut.join("; ")}.`];
}
