import { createHash } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitRevision } from "../../cli/git-revision.ts";
import { planFile } from "../../fixtures/fixtures.ts";
import manifest from "../../package.json" with { type: "json" };
import { planBytes } from "../check-fixture.ts";
import { command } from "./command.ts";
import { testFolder } from "./folder.ts";

const folderWith = testFolder();
const commit = "0123456789abcdef0123456789abcdef01234567";
const other = "f".repeat(40);
const origin = (url: string) => `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n`;

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

async function runOf(cwd: string, ...args: readonly string[]) {
  const ran = await command(["check", ...args, "--format", "json"], { cwd });
  expect(ran.error).toBe("");
  return JSON.parse(ran.out);
}

describe("what git says", () => {
  it.each([
    ["a branch", { HEAD: "ref: refs/heads/feature/x\n", "refs/heads/feature/x": `${commit}\n` }, "feature/x"],
    [
      "a branch among packed references",
      {
        HEAD: "ref: refs/heads/main\n",
        "packed-refs": `# pack-refs with: peeled\n${other} refs/heads/main2\n${commit} refs/heads/main\n^${other}\n`,
      },
      "main",
    ],
    ["a commit alone, as CI has it", { HEAD: `${commit}\n` }, null],
  ])("%s", (_, files, branch) => {
    const git = Object.fromEntries(Object.entries(files).map(([name, text]) => [`.git/${name}`, text]));
    const folder = folderWith({ ...git, "infra/main.tf": "" });
    expect(gitRevision(join(folder, "infra"))).toEqual({ commit, branch, repository: null });
  });

  it("a worktree: its own HEAD, the references and the remote of the first one", () => {
    const folder = folderWith({
      "main/.git/HEAD": "ref: refs/heads/main\n",
      "main/.git/refs/heads/other": commit,
      "main/.git/config": origin("https://example.com/shop.git"),
      "main/.git/worktrees/w/HEAD": "ref: refs/heads/other\n",
      "main/.git/worktrees/w/commondir": "../..\n",
      "w/.git": "gitdir: ../main/.git/worktrees/w\n",
    });
    expect(gitRevision(join(folder, "w"))).toEqual({
      commit,
      branch: "other",
      repository: "https://example.com/shop.git",
    });
  });

  it.each([
    ["https://someone:ghp_secret@example.com/shop/infra.git", "https://example.com/shop/infra.git"],
    ["https://ghp_secret@example.com:8443/shop?token=secret#secret", "https://example.com:8443/shop"],
    ["git@example.com:shop/infra.git", "ssh://example.com/shop/infra.git"],
    ["ssh://git@example.com:2222/shop.git", "ssh://example.com:2222/shop.git"],
    ["/srv/git/shop.git", null],
    ["C:/git/shop.git", null],
    ["file:///srv/git/shop.git", null],
    ["ext::sh -c secret", null],
  ])("the remote %s is told as %s", (url, repository) => {
    const folder = folderWith({ ".git/HEAD": commit, ".git/config": origin(url) });
    expect(gitRevision(folder)).toEqual({ commit, branch: null, repository });
  });

  it.each([
    ["no git", {}],
    ["a folder without a commit", { ".git/HEAD": "ref: refs/heads/main\n" }],
    ["references in a table", { ".git/HEAD": "ref: refs/heads/.invalid\n" }],
    ["a reference that leads elsewhere", { ".git/HEAD": "ref: refs/heads/../../../secret\n", secret: commit }],
    ["what is no commit", { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "password\n" }],
    ["a file that leads nowhere", { ".git": "gitdir: /nowhere/at/all\n" }],
    ["a file of something else", { ".git": "nothing" }],
  ])("nothing where there is %s", (_, files) => {
    expect(gitRevision(folderWith(files))).toBeNull();
  });
});

const config = (text: string) => ({ "plan.json": planBytes("ssm"), "plimsoll.yaml": text });

it("a run is told in one object: what was judged, by what, and how", async () => {
  const cwd = folderWith(
    config(
      "failOn: medium\noverrides:\n  - { policy: SSM-003, severity: low }\n  - { policy: KMS-001, severity: 'off' }\n",
    ),
  );
  const { run, plan } = await runOf(cwd, "plan.json", "--select", "SSM-*", "KMS-*", "--title", "shop");
  expect(run).toEqual({
    plimsoll: manifest.version,
    title: "shop",
    plan: {
      form: "json",
      sha256: sha256(planBytes("ssm")),
      terraform: plan.terraform,
      timestamp: "2026-01-01T00:00:00Z",
    },
    policies: {
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      run: ["KMS-002", "KMS-003", "KMS-004", "SSM-001", "SSM-002", "SSM-003", "SSM-004", "SSM-005"],
      skipped: expect.arrayContaining([
        { policy: "ECR-001", by: "selection" },
        { policy: "KMS-001", by: "override" },
      ]),
      overrides: [
        { policy: "SSM-003", severity: "low" },
        { policy: "KMS-001", severity: "off" },
      ],
    },
    configuration: { digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    thresholds: { failOn: "medium", onUnknown: "report", block: "all", blockAlways: null },
    revision: null,
  });
  expect(run.plan.sha256).toBe(plan.sha256);
});

it("of a saved plan the hash is that of its own file, and the plan's that of the JSON", async () => {
  const saved = "PK\u0003\u0004tfplan";
  const cwd = folderWith({ tfplan: saved, "bin/terraform": `#!/bin/sh\nexec /bin/cat ${planFile("ssm")}\n` });
  chmodSync(join(cwd, "bin/terraform"), 0o755);
  const { out } = await command(["check", "tfplan", "--format", "json"], { cwd, env: { PATH: join(cwd, "bin") } });
  const { run, plan } = JSON.parse(out);
  expect([run.plan.form, run.plan.sha256, plan.sha256]).toEqual([
    "saved",
    sha256(saved),
    sha256(readFileSync(planFile("ssm"))),
  ]);
});

describe("digests", () => {
  const waiver = (more = "") =>
    `waivers:\n  - { policy: SSM-001, resources: [aws_ssm_parameter.a], reason: known${more} }\nfailOn: low\n`;
  const policy = (severity: string, example: string) =>
    `id: TEAM-001\ntitle: T\nseverity: ${severity}\nsubject: ssm-parameter\nwhy: W\nfix: F\nconditions:\n  all:\n    - { fact: name, operator: equal, value: a }\nexamples:\n  pass:\n    - { name: ${example} }\n`;
  const digests = async (text: string, team = policy("low", "a")) => {
    const { run } = await runOf(
      folderWith({ ...config(`policies: [team.yaml]\n${text}`), "team.yaml": team }),
      "plan.json",
    );
    return [run.policies.digest, run.configuration.digest];
  };

  it("are the same however the files are written", async () => {
    const reordered = `# a comment\nfailOn: low\n\n${waiver().replace("failOn: low\n", "")}`;
    expect(await digests(reordered, policy("low", "a").replace("examples", "# another\nexamples"))).toEqual(
      await digests(waiver()),
    );
  });

  it("are others where something else is said", async () => {
    const [policies, configuration] = await digests(waiver());
    const [same, changed] = await digests(waiver(" since long"));
    expect([same === policies, changed === configuration]).toEqual([true, false]);
    const [severe, unchanged] = await digests(waiver(), policy("high", "a"));
    expect([severe === policies, unchanged === configuration]).toEqual([false, true]);
  });
});

it("the text names the commit and no digest, whatever else is written", async () => {
  const cwd = folderWith(config("failOn: high\n"));
  const revision = () => ({ commit, branch: "main", repository: "https://example.com/shop.git" });
  const alone = await command(["check", "plan.json"], { cwd, revision });
  const both = await command(["check", "plan.json", "--format", "text", "html=a.html"], { cwd, revision });
  expect(both.out).toBe(alone.out);
  expect(alone.out.replace(/\s+/g, " ")).toContain("planned at 2026-01-01T00:00:00Z; commit 0123456789ab (main)");
  expect(readFileSync(join(cwd, "a.html"), "utf8")).toContain(
    `commit ${commit} (main) of https://example.com/shop.git`,
  );
});
