import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSource } from "../../cli/source/open.ts";
import type { Finding } from "../../engine/index.ts";
import { causeOf } from "../../engine/report/cause.ts";
import { instanceKeys, withoutInstances, withoutKeys } from "../../engine/report/instance-keys.ts";
import { fixturesFolder } from "../../fixtures/fixtures.ts";
import { checkAll, planBytes } from "../check-fixture.ts";

function cause(address: string | null, name: string | null = null, location: Finding["location"] = null) {
  return causeOf({ policy: "ECS-004", subject: { kind: "container", address, name, action: "create" }, location });
}

describe("without the source the cause is the address in the configuration", () => {
  it.each<[string | null, string | null, string]>([
    [null, null, "plan"],
    ["aws_x.y", null, "aws_x.y"],
    ["aws_x.y[3]", null, "aws_x.y"],
    ['module.a["k"].module.b[0].aws_x.y["v"]', null, "module.a.module.b.aws_x.y"],
    ["data.aws_x.y[0]", "policy/AllowPush", "data.aws_x.y#policy/AllowPush"],
    ["var.password", null, "var.password"],
    ['module.a["k"].aws_x.y', "k", "module.a.aws_x.y#{key}"],
    ['module.a["k"].aws_x.y', "agent", "module.a.aws_x.y#agent"],
    ['module.a["k"].aws_x.y', "k-agent/TOKEN", "module.a.aws_x.y#{key}-agent/TOKEN"],
    ['module.a["k"].aws_x.y', "kk", "module.a.aws_x.y#kk"],
    ['module.a["web"].aws_x.y["web-1"]', "web-1/web", "module.a.aws_x.y#{key}/{key}"],
    ["aws_x.y[0]", "web-0", "aws_x.y#web-{key}"],
    // Positions are no identity.
    ["aws_x.y[0]", "policy/0", "aws_x.y#policy/*"],
    ["aws_x.y", "containers[2]/environment[1]", "aws_x.y#containers[*]/environment[*]"],
    ["aws_x.y", "PowerUserAccess/0/attached", "aws_x.y#PowerUserAccess/*/attached"],
  ])("%s %s", (address, name, expected) => {
    expect(cause(address, name).id).toBe(`ECS-004 ${expected}`);
  });

  it("while a waiver names a part that has no name by its position", () => {
    expect(cause("aws_x.y[0]", "policy/0").resource).toBe("aws_x.y#policy/0");
  });
});

describe("with the source it is the line to change", () => {
  it("that of the attribute or block, in a module too", () => {
    const place = { file: "modules/service/main.tf", line: 12 };
    expect(cause('module.a["k"].aws_x.y', "k", { ...place, of: "attribute" })).toEqual({
      id: "ECS-004 modules/service/main.tf:12",
      policy: "ECS-004",
      place,
      resource: "module.a.aws_x.y#{key}",
    });
  });

  it("of a downloaded module that of its call", () => {
    const call = { file: "main.tf", line: 3 };
    const location = { file: ".terraform/modules/a/main.tf", line: 12, of: "attribute" as const, call };
    expect(cause("module.a.aws_x.y", null, location)).toMatchObject({ id: "ECS-004 main.tf:3", place: call });
  });
});

it("what stands for a key tells names of one instance apart as the names themselves do", () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,3}([-_./][a-z0-9]{1,3}){0,2}$/);
  fc.assert(
    fc.property(word, word, fc.array(word, { maxLength: 2 }), (one, other, keys) => {
      const address = `${keys.map((key) => `module.a[${JSON.stringify(key)}].`).join("")}aws_x.y`;
      const own = instanceKeys(address);
      expect(own.map(({ text }) => text)).toEqual(keys);
      expect(withoutInstances(address)).toBe(`${"module.a.".repeat(keys.length)}aws_x.y`);
      // With one key nothing is lost; with several a name may hold either.
      if (keys.length < 2 && one !== other) expect(withoutKeys(one, own)).not.toBe(withoutKeys(other, own));
    }),
  );
});

describe("twenty services of one module with 21 faults", async () => {
  const { source } = await openSource(`${fixturesFolder}/one-module`, ".");
  const ofSource = await checkAll(planBytes("one-module"), { all: false, source });
  const ofPlan = await checkAll(planBytes("one-module"), { all: false });
  const count = (findings: readonly Finding[]) => {
    const causes = new Map<string, number>();
    for (const { verdict, cause: id } of findings) if (verdict === "fail") causes.set(id, (causes.get(id) ?? 0) + 1);
    return [...causes].map(([id, number]) => `${number} ${id}`).sort();
  };

  it("are 21 lines to change", () => {
    expect(count(ofSource.findings)).toMatchInlineSnapshot(`
      [
        "1 ECS-025 main.tf:10",
        "20 ECR-001 modules/service/main.tf:14",
        "20 ECR-002 modules/service/main.tf:9",
        "20 ECR-003 modules/service/main.tf:11",
        "20 ECR-004 modules/service/main.tf:9",
        "20 ECR-007 modules/service/main.tf:9",
        "20 ECS-001 modules/service/main.tf:66",
        "20 ECS-001 modules/service/main.tf:86",
        "20 ECS-002 modules/service/main.tf:66",
        "20 ECS-004 modules/service/main.tf:68",
        "20 ECS-006 modules/service/main.tf:64",
        "20 ECS-006 modules/service/main.tf:89",
        "20 ECS-011 modules/service/main.tf:72",
        "20 ECS-014 modules/service/main.tf:84",
        "20 ECS-015 modules/service/main.tf:90",
        "20 ECS-018 modules/service/main.tf:100",
        "20 ECS-019 modules/service/main.tf:106",
        "20 ECS-020 modules/service/main.tf:101",
        "20 IAM-002 modules/service/main.tf:39",
        "20 IAM-004 modules/service/main.tf:40",
        "20 IAM-016 modules/service/main.tf:40",
        "20 KMS-001 modules/service/main.tf:9",
        "20 SSM-001 modules/service/main.tf:50",
      ]
    `);
  });

  it("are as many without the source", () => {
    expect(count(ofPlan.findings)).toMatchInlineSnapshot(`
      [
        "1 ECS-025 aws_ecs_cluster.shop",
        "20 ECR-001 module.service.aws_ecr_repository.this",
        "20 ECR-002 module.service.aws_ecr_repository.this",
        "20 ECR-003 module.service.aws_ecr_repository.this",
        "20 ECR-004 module.service.aws_ecr_repository.this",
        "20 ECR-007 module.service.aws_ecr_repository.this",
        "20 ECS-001 module.service.aws_ecs_task_definition.this#agent",
        "20 ECS-001 module.service.aws_ecs_task_definition.this#{key}",
        "20 ECS-002 module.service.aws_ecs_task_definition.this#{key}",
        "20 ECS-004 module.service.aws_ecs_task_definition.this#{key}",
        "20 ECS-006 module.service.aws_ecs_task_definition.this#agent",
        "20 ECS-006 module.service.aws_ecs_task_definition.this#{key}",
        "20 ECS-011 module.service.aws_ecs_task_definition.this#{key}/DB_PASSWORD",
        "20 ECS-014 module.service.aws_ecs_task_definition.this#agent",
        "20 ECS-015 module.service.aws_ecs_task_definition.this#agent",
        "20 ECS-018 module.service.aws_ecs_service.this",
        "20 ECS-019 module.service.aws_ecs_service.this",
        "20 ECS-020 module.service.aws_ecs_service.this",
        "20 IAM-002 module.service.aws_iam_role_policy.task#policy/*",
        "20 IAM-004 module.service.aws_iam_role_policy.task#policy/*",
        "20 IAM-016 module.service.aws_iam_role_policy.task#policy/*",
        "20 KMS-001 module.service.aws_ecr_repository.this",
        "20 SSM-001 module.service.aws_ssm_parameter.db_password",
      ]
    `);
  });
});
