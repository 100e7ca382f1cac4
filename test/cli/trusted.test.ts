import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixturesFolder, planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folderWith = testFolder();
const source = readFileSync(join(fixturesFolder, "source-map/ecs.tf"), "utf8").replace(/^.*plimsoll:waive.*\n/gm, "");
const plan = readFileSync(planFile("source-map"), "utf8");
const block = 'resource "aws_ecs_task_definition" "app"';
const waiver = "# plimsoll:waive ECS-005: fine";

/** A change that waives its one finding of ECS-005, in a checkout of its own, beside a gate. */
function change(files: Readonly<Record<string, string>> = {}, comment = waiver): string {
  const root = folderWith({
    "checkout/.git/HEAD": "ref: refs/heads/main\n",
    "checkout/ecs.tf": source.replace(block, `${comment}\n${block}`),
    "checkout/plan.json": plan,
    "gate/plimsoll.yaml": "failOn: high\n",
    ...files,
  });
  return join(root, "checkout");
}

interface Result {
  readonly code: number;
  readonly error: string;
  readonly blocking: number;
  readonly ignored: unknown;
}

async function check(cwd: string, ...args: string[]): Promise<Result> {
  const all = ["check", "plan.json", "--select", "ECS-005", "TEAM-*", "--format", "json", ...args];
  const { code, out, error } = await command(all, { cwd });
  const report: { summary?: { blocking: number }; run?: { ignored?: unknown } } = out === "" ? {} : JSON.parse(out);
  return { code, error, blocking: report.summary?.blocking ?? -1, ignored: report.run?.ignored };
}

const trusted = ["--trusted-config", "../gate/plimsoll.yaml"];
const policy = (id: string, more = "") => `id: ${id}
title: t
severity: high
subject: ecr-repository
why: w
fix: f
conditions: { all: [{ fact: name, operator: equal, value: a }] }
examples: { pass: [{ name: a }], fail: [{ name: b }] }
${more}`;
/** The check selects ids of a team, of which there has to be one. */
const gatePolicy = { "gate/policies/t.yaml": policy("TEAM-001").replace("severity: high", "severity: low") };
const gate = (config: string) => ({ ...gatePolicy, "gate/plimsoll.yaml": `policies: [./policies]\n${config}` });

const ignoredWaiver = {
  kind: "waiver",
  from: "ecs.tf:1",
  waives: { policy: "ECS-005", reason: "fine", matches: 1 },
};
const ofWaiver = (line: number) => ({ ...ignoredWaiver, from: `ecs.tf:${line}` });
const line = source.split("\n").findIndex((each) => each.startsWith(block)) + 1;

describe("waivers in comments", () => {
  it.each<[string, string, string[], number]>([
    ["count", "failOn: high", [], 0],
    ["count where all do", "waiversFrom: all", ["--waivers", "all"], 0],
    ["do not with --waivers config", "failOn: high", ["--waivers", "config"], 1],
    ["do not where the configuration says so", "waiversFrom: config", [], 1],
    ["count where the command line says otherwise", "waiversFrom: config", ["--waivers", "all"], 0],
  ])("%s", async (_, config, args, code) => {
    const ran = await check(change(gate(config)), "--config", "../gate/plimsoll.yaml", ...args);
    expect(ran).toEqual({
      code,
      error: "",
      blocking: code,
      ignored: code === 0 ? undefined : [ofWaiver(line)],
    });
  });

  it("do not count with --trusted-config, whatever is said", async () => {
    const ran = await check(change(gate("waiversFrom: all")), ...trusted, "--waivers", "all");
    expect([ran.code, ran.ignored]).toEqual([1, [ofWaiver(line)]]);
  });

  it("do not count either where the folder of the source is named", async () => {
    const ran = await check(change(gate("")), ...trusted, "--source", ".");
    expect([ran.code, ran.ignored]).toEqual([1, [ofWaiver(line)]]);
  });

  it("that nobody understands end the run only where they count; else they are listed", async () => {
    const cwd = change(gate(""), "# plimsoll:waive");
    expect((await check(cwd, "--config", "../gate/plimsoll.yaml")).code).toBe(2);
    expect((await check(cwd, ...trusted)).ignored).toEqual([{ kind: "waiver", from: `ecs.tf:${line}`, waives: null }]);
  });

  it("that do not count leave those of the configuration in force", async () => {
    const waivers = 'waivers: [{ policy: ECS-005, resources: ["aws_ecs_task_definition.app"], reason: agreed }]';
    const ran = await check(change(gate(waivers)), ...trusted);
    expect([ran.code, ran.blocking, ran.ignored]).toEqual([
      0,
      0,
      [{ ...ofWaiver(line), waives: { ...ignoredWaiver.waives, matches: 1 } }],
    ]);
  });
});

describe("with --trusted-config the configuration that is named decides alone", () => {
  it("a plimsoll.yaml of the change does not count, and is listed", async () => {
    const cwd = change({ ...gate(""), "checkout/plimsoll.yaml": "failOn: never\n" });
    expect(await check(cwd, ...trusted)).toEqual({
      code: 1,
      error: "",
      blocking: 1,
      ignored: [{ kind: "configuration", from: "plimsoll.yaml", waives: null }, ofWaiver(line)],
    });
    const below = join(cwd, "infra");
    mkdirSync(below);
    const ran = await command(
      ["check", "../plan.json", "--trusted-config", "../../gate/plimsoll.yaml", "--format", "json"],
      { cwd: below },
    );
    expect(JSON.parse(ran.out).run.ignored).toEqual([
      { kind: "configuration", from: "../plimsoll.yaml", waives: null },
    ]);
  });

  it("what it extends counts, in the checkout too where it names that itself; what that one names there does not", async () => {
    const cwd = change({
      ...gate("extends: [./base.yaml, ../checkout/team.yaml]\n"),
      "gate/base.yaml": "extends: [./more.yaml]\n",
      "gate/more.yaml": "failOn: critical\n",
      "checkout/team.yaml": "extends: [./never.yaml]\npolicies: [./own]\n",
      "checkout/never.yaml": "failOn: never\n",
      "checkout/own/t.yaml": policy("TEAM-002"),
    });
    const ran = await check(cwd, ...trusted);
    expect([ran.code, ran.blocking, ran.error]).toEqual([1, 1, ""]);
    expect(ran.ignored).toEqual([
      { kind: "configuration", from: "../checkout/never.yaml", waives: null },
      { kind: "policies", from: "../checkout/own", waives: null },
      ofWaiver(line),
    ]);
    // Without --trusted-config they count.
    const open = await check(cwd, "--config", "../gate/plimsoll.yaml");
    expect([open.code, open.blocking, open.ignored]).toEqual([0, 0, undefined]);
  });

  it("policies in the checkout that it names itself count", async () => {
    const cwd = change({
      "gate/plimsoll.yaml": "policies: [../checkout/own]\n",
      "checkout/own/t.yaml": policy("TEAM-002"),
    });
    const ran = await check(cwd, ...trusted);
    expect([ran.code, ran.error]).toEqual([1, ""]);
  });

  it("a package counts that is installed outside of the checkout, never one in it", async () => {
    const files = {
      ...gate("extends: [rules]\n"),
      "checkout/node_modules/rules/plimsoll.yaml": "failOn: never\n",
    };
    const cwd = change(files);
    symlinkSync("../checkout/node_modules", join(cwd, "../gate/node_modules"));
    const ran = await check(cwd, ...trusted);
    expect([ran.code, ran.error]).toEqual([
      2,
      'plimsoll: ../gate/plimsoll.yaml:2: extends "rules": no such package is installed outside of the checkout, whose own do not count with --trusted-config\n',
    ]);
    mkdirSync(join(cwd, "../node_modules/rules"), { recursive: true });
    writeFileSync(join(cwd, "../node_modules/rules/plimsoll.yaml"), "failOn: critical\n");
    expect((await check(cwd, ...trusted)).code).toBe(1);
  });

  it("one that stands in the checkout is said to be open to the change", async () => {
    const cwd = change({
      "checkout/gate.yaml": "failOn: high\npolicies: [./p]\n",
      "checkout/p/t.yaml": policy("TEAM-001"),
    });
    const { error } = await check(cwd, "--trusted-config", "gate.yaml");
    expect(error).toBe(
      "plimsoll: warning: --trusted-config gate.yaml: stands within the checkout, so whoever proposes a change may change it too; name one that stands elsewhere\n",
    );
  });

  it.each([
    ["--config a.yaml", "--config and --trusted-config: one configuration decides; give one of them"],
    ["--open-saved", "--open-saved and --trusted-config: no saved plan of a change is opened; hand over its JSON"],
  ])("%s beside it is wrong usage", async (other, message) => {
    const ran = await command(["check", "plan.json", ...trusted, ...other.split(" ")], { cwd: change() });
    expect(ran).toEqual({ code: 2, out: "", error: `plimsoll: ${message}\n` });
  });

  it("what is no file is wrong usage, also where the change has a configuration", async () => {
    const cwd = change({ "checkout/plimsoll.yaml": "failOn: never\n" });
    expect(await command(["check", "plan.json", "--trusted-config", "../nothing.yaml"], { cwd })).toEqual({
      code: 2,
      out: "",
      error: "plimsoll: ../nothing.yaml: no such file\n",
    });
  });

  it("the policies that it names stand beside it, wherever the command is run", async () => {
    const cwd = change({ ...gate(""), "checkout/policies/t.yaml": policy("TEAM-003") });
    const { out } = await command(["check", "plan.json", ...trusted, "--format", "json", "--all"], { cwd });
    const { run } = JSON.parse(out);
    expect(run.policies.run.filter((id: string) => id.startsWith("TEAM"))).toEqual(["TEAM-001"]);
    expect(run.configuration).toEqual({
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      trusted: "../gate/plimsoll.yaml",
      waiversFrom: "config",
    });
  });
});

it("the evidence of the run tells what decided alone, and what does not count", async () => {
  const cwd = change(gate(""));
  const run = async (format: string) =>
    (await command(["check", "plan.json", ...trusted, "--select", "ECS-005", "--format", format], { cwd })).out;
  const text = `ecs.tf:${line}: waives ECS-005, 1 finding (fine); it does not count, as it is part of the change under review`;
  const junit = await run("junit");
  expect(junit).toContain('<property name="trusted" value="../gate/plimsoll.yaml"/>');
  expect(junit).toContain(`<property name="ignored" value="${text}"/>`);
  expect(await run("html")).toContain(`<dt>Ignored</dt><dd>${text}</dd>`);
  expect(JSON.parse(await run("sarif")).runs[0].invocations[0].properties.run.ignored).toEqual([ofWaiver(line)]);
  expect((await run("text")).replace(/\n +/g, " ")).toContain("../gate/plimsoll.yaml decides alone");
});

it("people are shown what does not count, in text and in markdown, for one plan and for several", async () => {
  const cwd = change({ ...gate(""), "checkout/plimsoll.yaml": "failOn: never\n", "checkout/second/plan.json": plan });
  const lines = [
    "plimsoll.yaml: a configuration; it does not count, as it is part of the change under review",
    `ecs.tf:${line}: waives ECS-005, 1 finding (fine); it does not count, as it is part of the change under review`,
  ];
  const run = async (format: string, ...plans: string[]) => {
    const args = ["check", ...plans, ...trusted, "--select", "ECS-005", "--format", format];
    return (await command(args, { cwd })).out.replace(/\n {8,12}(?=\S)/g, " ");
  };
  const ofText = (text: string) => text.split("\n").filter((each) => each.startsWith("Ignored"));
  expect(ofText(await run("text", "plan.json"))).toEqual(lines.map((each) => `Ignored     ${each}`));
  const second = lines.map((each) => `Ignored ${each.replace("1 finding ", "2 findings ")}`);
  expect(ofText(await run("text", "plan.json", "second/plan.json"))).toEqual(second);
  const markdown = await run("markdown", "plan.json");
  expect(markdown.slice(markdown.indexOf("<details><summary>What of")).split("\n").slice(0, 5)).toEqual([
    "<details><summary>What of the change does not count</summary>",
    "",
    ...lines.map((each) => `- \`${each}\``),
    "",
  ]);
});
