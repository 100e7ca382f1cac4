import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fixturesFolder, planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-source-"));
afterAll(() => rmSync(folder, { recursive: true }));

function work(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(path, file, ".."), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

const select = ["--select", "ECS-005", "ECR-003"];

it("a comment waives for what its block makes; one of no policy is named", async () => {
  const text = 'resource "aws_ecs_task_definition" "app"';
  const cwd = work("waived", {});
  cpSync(join(fixturesFolder, "source-map"), cwd, { recursive: true });
  const waiver = "# plimsoll:waive ECS-005, ECS-555 until 2027-01-01 owner me: needed for now";
  const file = join(cwd, "ecs.tf");
  writeFileSync(file, readFileSync(file, "utf8").replace(text, `${waiver}\n${text}`));
  const args = ["check", "plan.json", "--select", "ECS-005", "--format", "json"];
  const ran = await command(args, { cwd });
  const { findings, waivers, summary } = JSON.parse(ran.out);
  expect([ran.code, ran.error]).toEqual([
    0,
    "plimsoll: warning: plan.json: ecs.tf:1: waives ECS-555, and there is no policy of that id, so that it waives nothing\n",
  ]);
  expect([summary.blocking, summary.waived, findings.length, findings[0].waiver, waivers.length]).toEqual([
    0,
    1,
    1,
    { reason: "needed for now", owner: "me", expires: "2027-01-01", from: "ecs.tf:1" },
    1,
  ]);
  expect((await command(args, { cwd, today: "2027-01-02" })).code).toBe(1);
  renameSync(file, join(cwd, "\u001b[31m.tf"));
  expect((await command(args, { cwd })).error).toBe(
    "plimsoll: warning: plan.json: \\u001b[31m.tf:1: waives ECS-555, and there is no policy of that id, so that it waives nothing\n",
  );
});

describe("the source of a plan", () => {
  const tree = join(folder, "tree");
  cpSync(join(fixturesFolder, "source-map"), tree, { recursive: true });
  rmSync(join(tree, "offline_override.tf"));

  it("is the working directory where that has .tf files", async () => {
    const ran = await command(["check", "plan.json", ...select], { cwd: tree });
    expect([ran.code, ran.error]).toEqual([1, ""]);
    expect(ran.out.split("\n\n").map((block) => block.split("\n      why")[0])).toMatchInlineSnapshot(`
      [
        "  CRITICAL  ECS-005  Container \`web\` runs privileged, with the rights of root on its host
            ecs.tf:23: aws_ecs_task_definition.app#web
            23 | privileged = true
            fix  Remove privileged and add the one capability that is needed in
                 linuxParameters.capabilities.",
        "  HIGH      ECR-003  Tags of repository \`base-{key}\` can be overwritten
            override.tf:3: ×2: 0 and 1
            3 | image_tag_mutability = "MUTABLE"
            fix  Set image_tag_mutability = "IMMUTABLE" and tag images with the commit id.
        HIGH      ECR-003  Tags of repository \`archive\` can be overwritten
            main.tf:28 (the call of the module): module.archive.aws_ecr_repository.this
        HIGH      ECR-003  Tags of repository \`mirror\` can be overwritten
            main.tf:22 (the call of the module): module.mirror.aws_ecr_repository.this
        HIGH      ECR-003  Tags of repository \`odd/0\` can be overwritten
            modules/team/repository/main.tf:3: ×2: 0 and 1
            3 | image_tag_mutability = var.mutability",
        "What to do first     removes  left
        CRITICAL          1      6  ecs.tf:23 (ECS-005)
        HIGH              2      4  override.tf:3 (ECR-003)
        HIGH              2      2  modules/team/repository/main.tf:3 (ECR-003)
        HIGH              1      1  main.tf:28 (ECR-003)
        HIGH              1      0  main.tf:22 (ECR-003)",
        "Plan        plan.json, Terraform 1.11.4
      Resources   17 in the plan: 9 judged, 0 to be destroyed or forgotten, 8 not evaluated (no policy for
                  them: aws_ecr_repository_policy 6, aws_iam_policy 1, aws_iam_role 1)
      Verdicts    7 fail (1 critical, 6 high, 0 medium, 0 low), 0 unknown, 3 pass, 0 not applicable
      Run         plimsoll 0.1.0; 2 policies (97 skipped); high or worse blocks; planned at
                  2026-01-01T00:00:00Z
      Next        plimsoll explain ECS-005: why it matters, with examples; --list instances: each finding
      Blocked by 7 findings of 5 causes.
      ",
      ]
    `);
  });

  it("is the folder that --source names, seen from the working directory", async () => {
    const expected = await command(["check", "plan.json", ...select, "--format", "json"], { cwd: tree });
    const named = await command(["check", planFile("source-map"), ...select, "--format", "json", "--source", "tree"], {
      cwd: folder,
    });
    interface Placed {
      readonly location: { readonly file: string; readonly call?: { readonly file: string } } | null;
      readonly policy: string;
      readonly cause: string;
    }
    const below = ({ location, cause, ...finding }: Placed) => ({
      ...finding,
      cause: location === null ? cause : cause.replace(`${finding.policy} `, `${finding.policy} tree/`),
      location: location && {
        ...location,
        file: `tree/${location.file}`,
        ...(location.call === undefined ? {} : { call: { ...location.call, file: `tree/${location.call.file}` } }),
      },
    });
    expect(JSON.parse(named.out).findings).toEqual(JSON.parse(expected.out).findings.map(below));
  });

  it("is none without either: then nothing is said of places", async () => {
    const report = await command(["check", planFile("source-map"), "--format", "json"], { cwd: folder });
    const places = JSON.parse(report.out).findings.map(({ location }: { location: unknown }) => location);
    expect(new Set(places)).toEqual(new Set([null]));
  });

  it("a source of something else says nothing", async () => {
    const other = work("other", { "main.tf": 'resource "aws_ecs_task_definition" "other" {}\n' });
    const ran = await command(["check", planFile("source-map"), "--format", "json", "--source", other]);
    const places = JSON.parse(ran.out).findings.map(({ location }: { location: unknown }) => location);
    expect(new Set(places)).toEqual(new Set([null]));
  });

  it("of a plan in which nothing is found is not read", async () => {
    const plan = JSON.stringify({
      format_version: "1.2",
      terraform_version: "1.11.4",
      planned_values: {},
      resource_changes: [
        {
          address: "terraform_data.a",
          mode: "managed",
          type: "terraform_data",
          name: "a",
          provider_name: "terraform.io/builtin/terraform",
          change: { actions: ["create"], before: null, after: { input: "one" }, after_unknown: { id: true } },
        },
      ],
      configuration: {
        root_module: {
          resources: [
            {
              address: "terraform_data.a",
              mode: "managed",
              type: "terraform_data",
              name: "a",
              provider_config_key: "terraform",
              expressions: { input: { constant_value: "one" } },
              schema_version: 0,
            },
          ],
        },
      },
    });
    const cwd = work("clean", {
      "plan.json": plan,
      "main.tf": 'resource "terraform_data" "a" {\n  input = "one"\n}\n',
    });
    const { code, error } = await command(["check", "plan.json"], { cwd });
    expect([code, error]).toEqual([0, ""]);
  });

  it("a saved plan is shown where its source is", async () => {
    const programs = work("programs", {});
    const plans = work("plans", { tfplan: "PK\u0003\u0004tfplan" });
    const env = { PATH: `${programs}:${process.env["PATH"]}`, PLAN: planFile("targeted") };
    writeFileSync(join(programs, "terraform"), `#!/bin/sh\npwd -P > "${plans}/where"\ncat "$PLAN"\n`, { mode: 0o755 });
    const where = async (args: readonly string[]) => {
      await command(["check", "plans/tfplan", ...args], { cwd: folder, env });
      return execFileSync("cat", [join(plans, "where")], { encoding: "utf8" }).trim();
    };
    const real = (path: string) => execFileSync("pwd", ["-P"], { cwd: path, encoding: "utf8" }).trim();
    expect([await where(["--source", "tree"]), await where([])]).toEqual([real(tree), real(plans)]);
  });
});

describe("wrong usage ends with exit code 2", () => {
  it.each([
    ["nowhere", "plimsoll: --source nowhere: no such folder\n"],
    ["tree/main.tf", "plimsoll: --source tree/main.tf: no such folder\n"],
    ["empty", "plimsoll: --source empty: a folder without Terraform files (.tf, .tf.json)\n"],
  ])("--source %s", async (source, error) => {
    work("empty", { "readme.md": "" });
    expect(await command(["check", planFile("targeted"), "--source", source], { cwd: folder })).toEqual({
      code: 2,
      out: "",
      error,
    });
  });

  it("waivers in comments that cannot be understood: all of them, and nothing that they say", async () => {
    const cwd = work("mistakes", {
      "main.tf": '# plimsoll:waive ECS-004 until secret: reason\nresource a b {}\nmodule m {\n  source = "./m"\n}\n',
      "m/main.tf": "resource a b {}\n\n# plimsoll:waive ECS-004\n",
    });
    expect(await command(["check", planFile("targeted")], { cwd })).toEqual({
      code: 2,
      out: "",
      error:
        "plimsoll: main.tf:1: until takes the last day of a waiver as year-month-day: # plimsoll:waive ECS-004 until 2027-03-31 owner platform-team: the reason\n" +
        "plimsoll: m/main.tf:3: a waiver needs a reason behind a colon: # plimsoll:waive ECS-004 until 2027-03-31 owner platform-team: the reason\n",
    });
  });
});

describe("what lies in a folder and is no configuration that can be read", () => {
  const good = 'resource "aws_ecs_task_definition" "app" {\n}\n';

  it.each([
    ["broken HCL", "x.tf", "{ # resource aws_ecs_task_definition app", "x.tf:1"],
    ["broken JSON", "x.tf.json", '{\n"resource aws_ecs_task_definition app"', "x.tf.json:2"],
    ["text in no UTF-8", "x.tf", new Uint8Array([0x23, 0xff, 0xfe]), "x.tf"],
  ])("%s: a warning", async (_name, file, text, place) => {
    const cwd = work(`unreadable-${file}`, { "main.tf": good, [file]: text });
    const ran = await command(["check", planFile("source-map"), "--format", "json"], { cwd });
    expect([ran.code, ran.error]).toEqual([
      1,
      expect.stringContaining(
        `${place}: cannot be read as configuration, so no lines, values and waivers come from it\n`,
      ),
    ]);
    rmSync(cwd, { recursive: true });
  });

  it("folders, pipes, dangling links, links in circles and files without end", async () => {
    const cwd = work("strange", { "main.tf": good, ".terraform/modules/modules.json": "[]" });
    mkdirSync(join(cwd, "folder.tf"));
    execFileSync("mkfifo", [join(cwd, "pipe.tf")]);
    symlinkSync("nowhere", join(cwd, "dangling.tf"));
    symlinkSync("circle.tf", join(cwd, "circle.tf"));
    writeFileSync(join(cwd, "long.tf"), "");
    truncateSync(join(cwd, "long.tf"), 2 ** 31);
    const { code, error } = await command(["check", planFile("source-map"), "--format", "json"], { cwd });
    const unreadable = "cannot be read as configuration, so no lines, values and waivers come from it";
    expect([code, error.split("\n")]).toEqual([
      1,
      [
        "plimsoll: warning: .terraform/modules/modules.json: not what terraform init writes, so it tells no module's folder",
        ...["circle", "dangling", "folder", "long", "pipe"].map(
          (name) => `plimsoll: warning: ${name}.tf: ${unreadable}`,
        ),
        "",
      ],
    ]);
  });

  it("the names of files stay text", async () => {
    const cwd = work("hostile", { "a\u001b[31m\n::error::.tf": new Uint8Array([0xff]), "main.tf": good });
    const ran = await command(["check", planFile("targeted")], { cwd });
    expect(ran.error.split("\n")[0]).toBe(
      "plimsoll: warning: a\\u001b[31m\\u000a::error::.tf: cannot be read as configuration, so no lines, values and waivers come from it",
    );
    writeFileSync(join(cwd, "a\u001b[31m\n::error::.tf"), "# plimsoll:waive\n");
    expect(await command(["check", planFile("targeted")], { cwd })).toEqual({
      code: 2,
      out: "",
      error:
        "plimsoll: a\\u001b[31m\\u000a::error::.tf:1: plimsoll does not know what this comment wants; a waiver reads: # plimsoll:waive ECS-004 until 2027-03-31 owner platform-team: the reason\n",
    });
  });

  it("a linked file counts, and what editors leave behind does not", async () => {
    const cwd = work("links", { "sub/app.txt": good, "main.tf~": "{", ".main.tf": "{", "#main.tf#": "{" });
    symlinkSync("sub/app.txt", join(cwd, "app.tf"));
    const ran = await command(["check", planFile("source-map"), "--format", "json", "--select", "ECS-005"], { cwd });
    expect([ran.error, JSON.parse(ran.out).findings[0].location]).toEqual([
      "",
      { file: "app.tf", line: 1, of: "block" },
    ]);
  });

  it("of a file of OpenTofu and one of Terraform with the same name it is not known which one counts", async () => {
    const cwd = work("tofu", { "main.tf": good, "app.tofu": good, "main.tofu": "# none\n" });
    const ran = await command(["check", planFile("source-map"), "--format", "json", "--select", "ECS-005"], { cwd });
    expect(JSON.parse(ran.out).findings[0].location).toEqual({ file: "app.tofu", line: 1, of: "block" });
  });
});
