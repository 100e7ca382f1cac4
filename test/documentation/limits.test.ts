import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { limitsPage } from "../../.config/limits-page.ts";
import { deepestBlock, longestHcl } from "../../cli/source/hcl.ts";
import { longestSource } from "../../cli/source/open.ts";
import { isDeniedByDocument } from "../../engine/iam/document-refusals.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { command } from "../cli/command.ts";
import { testFolder } from "../cli/folder.ts";
import { statement } from "../iam/statement.ts";

const file = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), ".github/LIMITS.md");

// `npm run documentation` writes the page.
it("the page of the limits has the numbers of the code", async () => {
  await expect(limitsPage()).toMatchFileSnapshot(file);
});

const folderWith = testFolder();
const plan = '{"format_version":"1.2","planned_values":{},"configuration":{"root_module":{}},"resource_changes":[]}';

const check = (config: string, ...args: string[]) =>
  command(["check", "plan.json", "--config", "plimsoll.yaml", ...args], {
    cwd: folderWith({ "plan.json": plan, "plimsoll.yaml": config }),
  });

/** A configuration of so many characters, most of them a comment. */
const ofLength = (characters: number) => "failOn: high\n#".padEnd(characters, "x");
const waiver = (maxMatches: number) =>
  `waivers: [{ policy: ECS-001, resources: [a.b], reason: it is known, maxMatches: ${maxMatches} }]`;

describe("at its limit a file is read, and beyond it is refused", () => {
  it.each([
    ["characters", ofLength(1_000_000), ofLength(1_000_001), "longer than 1000000 characters"],
    ["matches of a waiver", waiver(1000), waiver(1001), "waivers.0.maxMatches: must be at most 1000"],
  ])("%s", async (_, within, beyond, reason) => {
    expect(await check(within)).toMatchObject({ code: 0, error: "" });
    const { code, error } = await check(beyond);
    expect([code, error]).toEqual([2, expect.stringContaining(reason)]);
  });

  it("the conditions of a policy", async () => {
    const policy = (levels: number) => {
      const leaf = "{ fact: name, operator: equal, value: a }";
      const conditions = `${"{ not: ".repeat(levels)}${leaf}${" }".repeat(levels)}`;
      return `{ id: TEAM-001, title: t, severity: low, subject: ecr-repository, why: w, fix: f, conditions: ${conditions},
        examples: { pass: [{ name: ${levels % 2 === 0 ? "a" : "b"} }], fail: [{ name: ${levels % 2 === 0 ? "b" : "a"} }] } }`;
    };
    const test = (levels: number) => command(["test", "p.yaml"], { cwd: folderWith({ "p.yaml": policy(levels) }) });
    // `conditions` itself is the first step of fifty.
    expect(await test(49)).toMatchObject({ code: 0, error: "" });
    expect(await test(50)).toMatchObject({ code: 2, error: expect.stringContaining("conditions nest too deep") });
  });
});

describe("at its limit a source is read, and beyond it is named", () => {
  const withSource = (file: string, text: string) =>
    command(["check", "plan.json", "--source", "main"], {
      cwd: folderWith({ "plan.json": plan, [`main/${file}`]: text }),
    });
  // A text that a comment may begin with is read at once.
  const blocks = (levels: number) => `${"a {\n".repeat(levels)}b = "plimsoll:"\n${"}\n".repeat(levels)}`;
  const json = (length: number) => "{}".padEnd(length);
  const comment = (length: number) => "#".padEnd(length, "x");

  it.each([
    ["blocks within blocks", "main.tf", blocks(deepestBlock), blocks(deepestBlock + 1)],
    ["a file in HCL", "main.tf", comment(longestHcl), comment(longestHcl + 1)],
    // What is as long as the limit is read too, in a minute.
    ["a file in JSON", "main.tf.json", json(1024), json(longestSource + 1)],
  ])("%s", async (_, file, within, beyond) => {
    expect(await withSource(file, within)).toMatchObject({ code: 0, error: "" });
    expect((await withSource(file, beyond)).error).toMatch(
      /main\.tf(?:\.json: cannot be read as configuration|: cannot be read as configuration|:1: cannot be read, so)/,
    );
  });
});

it("beyond the patterns that are compared it is unknown whether a document refuses what it allows", () => {
  const allow = statement({ Effect: "Allow", Action: "ecr:PutImage", Resource: "*" });
  const denies = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      statement({ Effect: "Deny", Action: "ecr:Put*", Resource: `arn:aws:ecr:*:*:repository/${at}` }),
    );
  expect(isDeniedByDocument(allow, [allow, ...denies(100)])).toBe(false);
  expect(isDeniedByDocument(allow, [allow, ...denies(101)])).toBeInstanceOf(Unknown);
});
