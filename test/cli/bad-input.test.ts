import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasTerraform } from "../../fixtures/plan.ts";
import manifest from "../../package.json" with { type: "json" };
import { pack } from "../../policies/pack.ts";
import { planBytes, planDocument } from "../check-fixture.ts";
import { unless } from "../needs.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-input-"));
afterAll(() => rmSync(folder, { recursive: true }));

const utf8 = (text: string) => new TextEncoder().encode(text);
const show = "terraform show -json tfplan > plan.json";
const plan = planBytes("targeted");

describe("what is no plan ends with exit code 3 and one sentence", () => {
  const cases: [string, Uint8Array, string][] = [
    ["nothing", utf8(""), `the input is empty; did the command before it fail? Run: ${show}`],
    ["white space", utf8(" \n\n"), `the input is empty; did the command before it fail? Run: ${show}`],
    ["a saved binary plan", utf8("PK\u0003\u0004tfplan"), `this is a saved binary plan, not its JSON; run: ${show}`],
    [
      "a state, shown",
      utf8('{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}'),
      `this is a state (\`terraform show -json\` without a plan file), not a plan; run \`terraform plan -out=tfplan\`, then: ${show}`,
    ],
    [
      "an empty state, shown",
      utf8('{"format_version":"1.0"}'),
      `this is a state (\`terraform show -json\` without a plan file), not a plan; run \`terraform plan -out=tfplan\`, then: ${show}`,
    ],
    [
      "a state file",
      utf8('{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","resources":[]}'),
      `this is a Terraform state file, not a plan; run \`terraform plan -out=tfplan\`, then: ${show}`,
    ],
    [
      "the log of terraform plan -json",
      utf8('{"@level":"info","@message":"Terraform 1.11.4","type":"version","ui":"1.2"}\n{"@level":"info"}\n'),
      `this is the log of \`terraform plan -json\`, which has no attribute values; save the plan with -out=tfplan, then run: ${show}`,
    ],
    [
      "the text of terraform plan",
      utf8("\nTerraform used the selected providers to generate the following execution plan.\n  + create\n"),
      `this is the text that \`terraform plan\` prints for people; save the plan with -out=tfplan, then run: ${show}`,
    ],
    [
      "the coloured text of terraform plan",
      utf8("\u001b[0m\u001b[1maws_vpc.main: Refreshing state... [id=vpc-1]\u001b[0m\n"),
      `this is the text that \`terraform plan\` prints for people; save the plan with -out=tfplan, then run: ${show}`,
    ],
    [
      "a plan without changes, as text",
      utf8("No changes. Your infrastructure matches the configuration.\n"),
      `this is the text that \`terraform plan\` prints for people; save the plan with -out=tfplan, then run: ${show}`,
    ],
    [
      "half a plan",
      plan.slice(0, 1000),
      `the JSON ends in the middle, after 1000 characters; was the command that wrote it cut short? Run again: ${show}`,
    ],
    ["JSON with a mistake", utf8('{"format_version": nonsense}'), `the input is not JSON; run: ${show}`],
    ["another text", utf8("<html></html>"), `the input is not JSON; run: ${show}`],
    [
      "another JSON",
      utf8('{"name":"x"}'),
      `this JSON is not a Terraform plan (it has no format_version); run: ${show}`,
    ],
    ["a JSON list", utf8("[]"), `this JSON is not a Terraform plan; run: ${show}`],
    [
      "the schema of providers",
      utf8('{"format_version":"1.0","provider_schemas":{}}'),
      `this is the output of \`terraform providers schema\`, not a plan; run: ${show}`,
    ],
    [
      "the redacted plan of HCP Terraform",
      utf8('{"plan_format_version":"1.2","resource_changes":[]}'),
      `this is the redacted plan of HCP Terraform, which leaves out the configuration; where the full plan may be read, run: ${show}`,
    ],
    [
      "the bookmark of a remote plan",
      utf8('{"remote_plan_format":1,"run_id":"run-1","hostname":"app.terraform.io"}'),
      `this is the bookmark of a plan that HCP Terraform keeps, not the plan; in its directory run: ${show}`,
    ],
    [
      "a plan of a format to come",
      utf8('{"format_version":"2.0","resource_changes":[],"planned_values":{}}'),
      "the plan has format_version 2, and this plimsoll reads 0.x and 1.x; install a newer version of plimsoll",
    ],
    ...["2", "x", "", "1", "1.", "1.2.3", " 1.2", "01.2"].map((version): [string, Uint8Array, string] => [
      `a plan of the format ${JSON.stringify(version)}`,
      utf8(JSON.stringify({ format_version: version, resource_changes: [], planned_values: {} })),
      `the plan has format_version ${/^\d+/.exec(version)?.[0] ?? "of another form"}, and this plimsoll reads 0.x and 1.x; install a newer version of plimsoll`,
    ]),
    [
      "a plan with a field of the wrong type",
      utf8('{"format_version":"1.2","resource_changes":[{"address":7}]}'),
      `the JSON is not shaped as a Terraform plan: resource_changes.0.address has the wrong type; run again: ${show}`,
    ],
  ];
  it.each(cases)("%s", async (_, stdin, message) => {
    expect(await command(["check", "-"], { stdin })).toEqual({
      code: 3,
      out: "",
      error: `plimsoll: standard input: ${message}\n`,
    });
  });
});

describe("files and folders", () => {
  const makePlan = "terraform plan -out=tfplan && terraform show -json tfplan > plan.json";

  it("no such file", async () => {
    expect(await command(["check", "nothing.json"], { cwd: folder })).toEqual({
      code: 3,
      out: "",
      error: `plimsoll: nothing.json: no such file; make one with: ${makePlan}\n`,
    });
  });

  it("a directory without a plan", async () => {
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "empty", "state.json"), '{"format_version":"1.0","values":{}}');
    expect(await command(["check", "empty"], { cwd: folder })).toEqual({
      code: 3,
      out: "",
      error: `plimsoll: empty: a directory without a plan; make one there with: ${makePlan}\n`,
    });
  });

  it("a directory with one plan; facts are of one plan only", async () => {
    mkdirSync(join(folder, "plans"));
    writeFileSync(join(folder, "plans", "one.json"), plan);
    const one = await command(["check", "plans"], { cwd: folder });
    expect([one.code, one.out.includes("Plan        plans/one.json, Terraform 1.11.4\n")]).toEqual([3, true]);
    writeFileSync(join(folder, "plans", "two.json"), plan);
    expect(await command(["facts", "plans"], { cwd: folder })).toEqual({
      code: 2,
      out: "",
      error: "plimsoll: plans: a directory with 2 plans (plans/one.json, plans/two.json); name one of them\n",
    });
  });

  it("a binary plan without terraform on the PATH", async () => {
    writeFileSync(join(folder, "tfplan"), "PK\u0003\u0004tfplan");
    expect(await command(["check", "tfplan"], { cwd: folder, env: { PATH: folder } })).toEqual({
      code: 3,
      out: "",
      error:
        "plimsoll: tfplan: a saved binary plan, and neither terraform nor tofu is on the PATH to read it; " +
        "where one is, run: terraform show -json tfplan > plan.json\n",
    });
  });

  it("a binary plan that terraform turns into JSON, or tofu where there is no terraform", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "plan.json"), planBytes("ssm"));
    for (const program of ["tofu", "terraform"]) {
      const script = `#!/bin/sh\ntest "$1 $2 $3" = "show -json -no-color" && exec /bin/cat ${join(bin, "plan.json")}\n`;
      writeFileSync(join(bin, program), script);
      chmodSync(join(bin, program), 0o755);
      const ran = await command(["check", "tfplan", "--format", "json"], { cwd: folder, env: { PATH: bin } });
      expect([ran.code, ran.error, JSON.parse(ran.out).plan.file]).toEqual([1, "", "tfplan"]);
    }
  });

  it("a binary plan that terraform cannot read", async () => {
    const bin = join(folder, "failing");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "terraform"),
      '#!/bin/sh\necho "Error: Failed to read plan" >&2\necho "secret" >&2\nexit 1\n',
    );
    chmodSync(join(bin, "terraform"), 0o755);
    expect(await command(["check", "tfplan"], { cwd: folder, env: { PATH: bin } })).toEqual({
      code: 3,
      out: "",
      error:
        "plimsoll: tfplan: `terraform show -json` failed (Error: Failed to read plan); " +
        "run it in the directory where the plan was made, after `terraform init`\n",
    });
  });
});

describe("plans that can be read but prove nothing as a whole are reported, and end with exit code 3", () => {
  it.each([
    [
      "errored",
      "the plan is errored: Terraform left out the resources that failed and all that depend on them; fix the errors of `terraform plan` and plan again",
    ],
    [
      "targeted",
      "the plan is incomplete: with -target or deferred changes it leaves out a part of the configuration; run `terraform plan -out=tfplan` without -target",
    ],
  ])("%s", async (name, message) => {
    const ran = await command(["check", "-", "--format", "json"], { stdin: planBytes(name) });
    expect([ran.code, ran.error]).toEqual([3, `plimsoll: standard input: ${message}\n`]);
    expect(JSON.parse(ran.out).plan.incomplete).toBe(message);
  });
});

describe("encodings and wrappers are accepted", async () => {
  const text = new TextDecoder().decode(planBytes("ssm"));
  const expected = await command(["check", "-"], { stdin: planBytes("ssm") });
  const utf16 = (littleEndian: boolean, mark: string) => {
    const bytes = Buffer.from(mark + text, "utf16le");
    return littleEndian ? bytes : bytes.swap16();
  };
  it.each([
    ["UTF-8 with a byte order mark", utf8(`\uFEFF${text}`)],
    ["UTF-16 LE with a byte order mark", utf16(true, "\uFEFF")],
    ["UTF-16 BE with a byte order mark", utf16(false, "\uFEFF")],
    ["UTF-16 LE", utf16(true, "")],
    ["UTF-16 BE", utf16(false, "")],
  ])("%s", async (_, stdin) => {
    expect(await command(["check", "-"], { stdin })).toEqual(expected);
  });

  it("the lines of a CI wrapper, with a warning", async () => {
    const stdin = utf8(
      `[command]/opt/terraform show -json tfplan\n${JSON.stringify(JSON.parse(text))}\n::debug::exitcode: 0\n\n`,
    );
    expect(await command(["check", "-"], { stdin })).toEqual({
      ...expected,
      error:
        "plimsoll: warning: standard input: left out 2 lines that a CI wrapper printed around the JSON; " +
        "with hashicorp/setup-terraform set terraform_wrapper: false\n",
    });
  });
});

it("a plan of an older Terraform that states no flags passes with a note", async () => {
  const { errored: _errored, complete: _complete, applyable: _applyable, ...older } = planDocument("ssm");
  const stdin = utf8(JSON.stringify({ ...older, format_version: "1.0" }));
  const ran = await command(["check", "-", "--all", "--select", "PLN-001", "--format", "json"], { stdin });
  const [finding] = JSON.parse(ran.out).findings;
  expect([ran.code, finding.verdict, finding.notes]).toEqual([
    0,
    "pass",
    ["this Terraform does not state whether the plan is complete; it is taken for a complete one"],
  ]);
});

it("a plan that real Terraform saved", unless(hasTerraform(), "need Terraform"), async () => {
  const work = join(folder, "real");
  mkdirSync(work);
  writeFileSync(join(work, "main.tf"), 'resource "terraform_data" "x" {\n  input = 1\n}\n');
  const env = { ...process.env, TF_CLI_CONFIG_FILE: join(work, "main.rc") };
  writeFileSync(env.TF_CLI_CONFIG_FILE, "");
  for (const args of [["init"], ["plan", "-out=tfplan"]])
    execFileSync("terraform", args, { cwd: work, env, stdio: "ignore" });
  const ran = await command(["check", "real", "--open-saved"], { cwd: folder, env });
  expect([ran.code, ran.out.replace(/\d{4}-[\d-]+T[\d:]+Z/, "2026-01-01T00:00:00Z"), ran.error]).toEqual([
    0,
    "Plan        real/tfplan, Terraform " +
      `${JSON.parse(execFileSync("terraform", ["version", "-json"], { encoding: "utf8" })).terraform_version}\n` +
      "Resources   1 in the plan: 0 judged, 0 to be destroyed or forgotten, 1 not evaluated (no policy for\n" +
      "            them: terraform_data 1)\n" +
      "Verdicts    0 fail (0 critical, 0 high, 0 medium, 0 low), 0 unknown, 1 pass, 0 not applicable\n" +
      `Run         plimsoll ${manifest.version}; ${pack.length} policies; high or worse blocks; planned at 2026-01-01T00:00:00Z\n` +
      "Nothing blocks.\n",
    "",
  ]);
});
