import { expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";

const plan = planFile("shop/corrected");

async function ran(...args: readonly string[]): Promise<string[]> {
  const { out } = await command(["check", plan, ...args, "--format", "json"]);
  return JSON.parse(out).run.policies.run;
}

it.each([
  ["one control", ["--control", "security-hub:ECS.5"], ["ECS-006"]],
  ["by the name that policy files use", ["--control", "aws-security-hub:ECR.3"], ["ECR-004"]],
  ["several", ["--control", "security-hub:ECS.5", "cis-aws:3.6"], ["ECS-006", "KMS-003"]],
  ["a glob", ["--control", "security-hub:ECR.[12]", "security-hub:ECR.*"], null],
  ["beside --select", ["--control", "security-hub:KMS.4", "--select", "ECR-001"], ["ECR-001", "KMS-003"]],
  [
    "without what is left out",
    ["--control", "security-hub:ECR.*", "--skip", "KMS-*", "ECR-003"],
    ["ECR-001", "ECR-004"],
  ],
  ["a countermeasure of NIST", ["--control", "nist-800-190:4.2.1"], ["CICD-008", "NET-006"]],
])("--control: %s", async (_, args, expected) => {
  if (expected === null) {
    const { code, error } = await command(["check", plan, ...args]);
    expect([code, error]).toEqual([
      2,
      expect.stringContaining("--control security-hub:ECR.[12]: no policy stands for it"),
    ]);
  } else expect(await ran(...args)).toEqual(expected);
});

it("a section is all that stands below it", async () => {
  const [all, one] = await Promise.all([ran("--control", "nist:4.2"), ran("--control", "nist:4.2.2")]);
  expect(one.filter((id) => !all.includes(id))).toEqual([]);
  expect(all.length).toBeGreaterThan(one.length);
});

it.each([
  ["security-hub:ECS.99", "no policy stands for it; of aws-security-hub there are: CloudWatch.16,"],
  ["pci:1", "write a framework and one of its controls, as nist-800-190:4.1.1; frameworks are"],
  ["ECS.5", "write a framework and one of its controls"],
])("a control that no policy has is told: %s", async (control, reason) => {
  const { code, error } = await command(["check", plan, "--control", control]);
  expect([code, error]).toEqual([2, expect.stringContaining(reason)]);
});
