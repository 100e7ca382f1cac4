import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fixturesFolder, planFile } from "../../fixtures/fixtures.ts";
import { pack } from "../../policies/pack.ts";
import { checkAll, planBytes, verdictLines } from "../check-fixture.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function report(args: readonly string[]) {
  const { code, out, error } = await command(["check", ...args, "--format", "json"]);
  return { code, error, report: JSON.parse(out) };
}

describe("the shop", () => {
  it("with its faults: exit code 1, and this report", async () => {
    const { code, out, error } = await command(["fixtures/shop/faulty/plan.json"]);
    expect([code, error]).toEqual([1, ""]);
    await expect(out).toMatchFileSnapshot(join(fixturesFolder, "shop/faulty/report.txt"));
  });

  it("as JSON", async () => {
    const { out } = await command(["check", "fixtures/shop/faulty/plan.json", "--format", "json"]);
    // The digest of the policies, and with it the seal, is another one after each change of one.
    const told = out.replace(/(?<="(?:digest|seal)": ")sha256:[0-9a-f]{64}/g, "sha256:…");
    await expect(told).toMatchFileSnapshot(join(fixturesFolder, "shop/faulty/report.json"));
  });

  it("against NIST SP 800-190", async () => {
    const { code, out } = await command(["check", "fixtures/shop/faulty/plan.json", "--format", "nist"]);
    expect(code).toBe(1);
    await expect(out).toMatchFileSnapshot(join(fixturesFolder, "shop/faulty/nist.txt"));
  });

  it("done right: nothing blocks, exit code 0", async () => {
    const { code, out, error } = await command(["check", "fixtures/shop/corrected/plan.json"]);
    expect([code, error]).toEqual([0, ""]);
    await expect(out).toMatchFileSnapshot(join(fixturesFolder, "shop/corrected/report.txt"));
  });
});

it("the shop done right keeps every policy, told which account is its own", async () => {
  const { findings } = await checkAll(planBytes("shop/corrected"), {
    parameters: { account_ids: ["111122223333"] },
  });
  expect(verdictLines(findings).filter((line) => /^(?:fail|unknown)/.test(line))).toEqual([]);
});

describe("options", () => {
  it("--select and --skip by id and glob", async () => {
    const { report: selected } = await report([
      planFile("first-plan"),
      "--select",
      "ECS-011",
      "ECS-013",
      "ECS-00?",
      "ECR-003",
      "PLN-001",
      "--skip",
      "ECS-00*",
    ]);
    expect(Object.keys(selected.policies)).toEqual(["ECR-003", "ECS-011", "ECS-013"]);
  });

  it.each([
    ["critical", 1, 2],
    ["high", 1, 3],
    ["medium", 1, 6],
    ["low", 1, 6],
    ["never", 0, 0],
  ])("--fail-on %s", async (failOn, code, blocking) => {
    const policies = ["ECR-003", "ECR-004", "ECS-005", "ECS-006", "ECS-011", "PLN-001"];
    const ran = await report([planFile("first-plan"), "--select", ...policies, "--fail-on", failOn]);
    expect([ran.code, ran.report.summary.blocking]).toEqual([code, blocking]);
  });

  it("--on-unknown fail blocks what the plan cannot decide, from the same severity on", async () => {
    const args = [planFile("ssm"), "--select", "SSM-001", "--on-unknown", "fail"];
    expect((await report(args)).report.summary).toMatchObject({ blocking: 5, unknown: 2 });
    expect((await report([...args, "--fail-on", "never"])).code).toBe(0);
  });

  it("--all lists passes and what does not apply", async () => {
    const { report: all } = await report([planFile("ssm"), "--all", "--select", "SSM-001"]);
    expect(verdictLines(all.findings)).toEqual([
      "fail critical SSM-001 aws_ssm_parameter.secret_camel",
      "fail critical SSM-001 aws_ssm_parameter.secret_list",
      "fail critical SSM-001 aws_ssm_parameter.secret_plain",
      "unknown critical SSM-001 aws_ssm_parameter.named_later",
      "unknown critical SSM-001 aws_ssm_parameter.secret_type_later",
      "pass critical SSM-001 aws_ssm_parameter.harmless",
      "pass critical SSM-001 aws_ssm_parameter.only_the_length",
      "pass critical SSM-001 aws_ssm_parameter.only_the_url",
      "not-applicable critical SSM-001 aws_ssm_parameter.image",
      "not-applicable critical SSM-001 aws_ssm_parameter.secret_secure",
    ]);
  });

  it("colours on a terminal only", async () => {
    const plain = await command(["check", planFile("ssm")]);
    const coloured = await command(["check", planFile("ssm")], { colours: true });
    expect(plain.out).not.toContain("\u001b");
    expect(coloured.out.replace(/\u001b\[[0-9;]*m/g, "")).toBe(plain.out);
    expect(coloured.out).not.toBe(plain.out);
  });
});

const teamPolicy = `id: TEAM-001
title: Repositories belong to the shop
severity: low
subject: ecr-repository
why: Others are not ours.
fix: Name them shop/….
conditions:
  all:
    - { fact: name, operator: matchesAny, value: ["shop/*"] }
examples:
  pass: [{ name: shop/api }]
  fail: [{ name: api }]
`;

describe("--policies", () => {
  it("adds a team's policies to the pack", async () => {
    const file = join(folder, "team-001.yaml");
    writeFileSync(file, teamPolicy);
    const ran = await report([planFile("targeted"), "--policies", file, "--select", "TEAM-*", "--all"]);
    expect(verdictLines(ran.report.findings)).toEqual(["pass low TEAM-001 aws_ecr_repository.api"]);
  });

  it("refuses an id of the pack, and a path that is not there", async () => {
    const file = join(folder, "ecr-001.yaml");
    writeFileSync(file, teamPolicy.replace("TEAM-001", "ECR-001"));
    expect(await command(["check", planFile("targeted"), "--policies", file])).toEqual({
      code: 2,
      out: "",
      error: `plimsoll: ${file}:1:5: id: "ECR-001" is the id of a shipped policy already; choose another\n`,
    });
    expect((await command(["check", planFile("targeted"), "--policies", "nowhere"])).error).toBe(
      "plimsoll: --policies nowhere: no such file or folder\n",
    );
  });
});

describe("wrong usage ends with exit code 2 and one sentence", () => {
  it.each([
    [
      ["check", "--fail-on", "hihg"],
      'plimsoll: Invalid values: Argument: fail-on, Given: "hihg", Choices: "critical", "high", "medium", "low", "never"; see: plimsoll check --help\n',
    ],
    [
      ["check", "--fial-on", "high"],
      "plimsoll: Unknown arguments: fial-on, fialOn; did you mean --fail-on; see: plimsoll check --help\n",
    ],
    [["check", "-", "a.json", "-"], "plimsoll: standard input (-) holds one plan; name it once\n"],
    [["check", "a.json", "--source", "a", "--source", "b"], "plimsoll: --source is given more than once\n"],
    [
      ["check", "a.json", "--select", "ECR-999"],
      `plimsoll: --select ECR-999: no policy has that id; there are: ${pack.map(({ id }) => id).join(", ")}\n`,
    ],
  ])("%j", async (args, error) => {
    expect(await command(args)).toEqual({ code: 2, out: "", error });
  });
});

it("--version and --help go to standard output", async () => {
  expect(await command(["--version"])).toEqual({ code: 0, out: "0.1.0\n", error: "" });
  const { code, out, error } = await command(["check", "--help"]);
  expect([code, error]).toEqual([0, ""]);
  await expect(out).toMatchInlineSnapshot(`
    "plimsoll check [plan..]

    judge plans

    Positionals:
      plan  plan JSON, saved plans, directories with plans, or - for standard input
                                                                [array] [default: .]

    Options:
      --color           colours, also where the output is no terminal      [boolean]
      --no-color        no colours                                         [boolean]
      --version         Show version number                                [boolean]
      --help            Show help                                          [boolean]
      --format          formats, each with the file to write to unless it is for
                        standard output: sarif=plimsoll.sarif; there are text,
                        brief, json, sarif, junit, markdown, github, gitlab,
                        atlantis, run-task, nist, controls, html, azure-devops,
                        teamcity, sonarqube, csv, ocsf   [array] [default: ["text"]]
      --fail-on         lowest severity that fails the run
             [choices: "critical", "high", "medium", "low", "never"] [default: high]
      --on-unknown      whether what the plan cannot decide blocks
                                       [choices: "report", "fail"] [default: report]
      --block           what blocks: all findings, or only those that the plan
                        introduces or makes worse
                                       [choices: "all", "introduced"] [default: all]
      --select          ids or globs of the policies to run    [array] [default: []]
      --control         controls whose policies are to run: nist-800-190:4.1.1,
                        security-hub:ECS.5, cis-aws:3.6        [array] [default: []]
      --skip            ids or globs of the policies to leave out
                                                               [array] [default: []]
      --title           what reports call the run                           [string]
      --all             list what passes too              [boolean] [default: false]
      --quiet           print nothing where nothing blocks[boolean] [default: false]
      --hide-waived     count what is waived and do not list it; json, sarif, csv
                        and ocsf list it all the same     [boolean] [default: false]
      --list            findings that one change puts an end to as one, or each
                        instance for itself; json, sarif, csv and ocsf list each
                                [choices: "causes", "instances"] [default: "causes"]
      --show            list only what is at least as severe, or only what blocks;
                        json, sarif, csv and ocsf list all, and the counts hold all
           [choices: "critical", "high", "medium", "low", "blocking"] [default: all]
      --source          folder of the Terraform source; the working directory where
                        it has .tf files                                    [string]
      --waivers         whose waivers count: those of the configuration alone, or
                        those in comments of the source too
                                           [choices: "config", "all"] [default: all]
      --trusted-config  configuration file that decides alone, for changes of
                        others: other configurations and waivers in comments are
                        listed and do not count, and no saved plan is opened[string]
      --open-saved      open saved plans that are only found too, which runs the
                        provider programs of their folders[boolean] [default: false]
      --write-waivers   file to write waivers for all present failures to, instead
                        of a report                                         [string]
      --by              one waiver for each failure, or for each policy and place to
                        change, for --write-waivers
                                  [choices: "instance", "cause"] [default: instance]
      --reason          why the failures may stay, for --write-waivers      [string]
      --owner           who answers for them, for --write-waivers           [string]
      --expires         the last day of the waivers, for --write-waivers    [string]
      --config          configuration file; the nearest plimsoll.yaml at or above
                        the working directory                               [string]
      --policies        more policy files or folders           [array] [default: []]
      --set             a parameter: account_ids=111122223333,444455556666, or
                        ECR-005.max_images=50 of one policy    [array] [default: []]

    -- ends the options: what follows are plans, whatever they are called.

    Exit codes: 0 nothing blocks, 1 blocked by policy, 2 wrong usage, configuration
    or policy file, 3 a plan could not be judged, or a report not be written.
    "
  `);
});
