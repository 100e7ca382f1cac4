import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sealOf } from "../../cli/seal.ts";
import { planBytes } from "../check-fixture.ts";
import { unless } from "../needs.ts";
import { holds } from "../thorough.ts";
import { command } from "./command.ts";
import { type Files, testFolder } from "./folder.ts";

const folderWith = testFolder();
/** It fails KMS-001, which is low, and SM-002, which is medium, so that nothing blocks; with `--fail-on low` they do. */
const plan = planBytes("later-plans/secret-policy");
const saved = "PK\u0003\u0004tfplan";

/** A folder in which the plan was checked; `terraform show` of it prints the plan's JSON. */
async function checked(files: Files = {}, args: readonly string[] = [], target = "plan.json"): Promise<string> {
  const cwd = folderWith({
    "plan.json": plan,
    tfplan: saved,
    "bin/shown": plan,
    "bin/terraform": '#!/bin/sh\necho opened >> "$(dirname "$0")/log"\nexec cat "$(dirname "$0")/shown"\n',
    "bin/log": "",
    ...files,
  });
  chmodSync(join(cwd, "bin/terraform"), 0o755);
  const ran = await command(["check", target, ...args, "--format", "json=report.json"], withTerraform(cwd));
  expect([ran.out, ran.error]).toEqual(["", ""]);
  return cwd;
}

const withTerraform = (cwd: string, today = "2026-11-24") => ({
  cwd,
  today,
  env: { ...process.env, PATH: `${join(cwd, "bin")}:/usr/bin:/bin` },
});

async function verify(cwd: string, target: string, ...args: string[]) {
  const ran = await command(["verify", "report.json", target, ...args], withTerraform(cwd));
  return { ...ran, isOpened: readFileSync(join(cwd, "bin/log"), "utf8") !== "" };
}

const verified = (target: string) => ({
  code: 0,
  out: `${target}: is the plan that report.json is of; nothing blocks by the policies and the configuration at hand\nVerified.\n`,
  error: "",
});

const other = (target: string, of = "another plan (plan.json)") => ({
  code: 3,
  out: "",
  error: `plimsoll: ${target}: is not what was checked: report.json is of ${of}, so that nobody knows what an apply would do; apply the plan that was checked, or check this one\n`,
});

describe("a report of JSON", () => {
  it("is of the very file", async () => {
    const cwd = await checked();
    expect(await verify(cwd, "plan.json")).toEqual({ ...verified("plan.json"), isOpened: false });
  });

  it("is of no file in which a byte differs, is missing or is added", async () => {
    const cwd = await checked();
    await holds(
      fc.asyncProperty(fc.nat({ max: plan.length - 1 }), fc.constantFrom("flip", "drop", "add"), async (at, what) => {
        const bytes = Buffer.from(plan);
        if (what === "flip") bytes[at] = (bytes[at] ?? 0) ^ 1;
        const parts =
          what === "flip" ? [bytes] : [bytes.subarray(0, at), bytes.subarray(what === "drop" ? at + 1 : at)];
        writeFileSync(join(cwd, "other.json"), Buffer.concat(what === "add" ? [...parts, Buffer.from(" ")] : parts));
        const { isOpened: _, ...ran } = await verify(cwd, "other.json");
        expect(ran).toEqual(other("other.json"));
      }),
      "small",
    );
  });

  it.each<[string, (text: string) => Uint8Array]>([
    ["as it is", (text) => Buffer.from(text)],
    ["with a line end", (text) => Buffer.from(`${text}\n`)],
    ["as PowerShell 5 writes it", (text) => Buffer.from(`\uFEFF${text}\r\n`, "utf16le")],
    ["as PowerShell 7 writes it", (text) => Buffer.from(`${text}\r\n`)],
  ])("of a saved plan is of that plan, %s", async (_, write) => {
    const cwd = await checked({ "plan.json": write(new TextDecoder().decode(plan).trimEnd()) });
    expect(await verify(cwd, "tfplan")).toEqual({ ...verified("tfplan"), isOpened: true });
    writeFileSync(
      join(cwd, "bin/shown"),
      Buffer.from(new TextDecoder().decode(plan).replace('"terraform_version":"1', '"terraform_version":"2')),
    );
    expect(await verify(cwd, "tfplan")).toEqual({ ...other("tfplan"), isOpened: true });
  });

  it("is not compared with a saved plan where the change is not trusted", async () => {
    const gate = { "gate/plimsoll.yaml": "failOn: high\n" };
    const trusted = ["--trusted-config", "../gate/plimsoll.yaml"];
    const cwd = folderWith({ ...gate, "work/.git/HEAD": "", "work/plan.json": plan, "work/tfplan": saved });
    const work = join(cwd, "work");
    mkdirSync(join(work, "bin"));
    writeFileSync(join(work, "bin/log"), "");
    await command(["check", "plan.json", ...trusted, "--format", "json=report.json"], { cwd: work });
    expect(await verify(work, "plan.json", ...trusted)).toEqual({ ...verified("plan.json"), isOpened: false });
    expect(await verify(work, "tfplan", ...trusted)).toEqual({
      code: 2,
      out: "",
      error:
        "plimsoll: tfplan: a saved plan, and the report is of JSON; with --trusted-config no saved plan is opened to compare them; check the saved plan itself before the gate, or hand over the JSON that was checked\n",
      isOpened: false,
    });
  });
});

describe("a report of a saved plan", () => {
  it("is of that file, which is not opened again, and of its JSON", async () => {
    const cwd = await checked({}, [], "tfplan");
    writeFileSync(join(cwd, "bin/log"), "");
    expect(await verify(cwd, "tfplan")).toEqual({ ...verified("tfplan"), isOpened: false });
    expect(await verify(cwd, "plan.json")).toEqual({ ...verified("plan.json"), isOpened: false });
    for (const [at] of [...saved].entries()) {
      const bytes = Buffer.from(saved, "latin1");
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(cwd, "other"), bytes);
      const { isOpened, ...ran } = await verify(cwd, "other");
      expect([at, isOpened, ran]).toEqual([at, false, other("other", "another plan (tfplan)")]);
    }
  });
});

/** Changes a report, and seals it anew as somebody would who wants to deceive, or another version. */
async function resealed(cwd: string, change: (report: Record<string, unknown>) => void): Promise<void> {
  const { seal: _, ...report } = JSON.parse(readFileSync(join(cwd, "report.json"), "utf8"));
  change(report);
  writeFileSync(join(cwd, "report.json"), JSON.stringify({ ...report, seal: await sealOf(report) }));
}

describe("a report that was changed", () => {
  const places = (value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]))
      : [path];

  it("is refused, whatever was changed", async () => {
    const cwd = await checked();
    const text = readFileSync(join(cwd, "report.json"), "utf8");
    await holds(
      fc.asyncProperty(fc.constantFrom(...places(JSON.parse(text))), async (path) => {
        const report = JSON.parse(text);
        const parent = path.slice(0, -1).reduce((value, key) => value[key], report);
        const key = path.at(-1) ?? "";
        const value = parent[key];
        parent[key] =
          typeof value === "boolean"
            ? !value
            : typeof value === "number"
              ? value + 1
              : value === null
                ? "x"
                : `${value}x`;
        writeFileSync(join(cwd, "report.json"), JSON.stringify(report));
        const { code, out, error } = await verify(cwd, "plan.json");
        expect([code, out]).toEqual([3, ""]);
        expect(error).toMatch(
          /^plimsoll: report\.json: (?:was changed since plimsoll check wrote it|is no JSON report)/,
        );
      }),
      "small",
    );
    // Other white space changes nothing.
    writeFileSync(join(cwd, "report.json"), JSON.stringify(JSON.parse(text)));
    expect((await verify(cwd, "plan.json")).code).toBe(0);
  });

  it("is refused where a finding is taken out, or all that seals it", async () => {
    const cwd = await checked({}, ["--fail-on", "low"]);
    const report = JSON.parse(readFileSync(join(cwd, "report.json"), "utf8"));
    const { seal, ...open } = report;
    const edited = { ...open, findings: [], summary: { ...open.summary, blocking: 0 } };
    writeFileSync(join(cwd, "report.json"), JSON.stringify({ ...edited, seal }));
    expect((await verify(cwd, "plan.json", "--fail-on", "low")).error).toBe(
      "plimsoll: report.json: was changed since plimsoll check wrote it, so nobody knows what was found; check the plan again\n",
    );
    writeFileSync(join(cwd, "report.json"), JSON.stringify(edited));
    expect((await verify(cwd, "plan.json", "--fail-on", "low")).error).toBe(
      "plimsoll: report.json: has no seal, so it is not as plimsoll check wrote it, and may be changed; check the plan again\n",
    );
  });

  it("by plimsoll diff is none that check wrote", async () => {
    const cwd = await checked();
    await command(["diff", "report.json", "report.json", "--format", "json=diff.json"], { cwd });
    expect((await command(["verify", "diff.json", "plan.json"], { cwd })).error).toContain("diff.json: has no seal");
  });

  it("that is none is exit code 3", async () => {
    const cwd = await checked({ "list.json": "[]", "empty.json": "", "other.json": "{}" });
    for (const file of ["nothing.json", "list.json", "empty.json", "other.json", "plan.json", "bin"]) {
      const { code, error } = await command(["verify", file, "plan.json"], { cwd });
      expect([file, code]).toEqual([file, 3]);
      expect(error).toMatch(/^plimsoll: [^\n]*write one by plimsoll check <plan> --format json=report\.json\n$/);
    }
  });
});

const waivers = (expires: string) =>
  `waivers: [{ policy: KMS-001, resources: ["*"], reason: agreed with the team, expires: ${expires} }]\n`;
const team = (severity: string) => `id: TEAM-001
title: t
severity: ${severity}
subject: ecr-repository
why: w
fix: f
conditions: { all: [{ fact: name, operator: notEqual, value: none }] }
examples: { pass: [{ name: a }], fail: [{ name: none }] }
`;

describe("what holds no more", () => {
  it.each<[what: string, before: Files, after: Files, checkArgs: string, verifyArgs: string, message: RegExp]>([
    [
      "policies of the team that were changed",
      { "p/t.yaml": team("low") },
      { "p/t.yaml": team("high") },
      "--policies p",
      "--policies p",
      /is of other policies than those at hand now/,
    ],
    ["policies that are missing", { "p/t.yaml": team("low") }, {}, "--policies p", "", /is of other policies/],
    [
      "a configuration that was changed",
      { "plimsoll.yaml": "failOn: high\n" },
      { "plimsoll.yaml": "failOn: high\nparameters: { account_ids: ['111122223333'] }\n" },
      "",
      "",
      /is of another configuration than the one at hand now/,
    ],
    ["a parameter", {}, {}, "--set account_ids=111122223333", "", /is of another configuration/],
    ["a threshold", {}, {}, "--fail-on never", "", /was made with other thresholds/],
    ["what blocks", {}, {}, "--block introduced", "", /was made with other thresholds/],
    [
      "a selection",
      {},
      {},
      "--skip ECR-001 ECR-002",
      "",
      /was made with another selection of policies: ECR-001 and 1 more did not judge/,
    ],
    ["comments that counted", {}, {}, "", "--waivers config", /lets waivers in comments of the source count/],
  ])("%s", async (_, before, after, checkArgs, verifyArgs, message) => {
    const words = (text: string) => text.split(" ").filter((word) => word !== "");
    const cwd = await checked(before, words(checkArgs));
    for (const [file, text] of Object.entries(after)) writeFileSync(join(cwd, file), text);
    const { code, out, error } = await verify(cwd, "plan.json", ...words(verifyArgs));
    expect([code, out]).toEqual([3, ""]);
    expect(error).toMatch(message);
    expect(error).toMatch(/^plimsoll: report\.json: [^\n]*; check the plan again[^\n]*\n$/);
    // With what the check had it holds.
    for (const [file, text] of Object.entries(before)) writeFileSync(join(cwd, file), text);
    expect((await verify(cwd, "plan.json", ...words(checkArgs))).code).toBe(0);
  });

  it("a report of a change whose own configuration counted", async () => {
    const cwd = await checked({ "gate/plimsoll.yaml": "failOn: high\n", "plimsoll.yaml": "failOn: high\n" });
    const { code, error } = await verify(cwd, "plan.json", "--trusted-config", "gate/plimsoll.yaml");
    expect(code).toBe(3);
    expect(error).toContain("report.json: was made without --trusted-config");
  });

  it("a waiver that has expired, from the day after its last one", async () => {
    const cwd = await checked({ "plimsoll.yaml": waivers("2026-11-30") });
    const at = (today: string) => command(["verify", "report.json", "plan.json"], withTerraform(cwd, today));
    const held = await at("2026-11-30");
    expect([held.code, held.out]).toEqual([
      0,
      expect.stringMatching(/ waived, at first until 2026-11-30\nVerified\.\n$/),
    ]);
    expect(await at("2026-12-01")).toEqual({
      code: 3,
      out: "",
      error:
        "plimsoll: report.json: waives KMS-001 by plimsoll.yaml:1, which expired on 2026-11-30, so that the finding counts again; fix it or renew the waiver, and check the plan again\n",
    });
  });

  it("a version of plimsoll, of which alone is told", async () => {
    const cwd = await checked();
    await resealed(cwd, (report) => {
      report["run"] = { ...Object(report["run"]), plimsoll: "0.0.9" };
    });
    const { code, error } = await verify(cwd, "plan.json", "--fail-on", "low");
    expect([code, error]).toEqual([
      3,
      "plimsoll: report.json: was made by plimsoll 0.0.9, and this is 0.1.0, which may judge otherwise; check the plan again, or verify with that version\n",
    ]);
  });

  it("a plan that could not be judged as a whole", async () => {
    const errored = JSON.stringify({ ...JSON.parse(new TextDecoder().decode(plan)), errored: true });
    const cwd = folderWith({ "plan.json": errored, "bin/log": "" });
    await command(["check", "plan.json", "--format", "json=report.json"], { cwd });
    const { code, error } = await verify(cwd, "plan.json");
    expect(code).toBe(3);
    expect(error).toMatch(/^plimsoll: report\.json: could not judge the plan as a whole: the plan is errored/);
  });
});

it("a report that blocks is exit code 1", async () => {
  const cwd = await checked({}, ["--fail-on", "low"]);
  expect(await verify(cwd, "plan.json", "--fail-on", "low")).toEqual({
    code: 1,
    out: "",
    error: expect.stringMatching(
      /^plimsoll: plan\.json: blocked by \d+ findings?[^\n]*, as report\.json says; fix them, then plan and check again\n$/,
    ),
    isOpened: false,
  });
});

describe("a report of several plans", () => {
  const several = async (...plans: string[]) => {
    const cwd = folderWith({ "plan.json": plan, "b.json": planBytes("ssm"), "c.json": "{}", "bin/log": "" });
    await command(["check", ...plans, "--format", "json=report.json"], { cwd });
    return cwd;
  };

  it("tells of each plan for itself", async () => {
    const cwd = await several("plan.json", "b.json", "nothing.json");
    expect([(await verify(cwd, "plan.json")).code, (await verify(cwd, "b.json")).code]).toEqual([0, 1]);
    const { isOpened: _, ...ran } = await verify(cwd, "c.json");
    expect(ran).toEqual(other("c.json", "2 other plans"));
  });

  it("is of no plan where none was judged", async () => {
    const cwd = await several("nothing.json", "c.json");
    const { isOpened: _, ...ran } = await verify(cwd, "plan.json");
    expect(ran).toEqual(other("plan.json", "no plan"));
  });

  it("is refused where one part of it was changed", async () => {
    const cwd = await several("plan.json", "b.json");
    const report = JSON.parse(readFileSync(join(cwd, "report.json"), "utf8"));
    report.plans[1].report.summary.blocking = 0;
    writeFileSync(join(cwd, "report.json"), JSON.stringify(report));
    expect((await verify(cwd, "plan.json")).code).toBe(3);
  });

  it("that plimsoll report put together is as good as its parts", async () => {
    const cwd = await several("plan.json");
    await command(["check", "b.json", "--format", "json=b-report.json"], { cwd });
    await command(["report", "report.json", "b-report.json", "--format", "json=all.json"], { cwd });
    expect((await command(["verify", "all.json", "plan.json"], { cwd })).code).toBe(0);
    expect((await command(["verify", "all.json", "b.json"], { cwd })).code).toBe(1);
  });
});

it.each([
  ["verify report.json", /^plimsoll: Not enough non-option arguments: got 1, need at least 2/],
  ["verify report.json plan.json --config a.yaml --trusted-config b.yaml", /^plimsoll: --config and --trusted-config/],
  ["verify report.json plan.json --select NOT-1", /^plimsoll: --select NOT-1: no policy has that id/],
  ["verify report.json plan.json --fail-on hihg", /^plimsoll: Invalid values: Argument: fail-on/],
])("%s is wrong usage", async (words, message) => {
  const cwd = folderWith({ "plan.json": plan });
  const { code, error } = await command(words.split(" "), { cwd });
  expect(code).toBe(2);
  expect(error).toMatch(message);
});

it("a plan that is not there is exit code 3", async () => {
  const cwd = await checked();
  expect((await verify(cwd, "nothing")).code).toBe(3);
});

const terraform = spawnSync("terraform", ["version"], { encoding: "utf8" }).status === 0;

it("a saved plan of Terraform itself, checked saved or as JSON", {
  ...unless(terraform, "need terraform"),
  timeout: 60_000,
}, async () => {
  const cwd = folderWith({ "main.tf": 'resource "terraform_data" "a" {\n  input = var.text\n}\nvariable "text" {}\n' });
  const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null" };
  const run = (...args: string[]) => spawnSync("terraform", args, { cwd, env }).stdout;
  run("init", "-backend=false");
  run("plan", "-var=text=one", "-out=tfplan");
  run("plan", "-var=text=two", "-out=other");
  writeFileSync(join(cwd, "plan.json"), run("show", "-json", "tfplan"));
  const code = async (...words: string[]) => (await command(words, { cwd, env })).code;
  expect(await code("check", "tfplan", "--format", "json=saved.json")).toBe(0);
  expect(await code("check", "plan.json", "--format", "json=shown.json")).toBe(0);
  const codes = [];
  for (const report of ["saved.json", "shown.json"])
    for (const target of ["tfplan", "plan.json", "other"]) codes.push(await code("verify", report, target));
  expect(codes).toEqual([0, 0, 3, 0, 0, 3]);
});
