import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planBytes } from "../check-fixture.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folderWith = testFolder();

/** Two plans, each judged by itself, and both judged together. */
async function saved() {
  const cwd = folderWith({ "a/plan.json": planBytes("ssm"), "b/plan.json": planBytes("targeted"), "c/plan.json": "{" });
  for (const name of ["a", "b", "c"])
    await command(["check", `${name}/plan.json`, "--format", `json=${name}.json`], { cwd });
  return cwd;
}

const run = (cwd: string, ...args: readonly string[]) => command(["report", ...args], { cwd });

describe("plimsoll report", () => {
  it.each(["json", "text", "sarif", "junit", "markdown", "csv", "nist"])(
    "%s: reports that were written apart are what one run on all plans writes",
    async (format) => {
      const cwd = await saved();
      const together = await command(["check", "a/plan.json", "b/plan.json", "--format", format], { cwd });
      const merged = await run(cwd, "a.json", "b.json", "--format", format);
      expect(merged.out).toBe(together.out);
      expect([merged.code, merged.error]).toEqual([together.code, ""]);
    },
  );

  it("a report on one plan is what it was, and on several too", async () => {
    const cwd = await saved();
    expect((await run(cwd, "a.json", "--format", "json")).out).toBe(readFileSync(join(cwd, "a.json"), "utf8"));
    await run(cwd, "a.json", "b.json", "c.json", "--format", "json=all.json");
    const all = readFileSync(join(cwd, "all.json"), "utf8");
    const again = await run(cwd, "all.json", "--format", "json");
    expect([again.code, again.out]).toEqual([3, all]);
    expect(JSON.parse(all).plans.map(({ file }: { file: string }) => file)).toEqual([
      "a/plan.json",
      "b/plan.json",
      "c/plan.json",
    ]);
  });

  it("plans of one name are told apart by their reports; a report that is named twice counts once", async () => {
    const cwd = folderWith({ "x/plan.json": planBytes("ssm"), "y/plan.json": planBytes("targeted") });
    for (const name of ["x", "y"])
      await command(["check", "plan.json", "--format", "json=report.json"], { cwd: join(cwd, name) });
    const { out } = await run(cwd, "x/report.json", "y/report.json", "x/report.json", "--format", "json");
    expect(JSON.parse(out).plans.map(({ file }: { file: string }) => file)).toEqual([
      "x/report.json: plan.json",
      "y/report.json: plan.json",
    ]);
  });

  it("exit codes are as the reports say", async () => {
    const cwd = await saved();
    const clean = JSON.parse(readFileSync(join(cwd, "b.json"), "utf8"));
    const files = folderWith({
      "a.json": readFileSync(join(cwd, "a.json")),
      "c.json": readFileSync(join(cwd, "c.json")),
      "clean.json": JSON.stringify({
        ...clean,
        plan: { ...clean.plan, incomplete: null },
        summary: { ...clean.summary, blocking: 0 },
      }),
    });
    const codes: number[] = [];
    for (const names of [["clean.json"], ["clean.json", "a.json"], ["a.json", "c.json"]])
      codes.push((await run(files, ...names)).code);
    expect(codes).toEqual([0, 1, 3]);
  });

  it.each([
    ["nothing", [], "name the JSON reports to render: plimsoll report a.json b.json", 2],
    ["no such file", ["x.json"], "x.json: no such file; ", 3],
    ["a folder", ["a"], "a: a folder, and no report; ", 3],
    ["a plan", ["a/plan.json"], "a/plan.json: is no JSON report of this plimsoll: version is not as ", 3],
    ["no JSON", ["c/plan.json"], "c/plan.json: is no JSON; ", 3],
    ["no plans", ["none.json"], "none.json: is no JSON report of this plimsoll: plans is not as ", 3],
    ["a broken plan", ["half.json"], "half.json: is no JSON report of this plimsoll: plans.1.report.run is not as ", 3],
    ["another report", ["a.json", "--format", "html=a.json"], "--format html=a.json: this is a report to render", 2],
  ])("%s: a sentence says what is wrong", async (_, args, message, code) => {
    const cwd = await saved();
    const one = JSON.parse(readFileSync(join(cwd, "a.json"), "utf8"));
    const { run: _run, ...half } = one;
    const plans = [
      { file: "a", report: one },
      { file: "b", report: half },
    ];
    const files = folderWith({
      "a/plan.json": planBytes("ssm"),
      "c/plan.json": "{",
      "a.json": JSON.stringify(one),
      "none.json": '{"version":1,"plans":[]}',
      "half.json": JSON.stringify({ version: 1, plans }),
    });
    const ran = await run(files, ...args);
    expect([ran.code, ran.out, ran.error.startsWith(`plimsoll: ${message}`)]).toEqual([code, "", true]);
    expect(readFileSync(join(files, "a.json"), "utf8")).toBe(JSON.stringify(one));
  });
});

describe("a mistyped word", () => {
  it.each([
    [["chekc", "plan.json"], 'unknown command "chekc"; did you mean "check"? See: plimsoll --help'],
    [["expalin", "ECR-003"], 'unknown command "expalin"; did you mean "explain"? See: plimsoll --help'],
    [["Check"], 'unknown command "Check"; did you mean "check"? See: plimsoll --help'],
    [["check", "--fromat", "json"], "Unknown argument: fromat; did you mean --format; see: plimsoll check --help"],
  ])("%j", async (args, message) => {
    expect(await command(args, { cwd: folderWith({}) })).toEqual({ code: 2, out: "", error: `plimsoll: ${message}\n` });
  });

  it("is none where a file is called so", async () => {
    const cwd = folderWith({ tets: planBytes("ssm") });
    expect((await command(["tets"], { cwd })).code).toBe(1);
  });
});
