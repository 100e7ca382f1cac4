import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { formats } from "../../cli/reporters/reporters.ts";
import { planBytes } from "../check-fixture.ts";
import { isRoot, unless } from "../needs.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-outputs-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "plan.json"), planBytes("ssm"));
writeFileSync(join(folder, "half.json"), '{"format_version":"1.2","planned_values":{');
mkdirSync(join(folder, "reports"));

const run = (...args: readonly string[]) => command(["check", ...args], { cwd: folder });
const written = (file: string) => readFileSync(join(folder, file), "utf8");

it("several formats in one run: each to its file, one to standard output", async () => {
  const all = await run("plan.json", "--format", "text", "json=reports/plan.json", "nist=reports/a=b.txt");
  expect(all).toEqual(await run("plan.json"));
  expect(written("reports/plan.json")).toBe((await run("plan.json", "--format", "json")).out);
  expect(written("reports/a=b.txt")).toBe((await run("plan.json", "--format", "nist")).out);
  const again = await run("plan.json", "--format", "json=reports/1.json", "--format", "nist=reports/2.txt");
  expect(again).toEqual({ code: 1, out: "", error: "" });
});

it("files have no colours, whatever the terminal has", async () => {
  const { out } = await command(["check", "plan.json", "--format", "text=reports/text.txt"], {
    cwd: folder,
    colours: true,
  });
  expect([out, written("reports/text.txt")]).toEqual(["", (await run("plan.json")).out]);
});

it("a plan may stand behind the formats", async () => {
  expect(await run("--format", "json", "plan.json")).toEqual(await run("plan.json", "--format", "json"));
  expect(await run("--format", "json=reports/3.json", "text", "plan.json")).toEqual(await run("plan.json"));
});

it("where the only plan could not be judged, standard output stays empty, and files say why", async () => {
  const ran = await run("half.json", "--format", "text", "json=reports/half.json");
  const failure =
    "the JSON ends in the middle, after 42 characters; was the command that wrote it cut short? Run again: terraform show -json tfplan > plan.json";
  expect(ran).toEqual({ code: 3, out: "", error: `plimsoll: half.json: ${failure}\n` });
  expect(JSON.parse(written("reports/half.json"))).toEqual({ version: 1, plans: [{ file: "half.json", failure }] });
});

describe("wrong usage ends with exit code 2 and one sentence, before anything is checked", () => {
  it.each([
    [["xml"], `--format xml: no such format; there are: ${formats.join(", ")}`],
    [["text", "jsno=x.json"], `--format jsno=x.json: no such format; there are: ${formats.join(", ")}`],
    [
      ["text", "json"],
      "--format text json: only one format goes to standard output; give the others files: text json=<file>",
    ],
    [["json="], "--format json=: a file name is missing"],
    [["json=none/x.json"], "--format json=none/x.json: the folder none does not exist; create it first"],
    ...["json=plimsoll.json", "html=./plimsoll.yaml"].map((value): [string[], string] => [
      [value],
      `--format ${value}: a file of that name is read as the configuration; choose another, as report.json`,
    ]),
    [["json=reports"], "--format json=reports: reports is a folder; name a file"],
    [["json=a.json", "nist=./a.json"], "--format: two formats are to be written to ./a.json"],
    [["json=./plan.json"], "--format json=./plan.json: this is the plan to check"],
  ])("%j", async (values, message) => {
    expect(await run("plan.json", "--format", ...values)).toEqual({
      code: 2,
      out: "",
      error: `plimsoll: ${message}\n`,
    });
  });

  it("a file that may not be written", unless(!isRoot, "need a user who is not root"), async () => {
    const file = join(folder, "reports/locked.json");
    writeFileSync(file, "");
    chmodSync(file, 0o400);
    expect((await run("plan.json", "--format", "json=reports/locked.json")).error).toBe(
      "plimsoll: --format json=reports/locked.json: cannot be written (EACCES)\n",
    );
  });
});

describe("the report of an earlier run does not stay, however this one ends", () => {
  const stale = "reports/stale.json";

  it.each<[number, string[]]>([
    [2, ["plan.json", "--format", `json=${stale}`, "--fail-on", "hihg"]],
    [2, ["plan.json", `--format=json=${stale}`, "--nonsense"]],
    [2, ["plan.json", "--format", "jsno=x", `json=${stale}`]],
    [2, ["plan.json", "--format", `json=${stale}`, "--config", "nothing.yaml"]],
    [2, ["plan.json", "--format", `json=${stale}`, "--format=text", "--select", "NONE-1"]],
    [2, ["plan.json", "--format", "text", "json", `nist=${stale}`]],
    [2, ["plan.json", "--format", `json=${stale}`, "--source", "nothing"]],
    [3, ["plan.json", "--format", `json=${stale}`, "nist=/dev/full"]],
  ])("with exit code %i: %j", async (code, args) => {
    writeFileSync(join(folder, stale), "of yesterday");
    const ran = await run(...args);
    const file = existsSync(join(folder, stale)) ? written(stale) : "";
    expect([ran.code, file.includes("of yesterday")]).toEqual([code, false]);
  });

  it("what a link leads to stays: the link may be part of the change that is checked", async () => {
    writeFileSync(join(folder, "reports/target.json"), "of somebody else");
    symlinkSync("target.json", join(folder, "reports/link.json"));
    for (const further of [[], ["--nonsense"]])
      expect((await run("plan.json", "--format", "json=reports/link.json", ...further)).code).toBe(2);
    expect((await run("plan.json", "--format", "json=reports/link.json")).error).toBe(
      "plimsoll: --format json=reports/link.json: reports/link.json is a link, and a report would take the place of what it leads to; name a file\n",
    );
    expect(written("reports/target.json")).toBe("of somebody else");
  });

  it("a plan under a second name is no place for its report", async () => {
    linkSync(join(folder, "plan.json"), join(folder, "reports/twin.json"));
    const before = written("plan.json");
    expect(await run("plan.json", "--format", "json=reports/twin.json")).toEqual({
      code: 2,
      out: "",
      error: "plimsoll: --format json=reports/twin.json: this is the plan to check\n",
    });
    expect(written("plan.json")).toBe(before);
  });

  it.runIf(existsSync("/proc/version"))("a file of the system that cannot be taken away is told of", async () => {
    expect((await run("plan.json", "--format", "json=/proc/version")).error).toMatch(
      /^plimsoll: --format json=\/proc\/version: cannot be written \(E[A-Z]+\)\n$/,
    );
  });

  it("a plan that is named as a report by mistake stays, and so does what no option names", async () => {
    const before = readdirSync(folder);
    expect((await run("plan.json", "--format", "json=plan.json")).code).toBe(2);
    expect((await run("--format", "json=plan.json", "--nonsense")).code).toBe(2);
    expect((await run("plan.json", "--reason", "json=half.json")).code).toBe(2);
    expect((await run("plan.json", "--", "--format=json=half.json")).code).toBe(3);
    expect([readdirSync(folder), written("plan.json").length > 1000]).toEqual([before, true]);
  });
});
