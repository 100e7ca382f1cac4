import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixturesFolder } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const fixture = join(fixturesFolder, "one-module");
/** Twenty services of one module with 22 faults, and a cluster with one: 441 failures. Where no commit is. */
const cwd = testFolder()({});
cpSync(fixture, cwd, { recursive: true });
const printed = async (...args: string[]) => (await command(["check", "plan.json", ...args], { cwd })).out;
const linesOf = (text: string) => text.trimEnd().split("\n");

async function causesOf(): Promise<string[]> {
  const { findings } = JSON.parse(await printed("--format", "json"));
  const failed = findings.filter(({ verdict }: { verdict: string }) => verdict === "fail");
  return [...new Set<string>(failed.map(({ cause }: { cause: string }) => cause))];
}

describe("one module, twenty times", () => {
  it.each([
    ["text", "txt", 130],
    ["markdown", "markdown.txt", 80],
    ["github", "github.txt", 23],
    ["brief", "brief.txt", 25],
  ])("as %s tells each cause once", async (format, ending, most) => {
    const out = await printed("--format", format);
    expect(linesOf(out).length).toBeLessThanOrEqual(most);
    // Another policy pack has another digest.
    const shown = out.replace(/sha256:[0-9a-f]{64}/g, "sha256:…");
    await expect(shown).toMatchFileSnapshot(join(fixture, `report.${ending}`));
  });

  it("tells the same causes without the source, by the resource in the configuration", async () => {
    const { out } = await command(["check", "fixtures/one-module/plan.json"]);
    expect(linesOf(out).length).toBeLessThanOrEqual(130);
    expect(out).toContain("module.service.aws_ssm_parameter.db_password ×20: accounts, basket and 18 more");
  });

  it("has all causes in text, markdown and brief, and in what GitHub shows", async () => {
    const causes = await causesOf();
    expect(causes.length).toBe(23);
    for (const format of ["text", "markdown", "brief"]) {
      const out = await printed("--format", format);
      for (const cause of causes) {
        const [policy = "", place = ""] = cause.split(" ");
        expect([format, out.includes(policy), out.includes(place)]).toEqual([format, true, true]);
      }
    }
    const annotations = await printed("--format", "github");
    for (const cause of causes) expect(annotations).toContain(cause.split(" ")[0]);
  });

  it("lists each instance where it is asked for", async () => {
    const brief = linesOf(await printed("--format", "brief", "--list", "instances"));
    expect(brief.length).toBe(462);
    expect(brief.filter((line) => line.includes(" SSM-001 ")).length).toBe(20);
    expect(
      (await printed("--list", "instances")).match(/^ {2}(?:CRITICAL|HIGH|MEDIUM|LOW) +[A-Z]+-[0-9]{3} /gm)?.length,
    ).toBe(441);
  });
});

describe("--show", () => {
  it.each([
    ["critical", 2],
    ["high", 10],
    ["medium", 23],
    ["low", 25],
    ["blocking", 10],
  ])("%s lists what is as severe, and changes no count and no exit code", async (show, count) => {
    const { code, out } = await command(["check", "plan.json", "--format", "brief", "--show", show], { cwd });
    expect([code, linesOf(out).length]).toEqual([1, count]);
    const json = await printed("--format", "json");
    expect(await printed("--format", "json", "--show", show)).toBe(json);
  });

  it("says how many are not listed", async () => {
    const text = await printed("--show", "critical");
    expect(text).toContain("422 of them are not listed");
    expect(text).toContain("Blocked by 200 findings");
    expect(await printed("--format", "github", "--show", "critical")).toContain("422 not listed");
  });

  it("knows no other word", async () => {
    const { code, error } = await command(["check", "plan.json", "--show", "worst"], { cwd });
    expect([code, error.includes("critical")]).toEqual([2, true]);
  });
});

it("what to do first: the line that removes most of the worst, and what is left after each", async () => {
  const text = await printed();
  const [, table = ""] = text.split("What to do first");
  const rows = table
    .split("\n")
    .slice(1, 4)
    .map((line) => line.trim().split(/ +/).slice(0, 4));
  expect(rows).toEqual([
    ["CRITICAL", "20", "421", "modules/service/main.tf:72"],
    ["CRITICAL", "20", "401", "modules/service/main.tf:50"],
    ["HIGH", "80", "321", "modules/service/main.tf:9"],
  ]);
});

it("the lines of the source that are shown hold no secret", async () => {
  const text = await printed();
  expect(text).toContain("| ");
  expect(readFileSync(join(cwd, "modules/service/main.tf"), "utf8")).toContain("correct-horse");
  for (const format of ["text", "json", "markdown", "sarif", "html"])
    expect((await printed("--format", format)).includes("correct-horse")).toBe(false);
});
