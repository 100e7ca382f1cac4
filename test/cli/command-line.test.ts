import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandNames } from "../../cli/command-names.ts";
import { planBytes } from "../check-fixture.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folderWith = testFolder();
const plan = planBytes("ssm");
const policy = `id: TEAM-001
title: t
severity: high
subject: ecr-repository
why: w
fix: f
conditions: { all: [{ fact: name, operator: equal, value: a }] }
examples: { pass: [{ name: a }], fail: [{ name: b }] }
`;
const cwd = folderWith({
  "bad/plan.json": plan,
  "--config=a/plan.json": plan,
  "a/plan.json": '{"failOn":"never"}',
  "--policies/t.yaml": policy,
  "--help": plan,
  "-": plan,
  "standard input": plan,
});
const run = (...args: string[]) => command(args, { cwd, stdin: planBytes("iam") });

async function plansOf(...args: string[]): Promise<string[]> {
  const { code, out } = await run("check", "--format=json", "--select", "SSM-001", "PLN-001", "--all", ...args);
  const document: { plan?: { file: string }; plans?: { file: string }[] } = JSON.parse(out);
  expect(code).toBe(1);
  return document.plans?.map(({ file }) => file) ?? [document.plan?.file ?? ""];
}

describe("-- ends the options", () => {
  it.each<[string[], string[]]>([
    [["--", "bad/plan.json"], ["bad/plan.json"]],
    [
      ["bad", "--", "bad/plan.json", "--help"],
      ["bad/plan.json", "--help"],
    ],
    [["--", "--config=a/plan.json"], ["--config=a/plan.json"]],
    [["--", "--config=a"], ["--config=a/plan.json"]],
    [
      ["--", "./-", "-", "standard input"],
      ["./-", "standard input", "./standard input"],
    ],
  ])("check %j", async (args, plans) => {
    expect(await plansOf(...args)).toEqual(plans);
  });

  it("a second one is a name", async () => {
    expect((await run("check", "--", "--")).error).toMatch(/^plimsoll: --: no such file;/);
  });

  it("without a name behind it, it ends nothing", async () => {
    const { code, out } = await command(["check", "--"], { cwd: join(cwd, "bad") });
    expect([code, out.includes("plan.json, Terraform")]).toEqual([1, true]);
  });

  it("for all other commands", async () => {
    const byAddress = await run("facts", "bad/plan.json", "aws_ssm_parameter.plain");
    expect(await run("facts", "--", "bad/plan.json", "aws_ssm_parameter.plain")).toEqual(byAddress);
    expect(await run("facts", "bad/plan.json", "--", "aws_ssm_parameter.plain")).toEqual(byAddress);
    expect((await run("facts", "--", "--help")).out).toBe((await run("facts", "bad/plan.json")).out);
    expect(await run("explain", "--", "ECR-003")).toEqual(await run("explain", "ECR-003"));
    // By the check of another tool: a policy of which it is a part, and several.
    expect(await run("explain", "ckv_aws_334")).toEqual(await run("explain", "ECS-005"));
    expect((await run("explain", "AWS-0057")).out.match(/^[A-Z]+-\d+(?= )/gm)).toEqual([
      "IAM-001",
      "IAM-002",
      "IAM-004",
      "IAM-016",
    ]);
    expect((await run("explain", "CKV_AWS_0")).code).toBe(2);
    expect(await run("schema", "--", "config")).toEqual(await run("schema", "config"));
    expect((await run("schema", "--", "x")).code).toBe(2);
    expect((await run("test", "--", "--policies")).out).toMatch(/^1 policy, 2 examples, 0 plans: all as expected\n$/m);
  });
});

describe("a folder may be called like a command", () => {
  it.each([...commandNames])("check %s", async (name) => {
    const folder = folderWith({ [`${name}/plan.json`]: plan });
    for (const args of [
      ["check", name],
      ["check", "--quiet", name],
      ["check", "--", name],
      ["--", name],
    ])
      expect([args, (await command(args, { cwd: folder })).code]).toEqual([args, 1]);
  });

  it("the names are those that the help lists", async () => {
    const { out } = await run("--help");
    expect([...out.matchAll(/^ {2}plimsoll ([a-z]+)/gm)].map(([, name]) => name)).toEqual([...commandNames]);
  });
});

describe("options are written out, and once: else exit code 2 and a sentence", () => {
  const options = [
    "source",
    "config",
    "format",
    "policies",
    "select",
    "skip",
    "all",
    "quiet",
    "waivers",
    "trusted-config",
  ];
  it.each(options.flatMap((name) => [`--no-${name}`, `--${name}.x=1`, `--${name}.__proto__.x=1`]))(
    "%s",
    async (word) => {
      const { code, out, error } = await run("check", "bad/plan.json", word);
      expect([code, out]).toEqual([2, ""]);
      expect(error).toMatch(/^plimsoll: Unknown arguments?: [^\n]*; see: plimsoll check --help\n$/);
    },
  );

  it.each(["config", "trusted-config", "source", "write-waivers", "reason", "owner", "expires"])(
    "--%s without a value",
    async (name) => {
      for (const args of [
        ["check", `--${name}`],
        ["check", `--${name}`, "--all"],
        ["check", `--${name}`, "--", "x"],
      ]) {
        const { code, error } = await run(...args);
        const camelCase = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
        expect([
          code,
          [name, camelCase].some(
            (each) => error === `plimsoll: Not enough arguments following: ${each}; see: plimsoll check --help\n`,
          ),
        ]).toEqual([2, true]);
      }
    },
  );

  it.each(["--all=1", "--open-saved=on", "--openSaved=no", "--quiet=TRUE"])("%s is no switch", async (word) => {
    expect(await run("check", "bad/plan.json", word)).toEqual({
      code: 2,
      out: "",
      error: `plimsoll: ${word}: takes no value; write ${word.split("=")[0]}\n`,
    });
  });

  it.each([
    ["check", "bad/plan.json", "--waivers", "config", "--waivers", "all"],
    ["facts", "bad/plan.json", "--config", "a", "--config", "b"],
    ["facts", "bad/plan.json", "--format", "json", "--format", "text"],
    ["policies", "--format", "json", "--format", "table"],
    ["explain", "ECR-003", "--config", "a", "--config", "b"],
    ["test", "--format", "text", "--format", "junit"],
  ])("%s %s %s %s", async (...args) => {
    const { code, error } = await run(...args);
    const twice = args.findLast((word) => word.startsWith("--"));
    expect([code, error]).toEqual([2, `plimsoll: ${twice} is given more than once\n`]);
  });
});

describe("a run in which nothing is judged is refused", () => {
  const nothing = (why: string) => ({
    code: 2,
    out: "",
    error: `plimsoll: ${why}, so that nothing would ever block\n`,
  });

  it.each([[["--select", "*", "--skip", "*"]], [["--select", "SSM-001", "--skip", "SSM-*"]], [["--skip", "*"]]])(
    "%j",
    async (args) => {
      expect(await run("check", "bad/plan.json", ...args)).toEqual(
        nothing("--select and --skip leave no policy to judge by"),
      );
    },
  );

  it("by the configuration", async () => {
    writeFileSync(join(cwd, "off.yaml"), 'overrides: [{ policy: "*", severity: "off" }]\n');
    expect(await run("check", "bad/plan.json", "--config", "off.yaml")).toEqual(
      nothing("the overrides switch every policy off"),
    );
  });
});
