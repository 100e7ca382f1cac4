import { describe, expect, it } from "vitest";
import { runExamples } from "../../engine/evaluate/examples.ts";
import { pack } from "../../policies/pack.ts";

describe("the examples of the shipped policies", () => {
  it.each(pack.map((policy) => [policy.id, policy] as const))("%s", async (_, policy) => {
    const results = await runExamples(policy);
    expect(results.map(({ example, actual }) => [example, actual])).toEqual(
      results.map(({ example, expected }) => [example, expected]),
    );
  });
});

it("every policy has an example that fails, and one that passes where any can", () => {
  const without = (outcome: "fail" | "pass") =>
    pack.filter(({ examples }) => examples[outcome].length === 0).map(({ id }) => id);
  // IAM-008 passes where a parameter names the user; IAM-015 is off by default.
  expect({ fail: without("fail"), pass: without("pass") }).toEqual({
    fail: ["IAM-015"],
    pass: ["ECR-006", "IAM-008", "IAM-015", "PLN-003"],
  });
});
