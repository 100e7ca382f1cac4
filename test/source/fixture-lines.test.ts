import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openSource } from "../../cli/source/open.ts";
import type { Finding } from "../../engine/index.ts";
import { fixtures, fixturesFolder } from "../../fixtures/fixtures.ts";
import { synthesize } from "../../fixtures/stack.ts";
import { checkAll, planBytes, reportOf, subjectId } from "../check-fixture.ts";
import { some } from "../thorough.ts";

const work = mkdtempSync(join(tmpdir(), "plimsoll-source-"));
afterAll(() => rmSync(work, { recursive: true }));

/** The findings of a plan with their places: policy, subject, place, and what the line there says. */
async function findingLines(fixture: string, folder: string): Promise<string[]> {
  const { source, warnings } = await openSource(folder, ".");
  expect(warnings).toEqual([]);
  const { findings } = await checkAll(planBytes(fixture), { all: false, source });
  return findings.map((finding) => {
    const { policy, subject, location } = finding;
    const id = `${policy} ${subjectId(subject)}`;
    if (location === null) return `${id} -> nowhere`;
    const call = location.call === undefined ? "" : `, called at ${location.call.file}:${location.call.line}`;
    return `${id} -> ${location.file}:${location.line} (${location.of}${call}) ${textAt(folder, location)}`;
  });
}

function textAt(folder: string, { file, line }: { file: string; line: number }): string {
  return readFileSync(join(folder, file), "utf8").split("\n")[line - 1]?.trim() ?? "";
}

/** The fixture without what Terraform needs to plan it offline, so that two of its modules are far away. */
function faraway(name: string): string {
  const folder = join(work, name);
  cpSync(join(fixturesFolder, "source-map"), folder, { recursive: true });
  rmSync(join(folder, "offline_override.tf"));
  rmSync(join(folder, "downloaded"), { recursive: true });
  return folder;
}

/** As `terraform init` leaves it behind. */
function install(folder: string, calls: readonly string[]): void {
  const modules = calls.map((call) => {
    cpSync(join(fixturesFolder, "source-map/downloaded/mirror"), join(folder, ".terraform/modules", call), {
      recursive: true,
    });
    return { Key: call, Source: "git::https://git.example.com/modules.git//mirror", Dir: `.terraform/modules/${call}` };
  });
  mkdirSync(join(folder, ".terraform/modules"), { recursive: true });
  const manifest = { Modules: [{ Key: "", Source: "", Dir: "." }, ...modules] };
  writeFileSync(join(folder, ".terraform/modules/modules.json"), JSON.stringify(manifest));
}

// Read line by line against the configurations.
describe("the place of every finding", () => {
  it("in the shop", async () => {
    const lines = await findingLines("shop/faulty", join(fixturesFolder, "shop/faulty"));
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(fixturesFolder, "shop/faulty/lines.txt"));
  });

  it("in a tree of modules, one of them installed and one far away", async () => {
    const folder = faraway("installed");
    install(folder, ["mirror"]);
    const lines = await findingLines("source-map", folder);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(fixturesFolder, "source-map/lines.txt"));
  });

  it("is the call, where nothing is installed", async () => {
    const lines = await findingLines("source-map", faraway("nothing-installed"));
    const remote = lines.filter((line) => /module\.(?:mirror|archive)\./.test(line));
    expect(new Set(remote.map((line) => line.slice(line.indexOf("->"))))).toEqual(
      new Set(['-> main.tf:22 (module-call) module "mirror" {', '-> main.tf:28 (module-call) module "archive" {']),
    );
  });

  it("is what offline_override.tf says, with it", async () => {
    const lines = await findingLines("source-map", join(fixturesFolder, "source-map"));
    const remote = lines.filter((line) => /ECR-003 module\.(?:mirror|archive)\./.test(line));
    expect(remote.map((line) => line.slice(line.indexOf("->")))).toEqual([
      '-> downloaded/mirror/main.tf:6 (block) resource "aws_ecr_repository" "this" {',
      '-> downloaded/mirror/main.tf:6 (block) resource "aws_ecr_repository" "this" {',
    ]);
  });
});

it("what cdktf made: the line of its output, and the construct that wrote it", async () => {
  const folder = join(work, "cdktf");
  mkdirSync(folder);
  const { declare } = await import("../../fixtures/ssm/stack.ts");
  writeFileSync(join(folder, "cdk.tf.json"), synthesize("ssm", join(work, "cdktf.out"), declare));
  const { source } = await openSource(folder, ".");
  const { findings } = await checkAll(planBytes("ssm"), { all: false, source });
  const lines = findings
    .filter(({ policy }) => policy === "SSM-001" || policy === "SSM-002")
    .map(({ policy, subject, location }) => {
      if (location === null) return `${policy} ${subjectId(subject)} -> nowhere`;
      const { line, of, construct } = location;
      return `${policy} ${subjectId(subject)} -> ${line} ${of} ${construct}: ${textAt(folder, { file: "cdk.tf.json", line })}`;
    });
  expect(lines).toMatchInlineSnapshot(`
    [
      "SSM-001 aws_ssm_parameter.secret_camel -> 60 attribute ssm/secret_camel: "name": "/shop/dbPassword",",
      "SSM-001 aws_ssm_parameter.secret_list -> 49 attribute ssm/secret_list: "name": "/shop/API-KEY/keys",",
      "SSM-001 aws_ssm_parameter.secret_plain -> 38 attribute ssm/secret_plain: "name": "/shop/db/password",",
      "SSM-001 aws_ssm_parameter.named_later -> 93 attribute ssm/named_later: "name": "\${terraform_data.later.output}",",
      "SSM-001 aws_ssm_parameter.secret_type_later -> 83 attribute ssm/secret_type_later: "type": "\${terraform_data.later.output}",",
    ]
  `);
});

it("the waivers in the tree's comments, each with the addresses that its block makes", async () => {
  const folder = faraway("waivers");
  install(folder, ["mirror"]);
  const { findings } = await reportOf("source-map");
  const addresses = findings.flatMap(({ subject }) => subject.address ?? []);
  const { source } = await openSource(folder, ".");
  expect(
    source
      .waivers(addresses)
      .map(({ policy, resources, from, expires, owner }) => ({ policy, resources, from, expires, owner })),
  ).toMatchInlineSnapshot(`
    [
      {
        "expires": null,
        "from": "ecs.tf:6",
        "owner": null,
        "policy": "ECS-008",
        "resources": [
          "aws_ecs_task_definition.app",
        ],
      },
      {
        "expires": null,
        "from": "ecs.tf:6",
        "owner": null,
        "policy": "ECS-010",
        "resources": [
          "aws_ecs_task_definition.app",
        ],
      },
      {
        "expires": "2027-03-31",
        "from": "main.tf:11",
        "owner": "platform-team",
        "policy": "ECR-004",
        "resources": [
          "module.team["a.b[\\"c\\"]"].module.repository[0].aws_ecr_repository_policy.this",
          "module.team["a.b[\\"c\\"]"].module.repository[1].aws_ecr_repository_policy.this",
          "module.team["plain"].module.repository[0].aws_ecr_repository_policy.this",
          "module.team["plain"].module.repository[1].aws_ecr_repository_policy.this",
          "module.team["plain"].module.repository[0].aws_ecr_repository.this",
          "module.team["plain"].module.repository[1].aws_ecr_repository.this",
          "module.team["a.b[\\"c\\"]"].module.repository[0].aws_ecr_repository.this",
          "module.team["a.b[\\"c\\"]"].module.repository[1].aws_ecr_repository.this",
        ],
      },
      {
        "expires": null,
        "from": "people.tf.json:5",
        "owner": null,
        "policy": "IAM-011",
        "resources": [
          "aws_iam_role.people",
        ],
      },
    ]
  `);
});

/** What stands on a line can be what the finding is about: its block, a part of its attribute's path, or an element. */
function isPlausible({ subject, evidence, location }: Finding, text: string): boolean {
  if (location === null || subject.address === null) return false;
  if (location.of === "block") {
    const labels = [...text.matchAll(/"([^"]+)"/g)].map(([, label = ""]) => label);
    return labels.length > 0 && labels.every((label) => subject.address?.split(/[.[]/).includes(label));
  }
  const path = evidence.find((each) => each.path !== null && each.address === null)?.path ?? "";
  const names = path.split(/[.[\]]+/);
  const written = [...text.matchAll(/"?([\w-]+)"?\s*(?:[={:]|$)/g)].map(([, name = ""]) => name);
  return /^(?:\{|\w+\()/.test(text) || written.some((name) => names.includes(name));
}

describe("every verdict on a fixture in HCL has a place that can be right", () => {
  const written = fixtures.filter(({ language }) => language === "hcl");
  it.each(some(written, "fixture", "places of verdicts"))("$name", async ({ name }) => {
    const folder = join(fixturesFolder, name);
    const { source } = await openSource(folder, ".");
    const { findings } = await checkAll(planBytes(name), { source });
    const wrong = findings.filter((finding) => {
      const { subject, location } = finding;
      // A provider block that provider.tf gives to all fixtures, and the plan itself; and what is destroyed may stand nowhere.
      if (subject.address === null || subject.address.startsWith("provider.")) return false;
      if (location === null && (subject.action === "delete" || subject.action === "forget")) return false;
      return location === null || !isPlausible(finding, textAt(folder, location));
    });
    expect(
      wrong.map(({ policy, subject, evidence, location }) => [
        policy,
        subjectId(subject),
        evidence[0]?.path,
        location && `${location.file}:${location.line} ${textAt(folder, location)}`,
      ]),
    ).toEqual([]);
  });
});
