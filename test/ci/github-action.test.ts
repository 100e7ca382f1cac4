import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { planFile } from "../../fixtures/fixtures.ts";
import manifest from "../../package.json" with { type: "json" };
import { command } from "../cli/command.ts";
import { built, hostileCheckout, integrityOf, packed, registry, root, run, serve } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-action-"));
afterAll(() => rmSync(folder, { recursive: true }));

const actionFolder = join(root, ".github/actions/check");
const script = (name: string) => join(actionFolder, name);
const step = { shell: z.literal("bash"), run: z.string(), env: z.record(z.string(), z.string()) };
const metadata = z
  .object({
    name: z.string(),
    description: z.string().max(125),
    inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
    outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
    runs: z.strictObject({
      using: z.literal("composite"),
      steps: z.tuple([
        z.strictObject({ id: z.literal("check"), ...step }),
        z.strictObject({ if: z.string(), ...step }),
      ]),
    }),
  })
  .parse(parse(readFileSync(script("action.yml"), "utf8")));
const [checkStep, commentStep] = metadata.runs.steps;
const blocked = planFile("ssm");
const clean = planFile("ecr-lifecycle");
const mark = "<!-- plimsoll check%2Fplan -->";

let runs = 0;

/** The steps of the action, each with the environment that it gets and no other. */
async function action(given: Readonly<Record<string, string>>, event: unknown = { pull_request: { number: 7 } }) {
  runs += 1;
  const work = join(folder, String(runs));
  mkdirSync(work);
  const files = { event: join(work, "event.json"), summary: join(work, "summary.md"), output: join(work, "output") };
  if (event !== null) writeFileSync(files.event, JSON.stringify(event));
  const all: Readonly<Record<string, string>> = {
    PLIMSOLL_PATH: built,
    PLIMSOLL_ARGS: "--select=SSM-*",
    PLIMSOLL_COMMENT: "true",
    PLIMSOLL_COMMENT_WHEN_CLEAN: "false",
    PLIMSOLL_KEY: "check/plan",
    PLIMSOLL_TOKEN: "t0ken",
    ...given,
  };
  const env = (names: readonly string[]) => ({
    RUNNER_TEMP: work,
    GITHUB_ACTION_PATH: actionFolder,
    GITHUB_EVENT_PATH: event === null ? undefined : files.event,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_OUTPUT: files.output,
    GITHUB_REPOSITORY: "shop/infra",
    ...Object.fromEntries(
      Object.entries(all).filter(([name]) => !name.startsWith("PLIMSOLL_") || names.includes(name)),
    ),
  });
  const checked = await run("bash", ["-e", "-c", checkStep.run], {
    // Where no commit is, of which the report would tell.
    cwd: all["CHECKOUT"] ?? work,
    env: env(Object.keys(checkStep.env)),
  });
  const lines = readFileSync(files.output, "utf8").trimEnd().split("\n");
  const outputs = Object.fromEntries(lines.map((line) => line.split("=")));
  const ofCheck = {
    PLIMSOLL_COMMAND: outputs["command"],
    PLIMSOLL_EXIT_CODE: outputs["exit-code"],
    PLIMSOLL_MARKDOWN: outputs["markdown"],
  };
  const commented =
    all["PLIMSOLL_COMMENT"] === "true"
      ? await run("bash", ["-e", "-c", commentStep.run], {
          env: { ...env(Object.keys(commentStep.env)), ...ofCheck },
        })
      : { code: 0, out: "", error: "" };
  return {
    code: checked.code,
    commentCode: commented.code,
    out: `${checked.out}${commented.out}`,
    error: `${checked.error}${commented.error}`,
    summary: readFileSync(files.summary, "utf8"),
    outputs: [`exit-code=${outputs["exit-code"]}`, readFileSync(outputs["markdown"] ?? "", "utf8")],
  };
}

const report = async (format: string) =>
  (await command(["check", blocked, clean, "--select", "SSM-*", "--format", format])).out;

it("prints the report and the annotations, writes the summary, creates a comment, and ends with the code of the check", async () => {
  const { url, asked, close } = await serve(({ method }) => ({ status: method === "POST" ? 201 : 200, json: [] }));
  const ran = await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: `${blocked}\n${clean}\n` });
  close();
  const markdown = await report("markdown");
  expect(ran).toEqual({
    code: 1,
    commentCode: 0,
    out: `${await report("text")}${await report("github")}plimsoll: created a comment\n`,
    error: "",
    summary: markdown,
    outputs: ["exit-code=1", markdown],
  });
  expect(asked.map(({ method, url: path, token }) => [method, path, token])).toEqual([
    ["GET", "/user", "Bearer t0ken"],
    ["GET", "/repos/shop/infra/issues/7/comments?per_page=100&page=1", "Bearer t0ken"],
    ["POST", "/repos/shop/infra/issues/7/comments", "Bearer t0ken"],
  ]);
  expect(JSON.parse(asked[2]?.body ?? "")).toEqual({ body: `${mark}\n${markdown}` });
});

it("without an event the check counts, and there is no comment", async () => {
  const { code, commentCode, out, error } = await action({ PLIMSOLL_PLAN: clean }, null);
  expect([code, commentCode, out.split("\n").at(-2), error]).toEqual([
    0,
    0,
    "plimsoll: no comment: this run is of no change under review",
    "",
  ]);
});

it.skipIf(!existsSync("/proc/self/environ"))("neither the check nor what starts it has the token", async () => {
  const path = join(folder, "environment.cjs");
  writeFileSync(
    path,
    `const { readFileSync } = require("node:fs");
    console.log(JSON.stringify(process.env), readFileSync("/proc/" + process.ppid + "/environ", "utf8"));`,
  );
  const { out } = await action({ PLIMSOLL_PATH: path, PLIMSOLL_COMMENT: "false", PLIMSOLL_PLAN: blocked });
  expect([out.match(/PLIMSOLL_PATH/g)?.length, out.includes("t0ken")]).toEqual([2, false]);
});

it("npm installs the package outside of the checkout: nothing of the change runs, nor does its .npmrc count", async () => {
  const tarball = packed(folder, manifest.version);
  const [ours, theirs] = [await registry(tarball, manifest.version), await registry(null, manifest.version)];
  const checkout = hostileCheckout(mkdtempSync(join(folder, "checkout-")), theirs.url);
  const inputs = {
    CHECKOUT: join(checkout, "infra"),
    GITHUB_WORKSPACE: checkout,
    PLIMSOLL_PATH: "",
    PLIMSOLL_REGISTRY: ours.url,
    PLIMSOLL_PLAN: blocked,
    PLIMSOLL_COMMENT: "false",
  };
  const ran = await action({ ...inputs, PLIMSOLL_INTEGRITY: integrityOf(tarball) });
  expect([ran.code, ran.error.split("\n").at(-2), ran.out.includes("FAKE")]).toEqual([1, "the package", false]);
  expect([ours.asked.length > 0, theirs.asked]).toEqual([true, []]);
  ours.close();
  theirs.close();
});

it.each([
  [
    "a package without its integrity",
    { PLIMSOLL_PATH: "", PLIMSOLL_INTEGRITY: "" },
    /^plimsoll: integrity is missing: README\.md of the action says where it is found\n$/,
  ],
  [
    "a file of the checkout",
    { PLIMSOLL_PATH: join(actionFolder, "check.mjs") },
    /^plimsoll: path: .* stands in the checkout, where the change under review can write to\n$/,
  ],
])("%s is not run: exit code 3, and the summary says so", async (_, given, message) => {
  const ran = await action({ ...given, GITHUB_WORKSPACE: root, PLIMSOLL_PLAN: clean });
  expect([ran.code, ran.commentCode, ran.summary.split("\n")[0], ran.out]).toEqual([
    3,
    0,
    "### plimsoll: no report",
    "plimsoll: no comment: it could not be installed\n",
  ]);
  expect(ran.error).toMatch(message);
});

it("action.yml hands over each input that the steps read, the token to the comment alone, and no input as a part of a script", () => {
  expect(checkStep.run).toBe('node "$GITHUB_ACTION_PATH/check.mjs"');
  expect(`${checkStep.run}${commentStep.run}`).not.toContain("${{");
  expect(commentStep.if).toBe("${{ !cancelled() && inputs.comment == 'true' }}");
  const namesIn = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));
  const scripts = ["check.mjs", "install.mjs"].map((name) => readFileSync(script(name), "utf8")).join("");
  expect(namesIn(scripts, /env\.(PLIMSOLL_\w+)/g)).toEqual(new Set(Object.keys(checkStep.env)));
  const { PLIMSOLL_TOKEN: token, ...given } = commentStep.env;
  expect(namesIn(commentStep.run, /\$(PLIMSOLL_\w+)/g)).toEqual(new Set(Object.keys(given)));
  const variable = (input: string) => `PLIMSOLL_${input.toUpperCase().replaceAll("-", "_")}`;
  const expected = Object.fromEntries(
    Object.keys(metadata.inputs).map((input) => [variable(input), `\${{ inputs.${input} }}`]),
  );
  const { PLIMSOLL_COMMENT: _inTheCondition, ...handedOver } = expected;
  const ofCheck = {
    PLIMSOLL_COMMAND: "${{ steps.check.outputs.command }}",
    PLIMSOLL_EXIT_CODE: "${{ steps.check.outputs.exit-code }}",
    PLIMSOLL_MARKDOWN: "${{ steps.check.outputs.markdown }}",
  };
  expect({ ...checkStep.env, ...given, PLIMSOLL_TOKEN: token }).toEqual({ ...handedOver, ...ofCheck });
  expect(Object.values(checkStep.env).filter((value) => /token|secret/i.test(value))).toEqual([]);
  expect(Object.keys(metadata.outputs)).toEqual(["exit-code", "markdown", "command"]);
});
