import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { check, type Finding } from "../../engine/index.ts";
import { pack } from "../../policies/pack.ts";
import { encode, planBytes, planDocument, subjectId } from "../check-fixture.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [old, later] = [join(folder, "old.json"), join(folder, "new.json")];

/** The report on what stands before the plan, under the addresses of then. */
async function earlier(): Promise<unknown> {
  const plan = planDocument("later-plans/introduced");
  const changes = plan.resource_changes.flatMap(({ previous_address: previous, ...resource }) => {
    const before: unknown = Object(resource.change)["before"];
    const address = typeof previous === "string" ? previous : resource.address;
    const change = { ...resource.change, actions: ["no-op"], after: before, after_unknown: {} };
    return before === null ? [] : [{ ...resource, address, change }];
  });
  return check(encode({ ...plan, planned_values: undefined, resource_changes: changes }), { policies: pack });
}

const list = (findings: readonly Finding[], change: string) =>
  findings
    .filter((finding) => finding.change === change)
    .map(({ policy, subject }) => `${policy} ${subjectId(subject)}`);

it("two reports show what the later one introduces, makes worse and fixes", async () => {
  writeFileSync(old, JSON.stringify(await earlier()));
  writeFileSync(later, JSON.stringify(await check(planBytes("later-plans/introduced"), { policies: pack })));
  const { code, out, error } = await command(["diff", old, later, "--format", "json"]);
  const { findings, fixed, changes } = JSON.parse(out);
  expect([code, error]).toEqual([1, ""]);
  expect(changes.existing).toEqual({ fail: 34, unknown: 0 });
  expect(list(findings, "worse")).toEqual(["IAM-002 aws_iam_role_policy.statements#policy/2"]);
  const introduced = list(findings, "introduced").filter((line) => /statements|ECS-005/.test(line));
  // Only a plan holds what stands there, by which it is told that a container has but another name.
  expect(introduced).toEqual([
    "ECS-005 aws_ecs_task_definition.web#agent",
    "ECS-005 aws_ecs_task_definition.web#gateway",
    "IAM-006 aws_iam_role_policy.statements#policy/0",
    "IAM-002 aws_iam_role_policy.statements#policy/0",
  ]);
  expect(list(fixed, "fixed").filter((line) => /statements|repaired/.test(line))).toEqual([
    "ECR-003 aws_ecr_repository.repaired",
    "IAM-002 aws_iam_role_policy.statements#policy/1",
  ]);
});

it("equal reports differ in nothing, and nothing blocks", async () => {
  const { code, out } = await command(["diff", old, old]);
  expect([code, out.split("\n").slice(-4)]).toEqual([
    0,
    [
      "Changes     This plan introduces no findings. 47 findings stood before it. Those that stood before",
      "            are not listed: --block all lists them.",
      "Nothing blocks.",
      "",
    ],
  ]);
});

it("what is no report is said to be none", async () => {
  writeFileSync(join(folder, "plan.json"), planBytes("ssm"));
  writeFileSync(join(folder, "text.json"), "no report");
  const said = async (...files: string[]) => (await command(["diff", ...files])).error.replaceAll(folder, "");
  const how = "write one by plimsoll check <plan> --format json=report.json\n";
  expect(await said(join(folder, "plan.json"), later)).toBe(
    `plimsoll: /plan.json: is no JSON report of this plimsoll: version is not as plimsoll schema report has it; ${how}`,
  );
  expect(await said(old, join(folder, "text.json"))).toBe(`plimsoll: /text.json: is no JSON; ${how}`);
  expect(await said(join(folder, "none.json"), later)).toBe(`plimsoll: /none.json: no such file; ${how}`);
});

it("a report to compare is neither overwritten nor taken away", async () => {
  const before = readFileSync(old, "utf8");
  const { code, error } = await command(["diff", old, later, "--format", `json=${old}`]);
  expect([code, error]).toEqual([2, `plimsoll: --format json=${old}: this is a report to compare\n`]);
  expect(readFileSync(old, "utf8")).toBe(before);
});
