import { check } from "./check.ts";
import { runExamples } from "./evaluate/examples.ts";
import type { Outcome } from "./evaluate/outcome.ts";
import type { PlanExample, Policy } from "./policy/policy.ts";

/** What an example or a plan came to that was to come to something else. */
export interface TestFailure {
  /** `fail[1]` for the second example that is to fail, `plan shop.json` for a plan. */
  readonly of: string;
  readonly lines: readonly string[];
}

/** The tests of one policy. */
export interface PolicyTest {
  readonly policy: string;
  readonly title: string;
  readonly examples: number;
  readonly plans: number;
  /** What no example shows: a policy that is not shown to fail proves nothing. */
  readonly missing: readonly ("pass" | "fail")[];
  readonly failures: readonly TestFailure[];
}

/**
 * Runs the examples of a policy.
 * @param readPlan reads the plan that an example names
 * @throws PlanError where one cannot be judged
 */
export async function testPolicy(policy: Policy, readPlan: (plan: string) => Promise<Uint8Array>): Promise<PolicyTest> {
  const results = await runExamples(policy);
  const failures: TestFailure[] = results.flatMap(({ expected, actual, example, at }) =>
    expected === actual
      ? []
      : [{ of: `${expected}[${at}]`, lines: [JSON.stringify(example), `- ${expected}`, `+ ${actual}`] }],
  );
  for (const example of policy.plans) {
    const lines = await differences(policy, example, await readPlan(example.plan));
    if (lines.length > 0) failures.push({ of: `plan ${example.plan}`, lines });
  }
  const shown = (verdict: "pass" | "fail") =>
    policy.examples[verdict].length > 0 || policy.plans.some((plan) => (plan[verdict] ?? []).length > 0);
  return {
    policy: policy.id,
    title: policy.title,
    examples: results.length,
    plans: policy.plans.length,
    missing: (["pass", "fail"] as const).filter((verdict) => !shown(verdict)),
    failures,
  };
}

/** One line for each finding that is expected and not there (`-`), or there and not expected (`+`). */
async function differences(policy: Policy, example: PlanExample, plan: Uint8Array): Promise<string[]> {
  const { findings } = await check(plan, {
    policies: [policy],
    all: true,
    parameters: { ...example.parameters, [policy.id]: example.parameters },
  });
  const compared: readonly Outcome[] = ["fail", "unknown", "pass", "not-applicable"];
  return compared.flatMap((outcome) => {
    const expected = example[outcome];
    if (expected === undefined) return [];
    const found = findings
      .filter(({ verdict }) => verdict === outcome)
      .map(({ subject }) => `${subject.address ?? "plan"}${subject.name === null ? "" : `#${subject.name}`}`);
    return [
      ...expected.filter((name) => !found.includes(name)).map((name) => `- ${outcome} ${name}`),
      ...found.filter((name) => !expected.includes(name)).map((name) => `+ ${outcome} ${name}`),
    ];
  });
}
