import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folder = testFolder();
const plan = planFile("first-plan");

const config = `# Decided by the platform team.
waivers:
  # The registry of builds.
  - policy: ECR-003
    resources: [module.registry] # all of it
    reason: caches
    owner: builds
    expires: 2026-12-24

  - policy: ECR-004 # old
    resources: ['module.registry["api"]']
    reason: why not
    expires: "2026-11-23"
  - { policy: "ECS-*", resources: [aws_x.y], reason: gone }
  - policy: ECR-007
    resources: ["*"]
    reason: many
    maxMatches: 1
extends: [./more.yaml]
`;
const more = "waivers: [{ policy: ECR-003, resources: [aws_x.z], reason: old, expires: 2026-01-01 }]\n";
const source = '# plimsoll:waive ECS-004 until 2026-11-24 owner web: in the source\nresource "aws_x" "y" {}\n';

function files() {
  return folder({ "plimsoll.yaml": config, "more.yaml": more, "main.tf": source });
}

describe("plimsoll waivers lists them", () => {
  it("by their last days, with those in comments of the source", async () => {
    expect(await command(["waivers"], { cwd: files() })).toMatchInlineSnapshot(`
      {
        "code": 0,
        "error": "",
        "out": "more.yaml:1       ECR-003  expired on 2026-01-01           -       aws_x.z                 old
      plimsoll.yaml:4   ECR-003  ends in 30 days, on 2026-12-24  builds  module.registry         caches
      plimsoll.yaml:10  ECR-004  expired on 2026-11-23           -       module.registry["api"]  why not
      plimsoll.yaml:14  ECS-*    no end                          -       aws_x.y                 gone
      plimsoll.yaml:15  ECR-007  no end                          -       *                       many
      main.tf:1         ECS-004  ends today, 2026-11-24          web                             in the source
      ",
      }
    `);
  });

  it("with what became of them in plans", async () => {
    expect((await command(["waivers", plan], { cwd: files() })).out).toMatchInlineSnapshot(`
      "more.yaml:1       ECR-003  expired on 2026-01-01                                            -       aws_x.z                 old
      plimsoll.yaml:4   ECR-003  applies to 1 finding; ends in 30 days, on 2026-12-24             builds  module.registry         caches
      plimsoll.yaml:10  ECR-004  1 finding would match; expired on 2026-11-23                     -       module.registry["api"]  why not
      plimsoll.yaml:14  ECS-*    matches no finding; no end                                       -       aws_x.y                 gone
      plimsoll.yaml:15  ECR-007  too broad: 2 findings match, so that it applies to none; no end  -       *                       many
      main.tf:1         ECS-004  matches no finding; ends today, 2026-11-24                       web                             in the source
      "
    `);
  });

  it("as markdown, of selected policies", async () => {
    expect(
      (await command(["waivers", "--format", "markdown", "--select", "ECS-004"], { cwd: files() })).out,
    ).toMatchInlineSnapshot(`
      "| where | policy | state | owner | reason | resources |
      | --- | --- | --- | --- | --- | --- |
      | \`plimsoll.yaml:14\` | \`ECS-*\` | no end |  | gone | \`aws_x.y\` |
      | \`main.tf:1\` | \`ECS-004\` | ends today, 2026-11-24 | web | in the source |  |
      "
    `);
  });

  it("as JSON", async () => {
    const { out } = await command(["waivers", plan, "--format", "json", "--select", "ECR-004"], { cwd: files() });
    expect(JSON.parse(out)).toEqual([
      {
        from: "plimsoll.yaml:10",
        policy: "ECR-004",
        resources: ['module.registry["api"]'],
        state: "expired",
        matches: 1,
        expires: "2026-11-23",
        daysLeft: -1,
        owner: null,
        reason: "why not",
      },
    ]);
  });

  it("where there are none", async () => {
    expect(await command(["waivers"], { cwd: folder({}) })).toEqual({ code: 0, out: "No waivers.\n", error: "" });
  });
});

it("names of no policy are wrong usage", async () => {
  const ran = await command(["waivers", "--select", "ECR-3"], { cwd: files() });
  expect([ran.code, ran.out, ran.error.split(";")[0]]).toEqual([
    2,
    "",
    "plimsoll: --select ECR-3: no policy has that id",
  ]);
});

describe("--prune", () => {
  it("removes what has expired, and with plans what matches nothing", async () => {
    const cwd = files();
    const ran = await command(["waivers", "--prune"], { cwd });
    expect(ran).toMatchInlineSnapshot(`
      {
        "code": 0,
        "error": "",
        "out": "more.yaml:1       ECR-003  removed: expired on 2026-01-01  -  aws_x.z                 old
      plimsoll.yaml:10  ECR-004  removed: expired on 2026-11-23  -  module.registry["api"]  why not

      2 waivers removed in more.yaml, plimsoll.yaml.
      ",
      }
    `);
    const left = config.replace(/ {2}- policy: ECR-004[\s\S]*?"2026-11-23"\n/, "");
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(left);
    expect(readFileSync(join(cwd, "more.yaml"), "utf8")).toBe("waivers: []\n");
    const again = await command(["waivers", plan, "--prune"], { cwd });
    expect(again).toMatchInlineSnapshot(`
      {
        "code": 0,
        "error": "plimsoll: main.tf:1: ECS-004 is waived by a comment of the source; change it there
      ",
        "out": "plimsoll.yaml:10  ECS-*  removed: matches no finding; no end  -  aws_x.y  gone

      1 waiver removed in plimsoll.yaml.
      ",
      }
    `);
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(left.replace(/ {2}- \{ policy: "ECS.*\n/, ""));
    expect(await command(["waivers", plan, "--prune"], { cwd })).toEqual({
      code: 0,
      out: "No waiver is to be removed or renewed.\n",
      error: "plimsoll: main.tf:1: ECS-004 is waived by a comment of the source; change it there\n",
    });
    expect((await command(["check", plan, "--quiet", "--select", "ECR-003"], { cwd })).code).toBe(0);
  });

  it("keeps what one of several plans has use for", async () => {
    const cwd = files();
    await command(["waivers", planFile("keyed"), plan, "--prune", "--select", "ECR-003"], { cwd });
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(config);
  });

  it("changes nothing where a plan cannot be judged", async () => {
    const cwd = files();
    const ran = await command(["waivers", plan, "nothing.json", "--prune"], { cwd });
    expect(ran.code).toBe(3);
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(config);
  });
});

describe("--renew", () => {
  it("sets a new end for those that have expired", async () => {
    const cwd = files();
    chmodSync(join(cwd, "plimsoll.yaml"), 0o640);
    const ran = await command(["waivers", "--renew", "2027-06-30"], { cwd });
    expect(ran).toMatchInlineSnapshot(`
      {
        "code": 0,
        "error": "",
        "out": "more.yaml:1       ECR-003  renewed until 2027-06-30: expired on 2026-01-01  -  aws_x.z                 old
      plimsoll.yaml:10  ECR-004  renewed until 2027-06-30: expired on 2026-11-23  -  module.registry["api"]  why not

      2 waivers renewed in more.yaml, plimsoll.yaml.
      ",
      }
    `);
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(config.replace("2026-11-23", "2027-06-30"));
    expect(readFileSync(join(cwd, "more.yaml"), "utf8")).toBe(more.replace("2026-01-01", "2027-06-30"));
    expect(statSync(join(cwd, "plimsoll.yaml")).mode & 0o777).toBe(0o640);
    expect(readdirSync(cwd).sort()).toEqual(["main.tf", "more.yaml", "plimsoll.yaml"]);
  });

  it("and for those that are selected and end before", async () => {
    const cwd = files();
    await command(["waivers", "--renew", "2027-06-30", "--select", "ECR-003"], { cwd });
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(config.replace("2026-12-24", "2027-06-30"));
    await command(["waivers", "--renew", "2027-05-30", "--select", "ECR-003"], { cwd });
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(config.replace("2026-12-24", "2027-06-30"));
  });

  it("with --prune for those that are still of use; the others go", async () => {
    const cwd = files();
    await command(["waivers", plan, "--renew", "2027-06-30", "--prune"], { cwd });
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(
      config.replace("2026-11-23", "2027-06-30").replace(/ {2}- \{ policy: "ECS.*\n/, ""),
    );
    expect(readFileSync(join(cwd, "more.yaml"), "utf8")).toBe("waivers: []\n");
  });

  it.each<[string[], string]>([
    [["--renew", "soon"], "--renew soon: must be a day as 2027-03-31"],
    [["--renew", "2026-11-23"], "--renew 2026-11-23: lies in the past, so that the waivers would not apply"],
    [
      ["--renew", "2027-06-30", "--prune"],
      "--prune and --renew together need plans, which tell the waivers to renew from those to remove; name all plans that the waivers are for",
    ],
  ])("%j is wrong usage", async (args, message) => {
    const cwd = files();
    const ran = await command(["waivers", ...args], { cwd });
    expect([ran.code, ran.out]).toEqual([2, ""]);
    expect(ran.error).toBe(`plimsoll: ${message}\n`);
    expect(readFileSync(join(cwd, "plimsoll.yaml"), "utf8")).toBe(config);
  });

  it("changes no file that a link leads to, nor what a package waives, nor where aliases stand in the way", async () => {
    const linked = folder({ "real.yaml": more });
    symlinkSync(join(linked, "real.yaml"), join(linked, "plimsoll.yaml"));
    expect((await command(["waivers", "--prune"], { cwd: linked })).error).toBe(
      "plimsoll: plimsoll.yaml: is a link; name the file that it leads to\n",
    );
    const shared = folder({ "plimsoll.yaml": "extends: [p]\n", "node_modules/p/plimsoll.yaml": more });
    expect(await command(["waivers", "--prune"], { cwd: shared })).toEqual({
      code: 0,
      out: "No waiver is to be removed or renewed.\n",
      error: "plimsoll: node_modules/p/plimsoll.yaml:1: ECR-003 is waived by a package; change it there\n",
    });
    const aliases = folder({});
    const text = `waivers:
  - &w { policy: ECR-003, resources: [aws_x.z], reason: old, expires: 2026-01-01 }
  - *w
`;
    writeFileSync(join(aliases, "plimsoll.yaml"), text);
    expect((await command(["waivers", "--renew", "2027-01-01"], { cwd: aliases })).error).toBe(
      "plimsoll: plimsoll.yaml: cannot be changed without changing more, as anchors and aliases stand in it; change it by hand: plimsoll.yaml:2, plimsoll.yaml:3\n",
    );
    expect(readFileSync(join(aliases, "plimsoll.yaml"), "utf8")).toBe(text);
    for (const [own, file, before] of [
      [linked, "real.yaml", more],
      [shared, "node_modules/p/plimsoll.yaml", more],
    ] as const)
      expect(readFileSync(join(own, file), "utf8")).toBe(before);
  });
});
