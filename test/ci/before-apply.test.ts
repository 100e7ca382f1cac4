import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { planFile } from "../../fixtures/fixtures.ts";
import { some } from "../thorough.ts";
import { gluesIn } from "./glue.ts";
import { built, root, run } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-apply-"));
afterAll(() => rmSync(folder, { recursive: true }));

const glues = gluesIn(folder);
const clean = planFile("ecr-lifecycle");
const blocked = planFile("ssm");

/** Stands for Terraform: the JSON of the saved plan is a file beside it, and an apply says what it applied. */
const bin = join(folder, "terraform-bin");
mkdirSync(bin);
writeFileSync(
  join(bin, "terraform"),
  '#!/bin/sh\ncase "$1" in\nshow) cat "$3.json" ;;\napply) echo "applied $2" ;;\nesac\n',
);
chmodSync(join(bin, "terraform"), 0o755);

/** The block of a page that is about the apply. */
function blockOf(page: string, language: string): string {
  const text = readFileSync(join(root, page), "utf8");
  const [, block = ""] = text.slice(text.indexOf("Before the apply")).split(`\`\`\`${language}\n`);
  return block.split("```")[0] ?? "";
}

const stepOfJob = z.object({ run: z.string(), env: z.strictObject({ COMMAND: z.string() }) });
const [, gitHubStep] = z
  .tuple([z.object({ with: z.strictObject({ plan: z.literal("plan.json"), args: z.string() }) }), stepOfJob])
  .parse(parse(blockOf(".github/actions/check/README.md", "yaml")));
const [azureStep] = z
  .tuple([z.strictObject({ bash: z.string(), env: z.strictObject({ REPORT: z.string() }) })])
  .parse(parse(blockOf(".azure-pipelines/README.md", "yaml")));

/** What each page lets a job run before the apply, and the argument by which the check keeps its report. */
const pages = [
  { name: "GitHub", script: gitHubStep.run, keep: "--format=json=report.json" },
  { name: "GitLab", script: blockOf(".gitlab/README.md", "sh"), keep: "--format json=report.json" },
  { name: "Azure DevOps", script: azureStep.bash, keep: "--format json=report.json" },
  { name: "Bitbucket", script: blockOf(".bitbucket/README.md", "sh"), keep: "--format json=report.json" },
] as const;

/** A job that checks a plan, and one that applies the saved plan which has this JSON now. */
async function jobs({ name, script, keep }: (typeof pages)[number], plan: string) {
  const checked = await glues[name]({ plan: "plan.json", args: [keep], files: { "plan.json": plan } });
  const env = {
    PATH: `${bin}:${process.env["PATH"]}`,
    COMMAND: built,
    command: built,
    REPORT: "report.json",
    AGENT_TEMPDIRECTORY: checked.temporary,
    NODE_OPTIONS: undefined,
  };
  const apply = async (shown: string) => {
    writeFileSync(join(checked.work, "tfplan.json"), shown);
    const { code, out } = await run("bash", ["-e", "-c", script], { cwd: checked.work, env });
    return [code, out.includes("applied tfplan")];
  };
  return { code: checked.code, work: checked.work, apply };
}

const textOf = (file: string) => readFileSync(file, "utf8");

it.each(some(pages, "plans", "before the apply"))(
  "$name: what was checked is applied, and nothing else",
  async (page) => {
    const { code, work, apply } = await jobs(page, clean);
    const same = await apply(textOf(clean));
    const changed = await apply(`${textOf(clean)} `);
    rmSync(join(work, "report.json"));
    const missing = await apply(textOf(clean));
    expect({ code, same, changed, missing }).toEqual({
      code: 0,
      same: [0, true],
      changed: [3, false],
      missing: [3, false],
    });
  },
);

it("a plan that is blocked is not applied, though the report is of it", async () => {
  const { code, apply } = await jobs(pages[0], blocked);
  expect([code, await apply(textOf(blocked))]).toEqual([1, [1, false]]);
});

it("the page for all: a configuration that is trusted, and a plan that was exchanged", async () => {
  const page = textOf(join(root, ".ci/README.md"));
  const [block = ""] = page.slice(page.indexOf("plimsoll check --format text json=")).split("```");
  const [check = "", ...apply] = block.split("\n");
  const work = mkdtempSync(join(folder, "page-"));
  mkdirSync(join(folder, "gate"));
  writeFileSync(join(folder, "gate/plimsoll.yaml"), "failOn: high\n");
  for (const name of ["plan.json", "tfplan.json"]) cpSync(clean, join(work, name));
  const env = { PATH: `${bin}:${process.env["PATH"]}`, COMMAND: built, NODE_OPTIONS: undefined };
  const script = (lines: readonly string[]) => ['plimsoll() { node "$COMMAND" "$@"; }', ...lines].join("\n");
  const ended = async (lines: readonly string[]) => {
    const { code, out } = await run("bash", ["-e", "-c", script(lines)], { cwd: work, env });
    return [code, out.includes("applied tfplan")];
  };
  expect(await ended([check, ...apply])).toEqual([0, true]);
  cpSync(blocked, join(work, "tfplan.json"));
  expect(await ended(apply)).toEqual([3, false]);
});
