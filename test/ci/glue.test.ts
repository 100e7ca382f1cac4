import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import manifest from "../../package.json" with { type: "json" };
import { command } from "../cli/command.ts";
import { some } from "../thorough.ts";
import { atlantisRun, azureTemplate, bitbucketScript, type Given, gitLabTemplate, gluesIn } from "./glue.ts";
import { root } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-glue-"));
afterAll(() => rmSync(folder, { recursive: true }));

const glues = gluesIn(folder);
/** Their scripts do the same in the same lines, so that a run tries one of them: a test below compares them. */
const alike = ["GitLab", "Azure DevOps", "Bitbucket"] as const;
const names = ["GitHub", "GitLab", "Azure DevOps", "Bitbucket", "Atlantis"] as const;
const blocked = planFile("ssm");
const clean = planFile("ecr-lifecycle");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

/** What happens, in the order of the page. */
const cases: readonly (readonly [string, readonly Given[]])[] = [
  ["the package cannot be installed", [{ package: "missing", plan: clean }]],
  ["another package is installed", [{ package: "another", plan: clean }]],
  ["the plan is missing", [{ plan: "nothing.json" }]],
  ["the plan is errored", [{ plan: planFile("errored") }]],
  [
    "no report, whatever the exit code",
    [0, 1, 134].map((code) => ({ package: { command: `process.exitCode = ${code};` }, plan: clean })),
  ],
  ["wrong usage or configuration", [{ plan: clean, args: ["--fail-on=hihg"] }]],
  ["blocked, the plan named `--quiet`", [{ plan: "--quiet/plan.json", files: { "--quiet/plan.json": blocked } }]],
  ["nothing blocks", [{ plan: clean }]],
];

/** The rows of the table of exit codes. */
function table(): Map<string, string[]> {
  const lines = textOf(".ci/README.md").split("\n");
  const begin = lines.findIndex((line) => line.startsWith("| what happens"));
  const rows = lines.slice(begin + 2, lines.indexOf("", begin));
  return new Map(
    rows.map((row) => {
      const [what = "", ...cells] = row
        .slice(2, -2)
        .split("|")
        .map((cell) => cell.trim());
      return [what, cells];
    }),
  );
}

it("every glue ends as the page says", async () => {
  expect([...table().keys()]).toEqual(cases.map(([what]) => what));
  const runs = cases.flatMap(([what, givens]) =>
    some(givens, "plan", what).flatMap((given) =>
      [...some(alike, "plan", what), "GitHub" as const, "Atlantis" as const]
        // The server of Atlantis has the command already.
        .filter((name) => name !== "Atlantis" || given.package !== "another")
        .map(async (name) => {
          const ran = await glues[name](given);
          const word = /^(FAIL|PASS)\b/m.exec(ran.out)?.[1];
          const isFine = word !== "PASS" || !/fail/i.test(ran.out + ran.error);
          return {
            what,
            name,
            end: name === "Atlantis" ? `${isFine ? word : "both"}` : String(ran.code),
            fake: ran.out.includes("FAKE"),
          };
        }),
    ),
  );
  const ended = await Promise.all(runs);
  const wrong = ended.filter(({ what, name, end }) => table().get(what)?.[names.indexOf(name)] !== end);
  expect([wrong, ended.filter(({ fake }) => fake)]).toEqual([[], []]);
});

describe("each glue that installs the package", () => {
  it.each(["GitHub" as const, ...some(alike, "plan", "installing")])(
    "%s: outside of the checkout, without scripts, and not by what variables say",
    async (name) => {
      const ran = await glues[name]({
        plan: blocked,
        args: ["--select=SSM-*"],
        env: {
          PLIMSOLL_VERSION: "6.6.6",
          NODE_OPTIONS: name === "GitHub" ? "" : "--require ./node_modules/plimsoll/dist/plimsoll.cjs",
          npm_config_registry: "http://127.0.0.1:1/",
        },
      });
      const { out } = await command(["check", blocked, "--select", "SSM-*"], { cwd: ran.work });
      expect([ran.code, ran.out.startsWith(out), ran.out.includes("FAKE")]).toEqual([1, true, false]);
      const words = ran.npm.trimEnd().split(" ");
      const [prefix = ""] = words.slice(2, 3);
      expect(prefix.startsWith(ran.work)).toBe(false);
      expect(words).toEqual([
        ...["install", "--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        ...[
          "--registry",
          "https://registry.npmjs.org/",
          ...(name === "GitHub" ? ["--"] : []),
          `plimsoll@${manifest.version}`,
        ],
        ...["in", prefix],
      ]);
    },
  );

  it("the scripts of GitLab, Azure and Bitbucket install, judge and end in the same way", () => {
    const same = (script: string) => {
      const lines = script.split("\n");
      const part = (from: string, to: string) =>
        lines.slice(lines.indexOf(from), lines.findIndex((line) => line.startsWith(to)) + 1);
      return [
        ...part('echo \'{ "private": true }\' > "$plimsoll/package.json"', "code=0"),
        ...part(reportWanted, '[ "$code" -le 3 ]'),
      ];
    };
    const reportWanted = "# Without a report nothing is judged, whatever it ended with.";
    const [first, ...others] = [gitLabTemplate.job.script[0], azureTemplate.steps[0].bash, bitbucketScript].map(same);
    expect(first?.length).toBe(11);
    expect(others).toEqual([first, first]);
  });
});

it("GitLab: the reports that the job uploads are there", async () => {
  const ran = await glues.GitLab({ plan: `${blocked} ${clean}`, args: ["--select", "SSM-*"] });
  const { codequality, junit } = gitLabTemplate.job.artifacts.reports;
  expect([codequality, junit].filter((file) => !readdirSync(ran.work).includes(file))).toEqual([]);
  const entries: unknown[] = JSON.parse(readFileSync(join(ran.work, codequality), "utf8"));
  expect(entries).toHaveLength(7);
});

it("Azure: the summary and the messages are handed over, and the step behind knows how the check ended", async () => {
  const ran = await glues["Azure DevOps"]({ plan: blocked, args: ["--select=SSM-*"] });
  const { out } = await command(["check", blocked, "--select", "SSM-*", "--format", "azure-devops"], { cwd: ran.work });
  expect(ran.out.endsWith(`##vso[task.uploadsummary]${ran.temporary}/plimsoll/report.md\n${out}`)).toBe(true);
  expect(readFileSync(join(ran.temporary, "plimsoll/exit-code"), "utf8")).toBe("1\n");
  const [check, comment] = azureTemplate.steps;
  expect(Object.keys(check.env).filter((name) => /TOKEN/.test(name))).toEqual([]);
  expect(comment.env["PLIMSOLL_TOKEN"]).toBe("$(System.AccessToken)");
});

it("Atlantis: the server's own command, which the page installs by its integrity", () => {
  expect(atlantisRun).toContain("node /opt/plimsoll/node_modules/plimsoll/dist/plimsoll.cjs check ");
  expect(textOf(".atlantis/README.md")).toContain("npm install --prefix /opt/plimsoll --ignore-scripts");
});

describe("whatever runs the command ends the options before the plans", () => {
  const runs =
    /plimsoll(?:\.cjs)?"? (?:check|test|comment)\b|"\$(?:command|PLIMSOLL_COMMAND)" (?:check|comment)|"check",/;
  const isProse = /^\s*(?:#|\/\/|\*|(?:name|description|displayName):)|- displayName:/;
  /** The lines that run the command; one that ends with a backslash goes on. */
  const commandsOf = (file: string) => {
    const lines = textOf(file).replace(/ \\\n/g, "").split("\n");
    return lines.filter((line) => runs.test(line) && !isProse.test(line));
  };
  const folders = [".github/actions", ".gitlab", ".atlantis", ".azure-pipelines", ".bitbucket"];
  const files = folders.flatMap((each) =>
    readdirSync(join(root, each), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  const glue = [".pre-commit-hooks.yaml", ...files].filter((file) => commandsOf(file).length > 0).sort();

  it("which is so many files", () => {
    expect(glue).toEqual([
      ".atlantis/repos.yaml",
      ".azure-pipelines/plimsoll.yml",
      ".bitbucket/plimsoll.yml",
      ".github/actions/check/action.yml",
      ".github/actions/check/check.mjs",
      ".gitlab/plimsoll.gitlab-ci.yml",
      ".pre-commit-hooks.yaml",
    ]);
  });

  it.each(glue)("%s", (file) => {
    expect(commandsOf(file).filter((line) => !/ --(?: |$)|"--",/.test(line))).toEqual([]);
  });
});
