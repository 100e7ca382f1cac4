import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-team-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** A folder of its own with these files. */
function work(files: Readonly<Record<string, string>>): string {
  count += 1;
  const own = join(folder, String(count));
  mkdirSync(own);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text);
  }
  return own;
}

const plan = planFile("first-plan");
const mutable = 'module.registry["a.b[\\"c\\"]"].aws_ecr_repository.this';

/** The findings of ECR-003 and ECR-004 on the first plan: severity, verdict, whether it blocks, waiver. */
async function findings(files: Readonly<Record<string, string>>, args: readonly string[] = [], today = "2026-11-24") {
  const ran = await command(["check", plan, "--format", "json", "--select", "ECR-003", "ECR-004", ...args], {
    cwd: work(files),
    today,
  });
  if (ran.code > 1) return ran.error;
  const report = JSON.parse(ran.out);
  return {
    blocking: report.summary.blocking,
    waived: report.summary.waived,
    findings: report.findings.map(
      (each: { policy: string; severity: string; blocking: boolean; waiver: { reason: string } | null }) =>
        `${each.policy} ${each.severity}${each.blocking ? " blocks" : ""}${each.waiver === null ? "" : ` waived: ${each.waiver.reason}`}`,
    ),
    waivers: report.waivers.map(
      (each: { from: string; state: string; matches: number }) => `${each.from} ${each.state} ${each.matches}`,
    ),
  };
}

const plainFindings = ["ECR-003 high blocks", "ECR-004 medium", "ECR-004 medium"];

describe("the configuration", () => {
  it("is found upward from the working directory", async () => {
    const own = work({ "plimsoll.yaml": "failOn: never\n", "a/b/c.txt": "" });
    const ran = await command(["check", plan, "--quiet"], { cwd: join(own, "a/b") });
    expect(ran).toEqual({ code: 0, out: "", error: "" });
  });

  it("gives way to options", async () => {
    expect(await findings({ "plimsoll.yaml": "failOn: never\n" }, ["--fail-on", "medium"])).toMatchObject({
      blocking: 3,
    });
    expect(
      await findings({ "plimsoll.yaml": "failOn: never\n", "o.yaml": "failOn: medium\n" }, ["--config", "o.yaml"]),
    ).toMatchObject({ blocking: 3 });
  });

  it("that is named and not there is wrong usage", async () => {
    expect(await findings({}, ["--config", "o.yaml"])).toBe("plimsoll: o.yaml: no such file\n");
  });

  it("sets parameters of all policies or of one", async () => {
    const all = "parameters: { mutable_repository_patterns: ['*'] }\n";
    const one = "parameters: { ECR-003: { mutable_repository_patterns: ['*'] } }\n";
    const other = "parameters: { ECR-003: { mutable_repository_patterns: [] }, mutable_repository_patterns: ['*'] }\n";
    const without = ["ECR-004 medium", "ECR-004 medium"];
    expect(await findings({ "plimsoll.yaml": all })).toMatchObject({ findings: without });
    expect(await findings({ "plimsoll.yaml": one })).toMatchObject({ findings: without });
    expect(await findings({ "plimsoll.yaml": other })).toMatchObject({ findings: plainFindings });
  });

  it("as JSON is the same", async () => {
    const json = JSON.stringify({ overrides: [{ policy: "ECR-004", severity: "off" }] });
    expect(await findings({ "plimsoll.json": json })).toMatchObject({ findings: ["ECR-003 high blocks"] });
  });
});

describe("overrides", () => {
  it.each<[string, string[]]>([
    ["{ policy: ECR-004, severity: high }", ["ECR-003 high blocks", "ECR-004 high blocks", "ECR-004 high blocks"]],
    ["{ policy: 'ECR-*', severity: 'off' }", []],
    [
      "{ policy: ECR-004, resources: ['module.registry[\"api\"]'], severity: low }",
      ["ECR-003 high blocks", "ECR-004 medium", "ECR-004 low"],
    ],
    ["{ policy: ECR-004, failOn: medium }", ["ECR-003 high blocks", "ECR-004 medium blocks", "ECR-004 medium blocks"]],
    ["{ policy: ECR-003, failOn: critical }", ["ECR-003 high", "ECR-004 medium", "ECR-004 medium"]],
    [
      "{ policy: ECR-003, severity: low }, { policy: ECR-003, severity: critical }",
      ["ECR-003 critical blocks", "ECR-004 medium", "ECR-004 medium"],
    ],
  ])("%s", async (override, expected) => {
    expect(await findings({ "plimsoll.yaml": `overrides: [${override}]\n` })).toMatchObject({ findings: expected });
  });

  it("can let what the plan does not show block", async () => {
    const own = work({ "plimsoll.yaml": "overrides: [{ policy: ECS-005, onUnknown: fail }]\n" });
    const ran = await command(["check", plan, "--format", "json", "--select", "ECS-005", "ECS-004"], { cwd: own });
    const { summary, findings: all } = JSON.parse(ran.out);
    const blocking = all.filter(
      (each: { verdict: string; blocking: boolean }) => each.verdict === "unknown" && each.blocking,
    );
    expect(new Set(blocking.map(({ policy }: { policy: string }) => policy))).toEqual(new Set(["ECS-005"]));
    expect(summary.unknown).toBeGreaterThan(blocking.length);
  });
});

describe("extends", () => {
  it("begins with others, and what extends counts before what is extended", async () => {
    const files = {
      "plimsoll.yaml": "extends: [./a.yaml, ./b/c.yaml]\noverrides: [{ policy: ECR-004, severity: critical }]\n",
      "a.yaml": "failOn: never\noverrides: [{ policy: 'ECR-*', severity: low }]\n",
      "b/c.yaml": "failOn: critical\nparameters: { ECR-003: { mutable_tag_patterns: [] } }\n",
    };
    expect(await findings(files)).toMatchObject({
      findings: ["ECR-004 critical blocks", "ECR-004 critical blocks", "ECR-003 low"],
    });
  });

  it("counts once what several extend", async () => {
    const files = {
      "plimsoll.yaml": "extends: [./a.yaml, ./b.yaml]\n",
      "a.yaml": "extends: [./base.yaml]\n",
      "b.yaml": "extends: [./base.yaml]\n",
      "base.yaml": 'waivers: [{ policy: ECR-003, resources: ["module.registry"], reason: why not }]\n',
    };
    expect(await findings(files)).toMatchObject({ waivers: ["base.yaml:1 applied 1"] });
  });

  it("takes packages, with the policies that they ship", async () => {
    const files = {
      "plimsoll.yaml": "extends: ['@acme/rules']\n",
      "node_modules/@acme/rules/plimsoll.yaml":
        "policies: [./policies]\noverrides: [{ policy: ACME-001, severity: critical }]\n",
      "node_modules/@acme/rules/policies/acme-001.yaml": readFileSync(
        "policies/ecr/ecr-003-immutable-tags.yaml",
        "utf8",
      ).replace("ECR-003", "ACME-001"),
    };
    const ran = await command(["check", plan, "--format", "json", "--select", "ACME-001"], { cwd: work(files) });
    const found = JSON.parse(ran.out).findings.map((each: { severity: string; subject: { address: string } }) => [
      each.severity,
      each.subject.address,
    ]);
    expect(found).toEqual([["critical", mutable]]);
  });
});

const waiver = (more = "") =>
  `waivers:\n  - { policy: ECR-003, resources: ["module.registry"], reason: why not${more} }\n`;

describe("waivers", () => {
  it.each<[string, string, { blocking: number; waived: number; waivers: string[] }]>([
    ["applies without an end", waiver(), { blocking: 0, waived: 1, waivers: ["plimsoll.yaml:2 applied 1"] }],
    [
      "applies on its last day",
      waiver(", expires: 2026-11-24"),
      { blocking: 0, waived: 1, waivers: ["plimsoll.yaml:2 applied 1"] },
    ],
    [
      "has ended on the day after",
      waiver(", expires: 2026-11-23"),
      { blocking: 1, waived: 0, waivers: ["plimsoll.yaml:2 expired 1"] },
    ],
    [
      "is bound to what was found",
      waiver(", fingerprint: abc"),
      { blocking: 1, waived: 0, waivers: ["plimsoll.yaml:2 unused 0"] },
    ],
    [
      "that is too broad",
      waiver().replace("ECR-003", "'*'").replace("why not", "why not, maxMatches: 2"),
      { blocking: 1, waived: 0, waivers: ["plimsoll.yaml:2 too-broad 3"] },
    ],
  ])("%s", async (_, text, expected) => {
    expect(await findings({ "plimsoll.yaml": text })).toMatchObject(expected);
  });

  it("that are written for all that fails let nothing else through, and not what gets worse", async () => {
    const own = work({});
    const args = ["check", "plan.json", "--select", "ECR-003", "ECS-005", "ECS-007"];
    const document = JSON.parse(readFileSync(plan, "utf8"));
    writeFileSync(join(own, "plan.json"), JSON.stringify(document));
    const written = await command([...args, "--write-waivers", "w.yaml", "--reason", "adopted", "--owner", "me"], {
      cwd: own,
    });
    expect([written.code, written.error]).toEqual([0, ""]);
    expect(
      parse(readFileSync(join(own, "w.yaml"), "utf8")).waivers.map(
        ({ fingerprint, ...rest }: { fingerprint: string }) => rest,
      ),
    ).toEqual([
      {
        policy: "ECS-005",
        resources: ["aws_ecs_task_definition.sensitive#containers[0]"],
        reason: "adopted",
        owner: "me",
      },
      { policy: "ECR-003", resources: [mutable], reason: "adopted", owner: "me" },
    ]);
    writeFileSync(join(own, "plimsoll.yaml"), "extends: [./w.yaml]\n");
    expect(await command([...args, "--quiet"], { cwd: own })).toEqual({ code: 0, out: "", error: "" });
    for (const { type, change } of document.resource_changes)
      if (type === "aws_ecr_repository") change.after.image_tag_mutability = "ANYTHING";
    writeFileSync(join(own, "plan.json"), JSON.stringify(document));
    const worse = await command([...args, "--format", "json"], { cwd: own });
    expect(JSON.parse(worse.out).summary).toMatchObject({ blocking: 2, waived: 1 });
  });

  it.each<[string[], string]>([
    [["--write-waivers", "w.yaml"], "plimsoll: --write-waivers needs a --reason: why these findings may stay\n"],
    [["--reason", "x"], "plimsoll: --reason belongs to --write-waivers; waivers of a configuration have their own\n"],
    [
      ["--write-waivers", "w.yaml", "--reason", "x", "--expires", "soon"],
      "plimsoll: --expires soon: must be a day as 2027-03-31\n",
    ],
    [
      ["--write-waivers", "there.yaml", "--reason", "x"],
      "plimsoll: --write-waivers there.yaml: exists already; name another file, and let plimsoll.yaml extend both\n",
    ],
  ])("%o is wrong usage", async (args, error) => {
    const own = work({ "there.yaml": "" });
    expect(await command(["check", plan, ...args], { cwd: own })).toEqual({ code: 2, out: "", error });
    expect(existsSync(join(own, "w.yaml"))).toBe(false);
  });
});

it("two policy files with one id", async () => {
  const text = readFileSync("policies/ecr/ecr-003-immutable-tags.yaml", "utf8").replace("ECR-003", "TEAM-001");
  const own = work({ "policies/a.yaml": text, "policies/b.yaml": text });
  expect((await command(["check", plan, "--policies", "policies"], { cwd: own })).error).toBe(
    'plimsoll: policies/b.yaml:2:5: id: "TEAM-001" is the id of policies/a.yaml already; choose another\n',
  );
});

it("an operator that is written with escapes is checked like any other", async () => {
  const text = readFileSync("policies/ecr/ecr-003-immutable-tags.yaml", "utf8")
    .replace("ECR-003", "TEAM-001")
    .replace(
      /conditions:[\s\S]*?(?=\n\w)/,
      'conditions: { all: [{ fact: name, operator: "\\u006datchesRegularExpression", value: ["("] }] }',
    );
  const own = work({ "policies/a.yaml": text });
  const { code, error } = await command(["check", plan, "--policies", "policies"], { cwd: own });
  expect([code, error.replace(/^.*?conditions/, "conditions")]).toEqual([
    2,
    'conditions.all.0.value: "(" is no regular expression of RE2 (missing closing ): `(`)\n',
  ]);
});

describe("what a file names is all that is read", () => {
  it("a link to nothing, and links in a circle of configurations", async () => {
    const own = work({ "policies/.keep": "", "plimsoll.yaml": "extends: [./again/plimsoll.yaml]\n" });
    symlinkSync(join(own, "nowhere"), join(own, "policies/a.yaml"));
    symlinkSync(own, join(own, "again"));
    expect((await command(["check", plan], { cwd: own })).error).toBe(
      'plimsoll: circular "extends": plimsoll.yaml → again/plimsoll.yaml; remove one\n',
    );
    writeFileSync(join(own, "plimsoll.yaml"), "policies: [./policies]\n");
    expect((await command(["check", plan], { cwd: own })).error).toBe(
      "plimsoll: plimsoll.yaml:1: policies: policies/a.yaml: is a link to a file that is not there\n",
    );
  });

  it("a link in a folder of policies that leads out of it", async () => {
    const own = work({ "elsewhere/a.yaml": "secret: value\n", "policies/.keep": "" });
    symlinkSync(join(own, "elsewhere/a.yaml"), join(own, "policies/a.yaml"));
    expect(await command(["check", plan, "--policies", "policies"], { cwd: own })).toEqual({
      code: 2,
      out: "",
      error: "plimsoll: --policies policies/a.yaml: is a link to a file outside of policies; name that file itself\n",
    });
  });

  it("a package that extends by a path what is not in it", async () => {
    const own = work({
      "plimsoll.yaml": "extends: [rules]\n",
      "other.yaml": "failOn: never\n",
      "node_modules/rules/plimsoll.yaml": "extends: [../../other.yaml]\n",
    });
    expect((await command(["check", plan], { cwd: own })).error).toBe(
      "plimsoll: node_modules/rules/plimsoll.yaml:1: extends ../../other.yaml: lies outside of the package that names it\n",
    );
  });

  it("a package by a name that climbs", async () => {
    const own = work({ "plimsoll.yaml": "extends: [a/../../b]\n" });
    expect((await command(["check", plan], { cwd: own })).error).toBe(
      'plimsoll: plimsoll.yaml:1: extends "a/../../b": neither a path that begins with ./ or ../, nor the name of an npm package\n',
    );
  });
});

describe("policies of a team", () => {
  const files = {
    "policies/a.yaml": readFileSync("policies/ecr/ecr-003-immutable-tags.yaml", "utf8").replace("ECR-003", "TEAM-001"),
  };

  it("are listed and explained with the shipped ones", async () => {
    const own = work({ ...files, "plimsoll.yaml": "policies: [./policies]\n" });
    const listed = await command(["policies"], { cwd: own });
    expect(listed.out.split("\n").at(-2)).toBe(
      "TEAM-001  high      ecr-repository                   Image tags are immutable",
    );
    const json = JSON.parse((await command(["policies", "--format", "json"], { cwd: own })).out);
    expect(json.length).toBe(100);
    await expect((await command(["explain", "team-001"], { cwd: own })).out).toMatchFileSnapshot("explanation.txt");
    expect(await command(["explain", "TEAM-002"], { cwd: own })).toEqual({
      code: 2,
      out: "",
      error: 'plimsoll: unknown policy "TEAM-002"; did you mean "TEAM-001"?\n',
    });
  });

  it("are tested, also as JUnit", async () => {
    const wrong = files["policies/a.yaml"]
      .replace("severity: high", "severity: low")
      .replace(
        / {2}fail:\n/,
        "  fail:\n    - { name: a, tagMutability: IMMUTABLE, isPullThroughCache: false, tagMutabilityExclusions: [] }\n",
      );
    const own = work({ "policies/a.yaml": wrong });
    const text = await command(["test", "policies"], { cwd: own });
    const junit = await command(["test", "policies", "--format", "junit"], { cwd: own });
    expect([text.code, junit.code]).toEqual([1, 1]);
    await expect(`${text.out}\n${junit.out}`).toMatchFileSnapshot("policy-tests.txt");
  });

  it("name plans that are there", async () => {
    const own = work({ "policies/a.yaml": `${files["policies/a.yaml"]}plans:\n  - plan: ../nowhere.json\n` });
    expect((await command(["test", "policies"], { cwd: own })).error).toBe(
      "plimsoll: policies/a.yaml: plans: ../nowhere.json: cannot be read (ENOENT)\n",
    );
  });
});

it("init touches nothing that is there", async () => {
  const own = work({ "plimsoll.yaml": "failOn: never\n" });
  expect(await command(["init"], { cwd: own })).toEqual({
    code: 2,
    out: "",
    error: "plimsoll: plimsoll.yaml: exists already; nothing was written\n",
  });
  expect(existsSync(join(own, "policies"))).toBe(false);
});

it("completion asks the command, which names commands and options", async () => {
  const words = async (...args: string[]) => (await command(["--get-completions", ...args])).out.trim().split("\n");
  expect(await words("")).toEqual([
    "check",
    "diff",
    "report",
    "verify",
    "policies",
    "waivers",
    "explain",
    "facts",
    "test",
    "init",
    "schema",
    "comment",
    "serve",
    "completion",
  ]);
  expect(await words("test", "--")).toEqual(["--color", "--no-color", "--help", "--version", "--config", "--format"]);
  expect(await words("check", "pl")).toEqual([""]);
  const { out } = await command(["completion"]);
  expect(out).toBe(readFileSync("test/cli/completion.sh", "utf8"));
});

describe("--set", () => {
  const plan = planFile("ecr-lifecycle");
  const verdicts = async (...args: string[]) => {
    const { out } = await command(["check", plan, "--format", "json", "--all", ...args]);
    return JSON.parse(out).findings.map(({ policy, verdict }: Record<string, string>) => `${policy} ${verdict}`);
  };

  it("gives a parameter to all policies, or to one, before the configuration", async () => {
    const cwd = work({ "plimsoll.yaml": "parameters: { ECR-005: { max_images: 1 } }\n" });
    const { out } = await command(
      ["check", plan, "--set", "ECR-005.max_images=100000", "--select", "ECR-005", "--format", "json"],
      { cwd },
    );
    const expected = await verdicts("--select", "ECR-005", "--set", "max_images=100000");
    const failed = (all: string[]) => all.filter((line) => line.endsWith(" fail")).length;
    expect(
      failed(JSON.parse(out).findings.map(({ policy, verdict }: Record<string, string>) => `${policy} ${verdict}`)),
    ).toBe(failed(expected));
    expect(failed(await verdicts("--select", "ECR-005", "--set", "max_images=1"))).toBeGreaterThan(failed(expected));
  });

  it.each([
    [
      "max_images",
      "--set max_images: is not of the form name=value; write account_ids=111122223333, or ECR-005.max_images=50 for one policy",
    ],
    ["ECR-005.max_images=many", "must be a number, as ECR-005 has it"],
    ["max_image=5", 'did you mean "max_images"?'],
  ])("refuses %s", async (word, message) => {
    const { code, error } = await command(["check", plan, "--set", word]);
    expect([code, error.includes(message)]).toEqual([2, true]);
  });

  it("takes one word, so that plans may follow, and is given once for each parameter", async () => {
    const { code, error } = await command([
      "check",
      "--set",
      "account_ids=111122223333,444455556666",
      "--set",
      "max_images=5",
      plan,
    ]);
    expect([code, error]).toEqual([0, ""]);
  });
});
