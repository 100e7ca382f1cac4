import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { planFile } from "../../fixtures/fixtures.ts";
import manifest from "../../package.json" with { type: "json" };
import { planBytes } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { built, fakeNpx, root, run, serve } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-ci-"));
afterAll(() => rmSync(folder, { recursive: true }));

const yaml = (file: string): unknown => parse(readFileSync(join(root, file), "utf8"));
const blocked = planFile("ssm");
const clean = planFile("shop/corrected");

describe("GitLab", () => {
  const template = z.strictObject({
    ".plimsoll": z.strictObject({
      stage: z.string(),
      image: z.string(),
      variables: z.strictObject({ PLIMSOLL_PLAN: z.string(), PLIMSOLL_ARGS: z.string(), PLIMSOLL_VERSION: z.string() }),
      script: z.tuple([z.string()]),
      artifacts: z.strictObject({
        when: z.literal("always"),
        reports: z.strictObject({ codequality: z.string(), junit: z.string() }),
      }),
    }),
  });
  const { ".plimsoll": job } = template.parse(yaml(".gitlab/plimsoll.gitlab-ci.yml"));

  it("the job of the template runs the version of this package and writes the reports that it uploads", async () => {
    expect(job.variables.PLIMSOLL_VERSION).toBe(manifest.version);
    const work = mkdtempSync(join(folder, "gitlab-"));
    const env = {
      ...job.variables,
      PLIMSOLL_PLAN: `${blocked} ${clean}`,
      PLIMSOLL_ARGS: "--select SSM-*",
      PATH: fakeNpx(join(folder, "bin")),
    };
    const ran = await run("sh", ["-c", job.script[0]], { cwd: work, env });
    const expected = await command(["check", blocked, clean, "--select", "SSM-*"], { cwd: work });
    expect(ran).toEqual(expected);
    expect(readdirSync(work).sort()).toEqual(Object.values(job.artifacts.reports).sort());
    const entries: unknown[] = JSON.parse(readFileSync(join(work, job.artifacts.reports.codequality), "utf8"));
    expect(entries).toHaveLength(7);
  });
});

describe("Atlantis", () => {
  const config = z.strictObject({
    repos: z.tuple([
      z.strictObject({
        id: z.string(),
        apply_requirements: z.array(z.string()),
        workflow: z.literal("plimsoll"),
        policy_check: z.literal(true),
        custom_policy_check: z.literal(true),
      }),
    ]),
    workflows: z.strictObject({
      plimsoll: z.strictObject({
        policy_check: z.strictObject({ steps: z.tuple([z.literal("show"), z.strictObject({ run: z.string() })]) }),
      }),
    }),
    policies: z.strictObject({
      owners: z.strictObject({ users: z.array(z.string()) }),
      policy_sets: z.array(z.strictObject({ name: z.string(), path: z.string(), source: z.literal("local") })),
    }),
  });
  const [, step] = config.parse(yaml(".atlantis/repos.yaml")).workflows.plimsoll.policy_check.steps;
  const policyCheck = (plan: string, path: string) =>
    run("sh", ["-c", step.run], { env: { SHOWFILE: plan, PATH: path } });

  it("runs the version of this package", () => {
    expect(step.run).toContain(`plimsoll@${manifest.version} `);
  });

  it("ends without an error, whatever the check finds, so that Atlantis keeps the text", async () => {
    const path = fakeNpx(join(folder, "bin"));
    const failed = await policyCheck(blocked, path);
    expect([failed.code, failed.out.split("\n")[0]?.split(":")[0]]).toEqual([0, "FAIL - plimsoll - 4 failures"]);
    const passed = await policyCheck(clean, path);
    expect([passed.code, passed.out.split("\n")[0], /fail/i.test(passed.out + passed.error)]).toEqual([
      0,
      "PASS - plimsoll - nothing blocks; 8 unknown",
      false,
    ]);
  });

  it("a check that breaks down is a failure", async () => {
    const ran = await policyCheck(clean, fakeNpx(join(folder, "broken"), "exit 7"));
    expect(ran).toEqual({ code: 0, out: "FAIL - plimsoll - 1 failure: it ended with exit code 7\n", error: "" });
  });
});

describe("HCP Terraform", () => {
  async function runTask(plan: { status: number; json: unknown }, command: readonly string[]) {
    const { url, asked, close } = await serve(({ method }) => (method === "GET" ? plan : { status: 200, json: {} }));
    const request = join(folder, "request.json");
    const urls = { plan_json_api_url: `${url}/plan`, task_result_callback_url: `${url}/callback` };
    writeFileSync(request, JSON.stringify({ access_token: "t0ken", ...urls }));
    const ran = await run(process.execPath, [join(root, ".hcp-terraform/respond.mjs"), request, ...command]);
    close();
    return { ran, asked };
  }
  const plimsoll = [process.execPath, built];

  it("fetches the plan, checks it, and sends the result back", async () => {
    const plan: unknown = JSON.parse(new TextDecoder().decode(planBytes("ssm")));
    const { ran, asked } = await runTask({ status: 200, json: plan }, plimsoll);
    const stdin = new TextEncoder().encode(JSON.stringify(plan));
    const { out } = await command(["check", "-", "--format", "run-task"], { stdin });
    expect(ran).toEqual({ code: 0, out: "", error: "" });
    expect(asked).toEqual([
      { method: "GET", url: "/plan", token: "Bearer t0ken", body: "" },
      { method: "PATCH", url: "/callback", token: "Bearer t0ken", body: out },
    ]);
    expect(JSON.parse(out).data.attributes.status).toBe("failed");
  });

  it("without a report the task fails", async () => {
    const { asked } = await runTask({ status: 200, json: { plan_format_version: "1.2" } }, plimsoll);
    expect(JSON.parse(asked[1]?.body ?? "").data.attributes).toEqual({
      status: "failed",
      message: "plimsoll: no report, exit code 3; see the log of the run task",
    });
  });

  it("a plan that cannot be fetched is an error, and no result", async () => {
    const { ran, asked } = await runTask({ status: 404, json: {} }, plimsoll);
    expect([ran.code, /the plan cannot be fetched: HTTP 404/.test(ran.error), asked.length]).toEqual([1, true, 1]);
  });
});

it("pre-commit: the hook runs the command of this package on plans", () => {
  const hooks = z.tuple([
    z.strictObject({
      id: z.literal("plimsoll"),
      name: z.string(),
      description: z.string(),
      entry: z.string(),
      language: z.literal("node"),
      files: z.string(),
      types: z.tuple([z.literal("json")]),
      require_serial: z.literal(true),
    }),
    z.strictObject({
      id: z.literal("plimsoll-test"),
      name: z.string(),
      description: z.string(),
      entry: z.literal("plimsoll test"),
      language: z.literal("node"),
      files: z.string(),
      require_serial: z.literal(true),
    }),
  ]);
  const [hook, testHook] = hooks.parse(yaml(".pre-commit-hooks.yaml"));
  expect(Object.keys(manifest.bin)).toContain(hook.entry.split(" ")[0]);
  const names = ["plan.json", "infra/plan.json", "plan.json.md", "explan.json"];
  expect(names.filter((name) => new RegExp(hook.files).test(name))).toEqual(["plan.json", "infra/plan.json"]);
  const policies = ["policies/a.yaml", "infra/policies/b/c.json", "policies/readme.md", "plimsoll.yaml"];
  expect(policies.filter((name) => new RegExp(testHook.files).test(name))).toEqual([
    "policies/a.yaml",
    "infra/policies/b/c.json",
  ]);
});
