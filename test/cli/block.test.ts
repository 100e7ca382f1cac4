import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-block-"));
afterAll(() => rmSync(folder, { recursive: true }));

const plan = planFile("later-plans/introduced");

async function codeOf(args: readonly string[], config = "failOn: high\n"): Promise<number> {
  writeFileSync(join(folder, "plimsoll.yaml"), config);
  return (await command(["check", plan, ...args], { cwd: folder })).code;
}

it("the exit code follows what blocks: by the option, by the configuration, by policy, and by severity in any case", async () => {
  // Of IAM-002 one statement is introduced and one is worse; of ECR-001 the repository of a new instance is introduced.
  expect(await codeOf(["--select", "IAM-002", "--fail-on", "medium", "--block", "introduced"])).toBe(1);
  // Nothing of ECS-004 is new but a container that keeps to it.
  expect(await codeOf(["--select", "ECS-004"])).toBe(1);
  expect(await codeOf(["--select", "ECS-004", "--block", "introduced"])).toBe(0);
  expect(await codeOf(["--select", "ECS-004"], "block: introduced\n")).toBe(0);
  expect(await codeOf(["--select", "ECS-004", "--block", "all"], "block: introduced\n")).toBe(1);
  expect(await codeOf(["--select", "ECS-004"], "overrides:\n  - { policy: ECS-004, block: introduced }\n")).toBe(0);
  expect(await codeOf(["--select", "ECS-004"], "block: introduced\nblockAlways: critical\n")).toBe(0);
  expect(await codeOf(["--select", "ECS-004"], "block: introduced\nblockAlways: high\n")).toBe(1);
});
