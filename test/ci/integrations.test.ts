import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import * as z from "zod";
import { planFile } from "../../fixtures/fixtures.ts";
import manifest from "../../package.json" with { type: "json" };
import { planBytes } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { built, hostileCheckout, packed, registry, root, run, serve } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-ci-"));
afterAll(() => rmSync(folder, { recursive: true }));

const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const yaml = (file: string): unknown => parse(textOf(file));
const blocked = planFile("ssm");
const clean = planFile("shop/corrected");

describe("GitLab", () => {
  const inputSchema = z.strictObject({ default: z.string(), description: z.string() });
  const header = z.strictObject({
    spec: z.strictObject({
      inputs: z.strictObject({ plan: inputSchema, args: inputSchema, version: inputSchema, registry: inputSchema }),
    }),
  });
  const template = z.strictObject({
    ".plimsoll": z.strictObject({
      stage: z.string(),
      image: z.string(),
      script: z.tuple([z.string()]),
      artifacts: z.strictObject({
        when: z.literal("always"),
        reports: z.strictObject({ codequality: z.string(), junit: z.string() }),
      }),
    }),
  });
  const documents = parseAllDocuments(readFileSync(join(root, ".gitlab/plimsoll.gitlab-ci.yml"), "utf8"));
  const [{ inputs }, job] = [
    header.parse(documents[0]?.toJS()).spec,
    template.parse(documents[1]?.toJS())[".plimsoll"],
  ];
  const tarball = packed(folder, manifest.version);

  /** Runs the script as GitLab does, with the inputs in their places. */
  async function pipeline(given: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
    const theirs = await registry(null, manifest.version);
    const ours = await registry(tarball, manifest.version);
    const work = hostileCheckout(mkdtempSync(join(folder, "gitlab-")), theirs.url);
    const values = {
      ...inputs,
      registry: { default: ours.url },
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { default: value }])),
    };
    const script = Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(`$[[ inputs.${name} ]]`, value.default),
      job.script[0],
    );
    const ran = await run("bash", ["-e", "-c", script], { cwd: work, env });
    const asked = { theirs: theirs.asked, ours: ours.asked.length };
    ours.close();
    theirs.close();
    return { ...ran, work, asked };
  }

  it("the job runs the version of this package, installed elsewhere, and writes the reports that it uploads", async () => {
    expect(inputs.version.default).toBe(manifest.version);
    const ran = await pipeline({ plan: `${blocked} ${clean}`, args: "--select SSM-*" });
    const expected = await command(["check", blocked, clean, "--select", "SSM-*"], { cwd: ran.work });
    expect([ran.code, ran.out, ran.error.split("\n").at(-2)]).toEqual([expected.code, expected.out, "the package"]);
    expect(ran.asked.theirs).toEqual([]);
    const reports = Object.values(job.artifacts.reports);
    expect(reports.filter((file) => !readdirSync(ran.work).includes(file))).toEqual([]);
    const entries: unknown[] = JSON.parse(readFileSync(join(ran.work, job.artifacts.reports.codequality), "utf8"));
    expect(entries).toHaveLength(7);
  });

  it("variables of a pipeline change nothing of what is checked", async () => {
    const ran = await pipeline(
      { plan: blocked, args: "--select SSM-*" },
      {
        PLIMSOLL_ARGS: "--fail-on never",
        PLIMSOLL_PLAN: clean,
        PLIMSOLL_VERSION: "6.6.6",
        NODE_OPTIONS: "--require ./node_modules/plimsoll/dist/plimsoll.cjs",
        TMPDIR: "infra",
        npm_config_registry: "http://127.0.0.1:1/",
      },
    );
    expect([ran.code, ran.out.includes("FAKE"), readdirSync(join(ran.work, "infra"))]).toEqual([1, false, []]);
  });

  it("a package that cannot be installed is no finding: exit code 3", async () => {
    const ran = await pipeline({ plan: clean, version: "6.6.6" });
    expect([ran.code, ran.error.split("\n").at(-2)]).toEqual([
      3,
      "plimsoll could not be installed, so that nothing is judged",
    ]);
  });

  it("plans may be called like options", async () => {
    expect((await pipeline({ plan: "--config=a/plan.json" })).error).toMatch(
      /plimsoll: --config=a\/plan\.json: no such file;/,
    );
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
  const installed = "/opt/plimsoll/node_modules/plimsoll/dist/plimsoll.cjs";

  it("runs the server's own command, which the page installs in this version", () => {
    expect(step.run.startsWith(`node ${installed} check `)).toBe(true);
    const page = readFileSync(join(root, ".atlantis/README.md"), "utf8");
    expect(page).toContain(
      `--prefix /opt/plimsoll --ignore-scripts --registry https://registry.npmjs.org/ plimsoll@${manifest.version}`,
    );
  });

  const cwd = hostileCheckout(join(folder, "atlantis"), "http://127.0.0.1:1/");
  const policyCheck = (plan: string, command = built) =>
    run("sh", ["-c", step.run.replace(installed, command)], { cwd, env: { SHOWFILE: plan } });

  it("ends without an error, whatever the check finds, so that Atlantis keeps the text", async () => {
    const failed = await policyCheck(blocked);
    expect([failed.code, failed.out.split("\n")[0]?.split(":")[0]]).toEqual([0, "FAIL - plimsoll - 4 failures"]);
    const passed = await policyCheck(clean);
    expect([passed.code, passed.out.split("\n")[0], /fail/i.test(passed.out + passed.error)]).toEqual([
      0,
      "PASS - plimsoll - nothing blocks; 8 unknown",
      false,
    ]);
  });

  it("a check that breaks down is a failure, and so is one that is not installed", async () => {
    const breaks = join(folder, "breaks.cjs");
    writeFileSync(breaks, "process.exitCode = 7;");
    const ran = await policyCheck(clean, breaks);
    expect(ran).toEqual({ code: 0, out: "FAIL - plimsoll - 1 failure: it ended with exit code 7\n", error: "" });
    expect((await policyCheck(clean, join(folder, "nothing.cjs"))).out).toBe(
      "FAIL - plimsoll - 1 failure: it ended with exit code 1\n",
    );
  });
});

describe("HCP Terraform", () => {
  const key = "the key of the task";
  const signatureOf = (body: string) => createHmac("sha512", key).update(body).digest("hex");

  interface Task {
    readonly plan?: { status: number; json: unknown };
    readonly command?: readonly string[];
    readonly env?: Readonly<Record<string, string | undefined>>;
    /** What stands in the body instead of what the server says. */
    readonly body?: Readonly<Record<string, string>>;
    readonly signature?: string;
  }

  async function runTask({ plan, command: given, env, body: more, signature }: Task = {}) {
    const answer = plan ?? { status: 200, json: JSON.parse(new TextDecoder().decode(planBytes("ssm"))) };
    const { url, asked, close } = await serve(({ method }) => (method === "GET" ? answer : { status: 200, json: {} }));
    const request = join(folder, "request.json");
    const urls = { plan_json_api_url: `${url}/plan`, task_result_callback_url: `${url}/callback` };
    const body = JSON.stringify({ access_token: "t0ken", ...urls, ...more });
    writeFileSync(request, body);
    const args = [join(root, ".hcp-terraform/respond.mjs"), request, ...(given ?? [process.execPath, built])];
    const ran = await run(process.execPath, args, {
      env: { TFC_TASK_KEY: key, TFC_TASK_SIGNATURE: signature ?? signatureOf(body), TFC_ORIGINS: url, ...env },
    });
    close();
    return { ran, asked };
  }

  it("fetches the plan, checks it, and sends the result back", async () => {
    const plan: unknown = JSON.parse(new TextDecoder().decode(planBytes("ssm")));
    const { ran, asked } = await runTask({ plan: { status: 200, json: plan } });
    const stdin = new TextEncoder().encode(JSON.stringify(plan));
    const { out } = await command(["check", "-", "--format", "run-task"], { stdin });
    expect(ran).toEqual({ code: 0, out: "", error: "" });
    expect(asked).toEqual([
      { method: "GET", url: "/plan", token: "Bearer t0ken", body: "" },
      { method: "PATCH", url: "/callback", token: "Bearer t0ken", body: out },
    ]);
    expect(JSON.parse(out).data.attributes.status).toBe("failed");
  });

  it.each<[string, Task, string]>([
    ["a plan that cannot be read", { plan: { status: 200, json: { plan_format_version: "1.2" } } }, "exit code 3"],
    ["a command that breaks down", { command: [process.execPath, "-e", "process.exitCode = 7"] }, "exit code 7"],
    ["a command that is not there", { command: ["/nothing"] }, "ENOENT"],
  ])("without a report the task fails: %s", async (_, task, how) => {
    const { asked } = await runTask(task);
    expect(JSON.parse(asked[1]?.body ?? "").data.attributes).toEqual({
      status: "failed",
      message: `plimsoll: no report, ${how}; see the log of the run task`,
    });
  });

  it.each<[string, Task, RegExp]>([
    [
      "another signature",
      { signature: signatureOf("another body") },
      /^plimsoll: X-TFC-Task-Signature is not that of the body/,
    ],
    ["no signature", { signature: "" }, /^plimsoll: X-TFC-Task-Signature is not/],
    ["no key", { env: { TFC_TASK_KEY: undefined } }, /^plimsoll: TFC_TASK_KEY is not set/],
    [
      "a host that nobody named",
      { env: { TFC_ORIGINS: undefined } },
      /^plimsoll: a URL of the request leads elsewhere than to https:\/\/app\.terraform\.io\n$/,
    ],
    [
      "a plan elsewhere",
      { body: { plan_json_api_url: "http://127.0.0.1:1/plan" } },
      /^plimsoll: a URL of the request leads elsewhere/,
    ],
    [
      "an answer elsewhere",
      { body: { task_result_callback_url: "http://169.254.169.254/" } },
      /^plimsoll: a URL of the request leads elsewhere/,
    ],
    ["no URL", { body: { plan_json_api_url: "plan" } }, /^plimsoll: a URL of the request leads elsewhere/],
    ["no command", { command: [] }, /^plimsoll: usage: /],
  ])("asks nobody and answers nothing: %s", async (_, task, message) => {
    const { ran, asked } = await runTask(task);
    expect([ran.code, asked, ran.error.includes("t0ken")]).toEqual([1, [], false]);
    expect(ran.error).toMatch(message);
  });

  it("a plan that cannot be fetched is an error, and no result", async () => {
    const { ran, asked } = await runTask({ plan: { status: 404, json: {} } });
    expect([ran.code, ran.error, asked.length]).toEqual([1, "plimsoll: the plan cannot be fetched: HTTP 404\n", 1]);
  });

  it("the check does not get the key", async () => {
    const { ran } = await runTask({ command: [process.execPath, "-e", "console.error(JSON.stringify(process.env))"] });
    expect([ran.error.includes("PATH"), ran.error.includes(key)]).toEqual([true, false]);
  });
});

it("pre-commit: the hook runs the command of this package on plans", () => {
  const hooks = z.tuple([
    z.strictObject({
      id: z.literal("plimsoll"),
      name: z.string(),
      description: z.string(),
      entry: z.literal("plimsoll check --"),
      language: z.literal("node"),
      files: z.string(),
      types: z.tuple([z.literal("json")]),
      require_serial: z.literal(true),
    }),
    z.strictObject({
      id: z.literal("plimsoll-test"),
      name: z.string(),
      description: z.string(),
      entry: z.literal("plimsoll test --"),
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

describe("whatever runs the command ends the options before the plans", () => {
  const runs = /plimsoll(?:\.cjs)?"? (?:check|test)\b|"check",/;
  const isProse = /^\s*(?:#|\/\/|\*|(?:name|description):)/;
  /** The lines that run the command; one that ends with a backslash goes on. */
  const commandsOf = (file: string) => {
    const lines = textOf(file).replaceAll("\\\n", "").split("\n");
    return lines.filter((line) => runs.test(line) && !isProse.test(line));
  };
  const folders = [".github/actions", ".gitlab", ".atlantis", ".hcp-terraform"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  const glue = [".pre-commit-hooks.yaml", ...files].filter((file) => commandsOf(file).length > 0).sort();

  it("which is so many files", () => {
    expect(glue).toEqual([
      ".atlantis/repos.yaml",
      ".github/actions/check/check.mjs",
      ".gitlab/plimsoll.gitlab-ci.yml",
      ".hcp-terraform/respond.mjs",
      ".pre-commit-hooks.yaml",
    ]);
  });

  it.each(glue)("%s", (file) => {
    expect(commandsOf(file).filter((line) => !/ --(?: |$)|"--",/.test(line))).toEqual([]);
  });
});
