import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { internalError } from "../../cli/internal-error.ts";
import { plain } from "../../cli/reporters/terminal-text.ts";
import { planBytes, planDocument } from "../check-fixture.ts";
import { obeyedByRunner } from "../report/checks.ts";
import { command, type Ran } from "./command.ts";
import { testFolder } from "./folder.ts";
import { hostileParts, obeyed } from "./hostile-names.ts";

const folderWith = testFolder();
const plan = planBytes("ssm");

/** That nothing of an output is obeyed, and that no message breaks into lines that look like others. */
function expectClean({ out, error }: Ran): void {
  expect([out, error].filter((text) => obeyed.test(text))).toEqual([]);
  expect(obeyedByRunner(`${out}${error}`)).toEqual([]);
  expect(error.split("\n").filter((line) => line !== "" && !line.startsWith("plimsoll: "))).toEqual([]);
  expect(error).not.toContain("an error inside");
}

describe("a hostile part of a name is shown, and not obeyed", () => {
  it.each(hostileParts)("%j is %s", (part, shown) => {
    expect(plain(`a${part}b`)).toBe(`a${shown}b`);
  });

  it("pictures keep what says how they look", () => {
    const pictures = "⚠️ 👩‍💻 ❤️‍🔥";
    expect(plain(pictures)).toBe(pictures);
  });
});

const policy = (title: string) => `{
  "id": "TEAM-001", "title": ${JSON.stringify(title)}, "severity": "high", "subject": "ssm-parameter",
  "why": ${JSON.stringify(`why ${title}`)}, "fix": ${JSON.stringify(`fix\n\n${title}`)},
  "controls": { ${JSON.stringify(title)}: [${JSON.stringify(title)}] },
  "parameters": { ${JSON.stringify(title)}: { "type": "string", "default": ${JSON.stringify(title)}, "description": ${JSON.stringify(title)} } },
  "conditions": { "all": [{ "fact": "name", "operator": "equal", "value": ${JSON.stringify(title)} }] },
  "notes": [{ "when": { "all": [{ "fact": "name", "operator": "notEqual", "value": "" }] }, "because": ${JSON.stringify(title)} }],
  "examples": { "pass": [{ "name": ${JSON.stringify(title)} }], "fail": [{ "name": "b" }], "unknown": [{ "name": "c" }] }
}`;

describe.each(hostileParts.map(([part]) => part).filter((part) => !part.includes("\ud800")))("%j", (part) => {
  const name = `a${part}b`;
  const file = name.replaceAll("/", "");

  it("in the names of files and folders", async () => {
    const cwd = folderWith({ [`${file}/plan.json`]: "", [`${file}/x/plan.json`]: plan });
    writeFileSync(join(cwd, "plan.tfplan"), "");
    expectClean(await command(["check", "."], { cwd }));
    expectClean(await command(["check", file], { cwd }));
    expectClean(await command(["check", `${file}.json`], { cwd }));
    expectClean(await command(["check", `${file}/x/plan.json`, "--policies", file], { cwd }));
    expectClean(await command(["facts", "."], { cwd }));
    expectClean(await command(["test", file], { cwd }));
    expectClean(await command(["explain", name], { cwd }));
    expectClean(await command([`--${name}`], { cwd }));
  });

  it("on the command line", async () => {
    const cwd = folderWith({ "plan.json": plan });
    for (const option of [
      "config",
      "policies",
      "source",
      "select",
      "skip",
      "format",
      "fail-on",
      "write-waivers",
      "trusted-config",
    ])
      expectClean(await command(["check", "plan.json", `--${option}=${name}`], { cwd }));
    expectClean(await command(["check", "plan.json", `--format=json=${file}/x`], { cwd }));
    expectClean(await command(["facts", "plan.json", name], { cwd }));
    expectClean(await command(["schema", name], { cwd }));
  });

  it("in a configuration and what it extends", async () => {
    const quoted = JSON.stringify(name);
    const cwd = folderWith({ "plan.json": plan, [`${file}.yaml`]: "[" });
    const configs = [
      `{ ${quoted}: 1 }`,
      `{ "extends": [${quoted}] }`,
      `{ "extends": [${JSON.stringify(`./${file}`)}] }`,
      `{ "policies": [${quoted}] }`,
      `{ "parameters": { ${quoted}: 1 } }`,
      `{ "waivers": [{ "policy": ${quoted}, "resources": ["a.b"], "reason": "r" }] }`,
      `{ "overrides": [{ "policy": "ECR-*", "resources": [${quoted}], "severity": "low" }] }`,
    ];
    for (const config of configs) {
      writeFileSync(join(cwd, "config.json"), config);
      const ran = await command(["check", "plan.json", "--config", "config.json"], { cwd });
      // Some of them are patterns of addresses.
      expect(ran.code).toBe(config.includes("ECR-*") && ran.out !== "" ? 1 : 2);
      expectClean(ran);
    }
    const ran = await command(["check", "plan.json", "--config", `${file}.yaml`], { cwd });
    expectClean(ran);
  });

  it("in the texts of a policy, in all that shows them", async () => {
    const cwd = folderWith({ "plan.json": plan, "policy.json": policy(name) });
    const options = ["--policies", "policy.json"];
    const check = ["check", "plan.json", "--select", "TEAM-001", "--all", ...options];
    for (const format of [
      "text",
      "json",
      "sarif",
      "junit",
      "markdown",
      "gitlab",
      "atlantis",
      "run-task",
      "nist",
      "html",
    ]) {
      const ran = await command([...check, "--format", format], { cwd });
      expect([format, ran.code, ran.error]).toEqual([format, 1, ""]);
      expectClean(ran);
    }
    const { out } = await command([...check, "--format", "github"], { cwd });
    expect([obeyed.test(out), out.split("\n").filter((line) => !/^::(?:error|notice) |^$/.test(line))]).toEqual([
      false,
      [],
    ]);
    expectClean(await command(["explain", "TEAM-001", ...options], { cwd }));
    for (const format of ["table", "json", "markdown"])
      expectClean(await command(["policies", ...options, "--format", format], { cwd }));
    for (const format of ["text", "junit"])
      expectClean(await command(["test", "policy.json", "--format", format], { cwd }));
  });

  it("in a plan, in its envelope too", async () => {
    const document = planDocument("ssm");
    const stdin = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
    const wrong = [
      { ...document, configuration: { provider_config: { [name]: 1 } } },
      { ...document, configuration: { root_module: { module_calls: { [name]: 1 } } } },
      { ...document, resource_changes: document.resource_changes.map((each) => ({ ...each, module_address: name })) },
      { ...document, variables: { [name]: 1 } },
    ];
    for (const json of wrong) {
      const ran = await command(["check", "-"], { stdin: stdin(json) });
      expectClean(ran);
    }
    const renamed = document.resource_changes.map((each) => ({
      ...each,
      address: `${each.address}["${name}"]`,
      index: name,
    }));
    for (const format of ["text", "json"])
      expectClean(
        await command(["facts", "-", "--format", format], { stdin: stdin({ ...document, resource_changes: renamed }) }),
      );
  });

  it("in the source", async () => {
    const cwd = folderWith({ "plan.json": plan, [`${file}.tf`]: "# plimsoll:nonsense\n" });
    expectClean(await command(["check", "plan.json"], { cwd }));
    writeFileSync(join(cwd, `${file}.tf`), "resource {");
    expectClean(await command(["check", "plan.json", "--source", "."], { cwd }));
    mkdirSync(join(cwd, "linked"));
    symlinkSync(name, join(cwd, "linked/plan.json"));
    expectClean(await command(["check", "linked"], { cwd }));
  });
});

it("an error that nobody foresaw tells its frames, and nothing of its message", () => {
  for (const message of ["secret", "secret\n    at secret (/x.js:1:2)", "", "Error", "\n    at ::error::secret"]) {
    const error = new TypeError(message);
    const lines = internalError(error);
    expect([lines.length > 1, lines.filter((line) => line.includes("secret"))]).toEqual([true, []]);
    error.message = "another";
    expect(internalError(error).filter((line) => line.includes("secret"))).toEqual([]);
  }
  expect(internalError("secret")).toHaveLength(1);
});
