import { describe, expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const work = testFolder();

function policy(id: string, type: string, more = ""): string {
  return `id: ${id}
title: Sizes are small
severity: medium
subject: resource
type: ${type}
why: Large ones cost more.
fix: Make it smaller.
parameters:
  most: { type: number, default: 3, description: The largest size. }
conditions:
  all:
    - { fact: size, operator: lessThanInclusive, value: { parameter: most } }
${more}examples:
  pass:
    - { size: 3 }
    - { size: 4, most: 4 }
  fail:
    - { size: 4 }
    - { size: 3, most: 2 }
`;
}

const broken = "id: TEAM-002\ntitel: x\n";

describe("a policy file that cannot be used", () => {
  const files = { "policies/good.yaml": policy("TEAM-001", "aws_s3_bucket"), "policies/broken.yaml": broken };
  const mistake = 'policies/broken.yaml:2:1: titel: unknown key "titel"; did you mean "title"?';

  it("stops a check", async () => {
    const { code, out, error } = await command(["check", planFile("first-plan"), "--policies", "policies"], {
      cwd: work(files),
    });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toContain(mistake);
  });

  it("does not keep the others from being listed and explained, and is told", async () => {
    const cwd = work(files);
    const listed = await command(["policies", "--policies", "policies"], { cwd });
    expect(listed.code).toBe(2);
    expect(listed.error).toContain(mistake);
    expect(listed.out).toMatch(/^TEAM-001 +medium +aws_s3_bucket +Sizes are small$/m);
    const explained = await command(["explain", "TEAM-001", "--policies", "policies"], { cwd });
    expect(explained.code).toBe(2);
    expect(explained.error).toContain(mistake);
    expect(explained.out).toMatch(/^TEAM-001 {2}Sizes are small\n/);
    expect((await command(["explain", "ECS-005", "--policies", "policies"], { cwd })).out).toMatch(/^ECS-005 /);
  });
});

it("an example may set parameters", async () => {
  const cwd = work({ "good.yaml": policy("TEAM-001", "aws_s3_bucket") });
  expect(await command(["test", "good.yaml"], { cwd })).toMatchObject({ code: 0, error: "" });
  const wrong = policy("TEAM-001", "aws_s3_bucket").replace("{ size: 3, most: 2 }", '{ size: 3, most: "2" }');
  const { code, error } = await command(["test", "wrong.yaml"], { cwd: work({ "wrong.yaml": wrong }) });
  expect(code).toBe(2);
  expect(error).toContain('the parameter "most" is a number');
});

describe("a resource type", () => {
  const warnings = async (type: string, more = "") => {
    const cwd = work({ "one.yaml": policy("TEAM-001", type, more) });
    const { error } = await command(["check", planFile("first-plan"), "--policies", "one.yaml"], { cwd });
    return error.split("\n").filter((line) => line.includes("TEAM-001"));
  };
  const file = planFile("first-plan");

  it("that the AWS provider has not gets a warning with the nearest one", async () => {
    expect(await warnings("aws_s3_buckett")).toEqual([
      `plimsoll: warning: ${file}: policy TEAM-001: type: no resource has the type "aws_s3_buckett", so that it finds none; did you mean "aws_s3_bucket"?`,
    ]);
  });

  it("that it has gets none, whether the plan holds one or not", async () => {
    expect(await warnings("aws_s3_bucket")).toEqual([]);
    expect(await warnings("aws_ecr_repository")).toEqual([]);
  });

  it("of a provider whose schema is not here may be right, unless one of the plan is near", async () => {
    expect(await warnings("google_storage_bucket")).toEqual([]);
  });

  it("of related resources is looked at too", async () => {
    const related = "related:\n  block: { type: aws_s3_bucket_public_acces_block, attribute: bucket }\n";
    expect(await warnings("aws_s3_bucket", related)).toEqual([
      `plimsoll: warning: ${file}: policy TEAM-001: related.block.type: no resource has the type "aws_s3_bucket_public_acces_block", so that it finds none; did you mean "aws_s3_bucket_public_access_block"?`,
    ]);
  });
});
