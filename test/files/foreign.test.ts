import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planBytes } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { testFolder } from "../cli/folder.ts";

const folderWith = testFolder();
const plan = planBytes("ssm");
const notOurs = "not what plimsoll reads here; is it meant to be read at all?";

/** A checkout with a configuration, and a file beside it that the change may not see. */
async function run(config: string, foreign: string, folder = "checkout/infra") {
  const root = folderWith({
    "checkout/.git/HEAD": "",
    [`${folder}/plimsoll.yaml`]: config,
    [`${folder}/plan.json`]: plan,
    "secrets.yaml": foreign,
  });
  return command(["check", "plan.json"], { cwd: join(root, folder) });
}

describe("of a file outside of the checkout nothing is quoted", () => {
  const contents: [string, string, number][] = [
    ["keys", "API_TOKEN_4711: 1\nother: 2\n", 1],
    ["a file of passwords", "root:4711:19000:0:99999:7:::\ndaemon:4711:19000::\n", 1],
    ["known keys with values", "failOn: token-4711\nwaivers: 4711\n", 1],
    ["broken YAML", 'a: [\nb: "4711\n', 2],
    ["an alias", "a: *token-4711\n", 0],
    ["a tag", "a: !token-4711 x\n", 1],
    ["a key that is there twice", "token-4711: 1\ntoken-4711: 2\n", 2],
  ];
  it.each(contents)("%s", async (_, content, line) => {
    for (const config of ["extends: [../../secrets.yaml]\n", "policies: [../../secrets.yaml]\n"]) {
      const { code, out, error } = await run(config, content);
      expect([code, out]).toEqual([2, ""]);
      expect(error).toMatch(/^plimsoll: [./]*secrets\.yaml(?::\d+:\d+)?: [^\n]*\n$/);
      expect([error.includes(notOurs), error.includes("4711")]).toEqual([true, false]);
      if (line > 0 && config.startsWith("extends")) expect(error).toContain(`secrets.yaml:${line}:`);
    }
  });

  it("in the checkout mistakes are told as ever", async () => {
    const { error } = await run("extends: [../more.yaml]\n", "", "checkout/infra");
    expect(error).toBe('plimsoll: plimsoll.yaml:1: extends "../more.yaml": no such file\n');
    const root = folderWith({
      "checkout/.git/HEAD": "",
      "checkout/more.yaml": "failon: high\n",
      "checkout/infra/plimsoll.yaml": "extends: [../more.yaml]\n",
      "checkout/infra/plan.json": plan,
    });
    expect((await command(["check", "plan.json"], { cwd: join(root, "checkout/infra") })).error).toBe(
      'plimsoll: ../more.yaml:1:1: failon: unknown key "failon"; did you mean "failOn"?\n',
    );
  });

  it.each(["/dev/zero", "/dev/null", "./"])("what is no file is not read: %s", async (name) => {
    const { code, error } = await run(`extends: ["${name}"]\n`, "");
    expect([code, error]).toEqual([2, `plimsoll: plimsoll.yaml:1: extends "${name}": is no file\n`]);
  });
});

describe("waivers that are none", () => {
  const waiver = (more: string) => `waivers:\n  - { policy: ECS-004, resources: ["a.b"], ${more} }\n`;
  it.each([
    ["a reason of blanks", waiver('reason: "   "'), "2:52: waivers.0.reason: must say something"],
    ["a reason that nobody sees", waiver('reason: "\\u200b\\u2060"'), "2:52: waivers.0.reason: must say something"],
    ["a reason of marks", waiver('reason: "..."'), "2:52: waivers.0.reason: must say something"],
    ["an owner of blanks", waiver('reason: r, owner: " "'), "2:62: waivers.0.owner: must say something"],
    ["no limit", waiver("reason: r, maxMatches: 1e9"), "2:67: waivers.0.maxMatches: must be at most 1000"],
    [
      "everything",
      'waivers:\n  - { policy: "*", resources: ["a.b", "*"], reason: r }\n',
      "2:5: waivers.0: waives all policies on all resources; name the policy or the resources",
    ],
    [
      "everything, in other words",
      'waivers:\n  - { policy: "*-*", resources: ["**"], reason: r }\n',
      "2:5: waivers.0: waives all policies on all resources; name the policy or the resources",
    ],
  ])("%s", async (_, config, message) => {
    expect(await run(config, "")).toEqual({ code: 2, out: "", error: `plimsoll: plimsoll.yaml:${message}\n` });
  });

  it.each([" ", "\u200b", "..."])("on the command line: %j", async (reason) => {
    const cwd = folderWith({ "plan.json": plan });
    const ran = await command(["check", "plan.json", "--write-waivers", "w.yaml", "--reason", reason], { cwd });
    expect([ran.code, ran.error]).toEqual([
      2,
      "plimsoll: --write-waivers needs a --reason: why these findings may stay\n",
    ]);
  });
});

describe("what YAML allows and nobody can read is a mistake with its place", () => {
  it.each([
    ["a circle", "a: &a\n  b: *a\n", "2:6: *a stands within what it names, so that it never ends"],
    ["a circle in a list", "a: &a [1, *a]\n", "1:11: *a stands within what it names, so that it never ends"],
    ["a longer circle", "a: &a\n  b: &b\n    c: *a\n", "3:8: *a stands within what it names, so that it never ends"],
    ["a prototype", "parameters: { __proto__: 1 }\n", '1:15: "__proto__" cannot be a name; choose another'],
  ])("%s", async (_, content, message) => {
    const cwd = folderWith({ "plan.json": plan, "x.yaml": content });
    for (const option of ["--config", "--policies"])
      expect(await command(["check", "plan.json", option, "x.yaml"], { cwd })).toEqual({
        code: 2,
        out: "",
        error: `plimsoll: x.yaml:${message}\n`,
      });
  });
});
