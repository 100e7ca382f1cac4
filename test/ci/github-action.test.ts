import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
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
const { steps } = metadata.runs;
const blocked = planFile("ssm");
const clean = planFile("shop/corrected");
const mark = "<!-- plimsoll check%2Fplan -->";

interface Comment {
  id: number;
  body: string;
  user: { login: string; type: string };
}

const bot = { login: "github-actions[bot]", type: "Bot" };
const person = { login: "mallory", type: "User" };

/** As much of GitHub's API as comments need, as the token of a job sees it. */
function github(comments: Comment[], denied: readonly string[] = []) {
  return serve(({ method, url, body }) => {
    if (denied.includes(method)) return { status: 403, json: { message: "Resource not accessible by integration" } };
    if (url === "/user") return { status: 403, json: {} };
    if (method === "GET") {
      const { searchParams } = new URL(url, "http://localhost");
      const [size, page] = [Number(searchParams.get("per_page")), Number(searchParams.get("page"))];
      return { status: 200, json: comments.slice(size * (page - 1), size * page) };
    }
    const text = z.object({ body: z.string() }).parse(JSON.parse(body)).body;
    const id = method === "PATCH" ? Number(url.split("/").at(-1)) : comments.length + 1;
    const found = comments.find((comment) => comment.id === id);
    if (found === undefined) comments.push({ id, body: text, user: bot });
    else found.body = text;
    return { status: method === "PATCH" ? 200 : 201, json: {} };
  });
}

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
    GITHUB_EVENT_PATH: event === null ? undefined : files.event,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_OUTPUT: files.output,
    GITHUB_REPOSITORY: "shop/infra",
    ...Object.fromEntries(
      Object.entries(all).filter(([name]) => !name.startsWith("PLIMSOLL_") || names.includes(name)),
    ),
  });
  const [checkStep, commentStep] = steps;
  const checked = await run(process.execPath, [script("check.mjs")], {
    // Where no commit is, of which the report would tell.
    cwd: all["CHECKOUT"] ?? work,
    env: env(Object.keys(checkStep.env)),
  });
  const outputs = Object.fromEntries(
    readFileSync(files.output, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split("=")),
  );
  const ofCheck = { PLIMSOLL_EXIT_CODE: outputs["exit-code"], PLIMSOLL_MARKDOWN: outputs["markdown"] };
  const commented =
    all["PLIMSOLL_COMMENT"] === "true"
      ? await run(process.execPath, [script("comment.mjs")], {
          env: { ...env(Object.keys(commentStep.env)), ...ofCheck },
        })
      : { code: 0, out: "", error: "" };
  return {
    code: checked.code,
    commentCode: commented.code,
    out: `${checked.out}${commented.out}`,
    error: `${checked.error}${commented.error}`,
    said: commented.out.trimEnd(),
    summary: readFileSync(files.summary, "utf8"),
    outputs: [`exit-code=${outputs["exit-code"]}`, readFileSync(outputs["markdown"] ?? "", "utf8")],
  };
}

const report = async (plan: string, format: string) =>
  (await command(["check", plan, "--select", "SSM-*", "--format", format])).out;

const others = (count: number): Comment[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 1, body: `comment ${at}`, user: person }));

it("prints the report and the annotations, writes the summary, creates a comment, and ends with the code of the check", async () => {
  const comments: Comment[] = [];
  const { url, asked, close } = await github(comments);
  const ran = await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: blocked });
  close();
  const markdown = await report(blocked, "markdown");
  expect(ran).toEqual({
    code: 1,
    commentCode: 0,
    out: `${await report(blocked, "text")}${await report(blocked, "github")}plimsoll: created a comment\n`,
    error: "",
    said: "plimsoll: created a comment",
    summary: markdown,
    outputs: ["exit-code=1", markdown],
  });
  expect(comments).toEqual([{ id: 1, body: `${mark}\n${markdown}`, user: bot }]);
  expect(asked.map(({ method, url: path, token }) => [method, path, token])).toEqual([
    ["GET", "/user", "Bearer t0ken"],
    ["GET", "/repos/shop/infra/issues/7/comments?per_page=100&page=1", "Bearer t0ken"],
    ["POST", "/repos/shop/infra/issues/7/comments", "Bearer t0ken"],
  ]);
});

it("several plans, one a line", async () => {
  const ran = await action({ PLIMSOLL_COMMENT: "false", PLIMSOLL_PLAN: `${blocked}\n${clean}\n` });
  expect([ran.code, ran.summary.split("\n")[0]]).toEqual([1, "### plimsoll: blocked by 4 findings; 3 unknown"]);
});

describe("the comment", () => {
  it("is found on a later page and updated; one that a person began with the mark is not touched", async () => {
    const forged = { id: 1000, body: `${mark}\nnothing blocks`, user: person };
    const own = { id: 2000, body: `${mark}\nolder`, user: bot };
    const comments = [forged, ...others(150), own];
    const { url, asked, close } = await github(comments);
    const { code, said } = await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: blocked });
    expect([code, said, comments.length]).toEqual([1, "plimsoll: updated the comment", 152]);
    expect([forged.body, own.body]).toEqual([
      `${mark}\nnothing blocks`,
      `${mark}\n${await report(blocked, "markdown")}`,
    ]);
    expect(asked.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "PATCH"]);
    expect((await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: blocked })).said).toBe(
      "plimsoll: the comment is up to date",
    );
    close();
  });

  it("of another job is not touched", async () => {
    const comments = [{ id: 1, body: "<!-- plimsoll other -->\nolder", user: bot }];
    const { url, close } = await github(comments);
    await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: blocked });
    close();
    expect(comments.map(({ body }) => body.split("\n")[0])).toEqual(["<!-- plimsoll other -->", mark]);
  });

  it.each([
    ["is not created where nothing blocks", "false", [], "plimsoll: no comment: nothing blocks", 0],
    ["is created all the same where that is asked for", "true", [], "plimsoll: created a comment", 1],
    [
      "that says something else is updated where nothing blocks any more",
      "false",
      [{ id: 1, body: `${mark}\nblocked`, user: bot }],
      "plimsoll: updated the comment",
      1,
    ],
  ])("%s", async (_, whenClean, comments: Comment[], said, count) => {
    const { url, close } = await github(comments);
    const ran = await action({
      GITHUB_API_URL: url,
      PLIMSOLL_PLAN: clean,
      PLIMSOLL_COMMENT_WHEN_CLEAN: whenClean,
    });
    close();
    expect([ran.code, ran.said, comments.length]).toEqual([0, said, count]);
    for (const { body } of comments) expect(body).toBe(`${mark}\n${await report(clean, "markdown")}`);
  });

  it("that a fork's token may not write changes nothing of the check", async () => {
    const { url, close } = await github([], ["POST"]);
    const ran = await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: clean, PLIMSOLL_COMMENT_WHEN_CLEAN: "true" });
    close();
    expect([ran.code, ran.said, ran.error]).toEqual([
      0,
      "plimsoll: the comment could not be written (HTTP 403; the token needs pull-requests: write, which the one of a fork never has)",
      "",
    ]);
  });

  it("that nobody takes changes nothing of the check", async () => {
    const { url, close } = await github([]);
    close();
    const ran = await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: blocked });
    expect([ran.code, ran.said, ran.error]).toEqual([1, "plimsoll: no comment: the API of GitHub did not answer", ""]);
  });

  it("needs a pull request", async () => {
    const ran = await action({ PLIMSOLL_PLAN: blocked }, { ref: "refs/heads/main" });
    expect([ran.code, ran.said]).toEqual([1, "plimsoll: no comment: this run is not of a pull request"]);
  });
});

it("where the check gives no report, the summary and the comment say so", async () => {
  const comments = [{ id: 1, body: `${mark}\nnothing blocks`, user: bot }];
  const { url, close } = await github(comments);
  const ran = await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: blocked, PLIMSOLL_ARGS: "--fail-on=hihg" });
  close();
  const text = "### plimsoll: no report\n\nThe check ended with exit code 2; the log of the job says why.\n";
  expect([ran.code, ran.summary, comments[0]?.body]).toEqual([2, text, `${mark}\n${text}`]);
});

it("a plan that could not be judged is told in the comment", async () => {
  const comments: Comment[] = [];
  const { url, close } = await github(comments);
  const ran = await action({ GITHUB_API_URL: url, PLIMSOLL_PLAN: planFile("errored") });
  close();
  expect([ran.code, comments[0]?.body.split("\n")[1]]).toEqual([3, "### plimsoll: not judged"]);
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

it("without an event the check counts, and there is no comment", async () => {
  const ran = await action({ PLIMSOLL_PLAN: clean }, null);
  expect([ran.code, ran.commentCode, ran.said, ran.error]).toEqual([
    0,
    0,
    "plimsoll: no comment: this run is not of a pull request",
    "",
  ]);
});

it("plans may be called like options, and a plan that is none ends with exit code 3", async () => {
  const work = join(folder, "named");
  mkdirSync(join(work, "--config=a"), { recursive: true });
  copyFileSync(blocked, join(work, "--config=a/plan.json"));
  const ran = await action({ PLIMSOLL_PLAN: "--config=a/plan.json", PLIMSOLL_COMMENT: "false", CHECKOUT: work });
  expect([ran.code, ran.summary.split("\n")[0]]).toEqual([1, "### plimsoll: blocked by 4 findings; 3 unknown"]);
});

it("what ends as if nothing or something blocked, and gives no report, is exit code 3", async () => {
  for (const code of [0, 1]) {
    const path = join(folder, `ends-${code}.cjs`);
    writeFileSync(path, `process.exitCode = ${code};`);
    const ran = await action({ PLIMSOLL_PATH: path, PLIMSOLL_COMMENT: "false", PLIMSOLL_PLAN: blocked });
    expect([ran.code, ran.summary.split("\n")[0], ran.outputs[0]]).toEqual([
      3,
      "### plimsoll: no report",
      "exit-code=3",
    ]);
  }
});

describe("what is run is installed outside of the checkout", () => {
  const tarball = packed(folder, manifest.version);
  const checkout = async () => {
    const theirs = await registry(null, manifest.version);
    const path = hostileCheckout(mkdtempSync(join(folder, "checkout-")), theirs.url);
    return { path, theirs };
  };
  const inputs = (path: string, url: string) => ({
    CHECKOUT: path,
    GITHUB_WORKSPACE: path,
    PLIMSOLL_PATH: "",
    PLIMSOLL_REGISTRY: url,
    PLIMSOLL_PLAN: blocked,
    PLIMSOLL_COMMENT: "false",
  });

  it("from the registry that is named, without scripts; nothing of the change runs, nor does its .npmrc count", async () => {
    const { path, theirs } = await checkout();
    const ours = await registry(tarball, manifest.version);
    for (const cwd of [path, join(path, "infra")]) {
      const ran = await action({ ...inputs(path, ours.url), CHECKOUT: cwd, PLIMSOLL_INTEGRITY: integrityOf(tarball) });
      expect([ran.code, ran.error.split("\n").at(-2), ran.out.includes("FAKE")]).toEqual([1, "the package", false]);
    }
    expect([ours.asked.length > 0, theirs.asked]).toEqual([true, []]);
    ours.close();
    theirs.close();
  });

  it.each<[string, Readonly<Record<string, string>>, boolean]>([
    ["there is none", {}, false],
    ["it has another integrity", { PLIMSOLL_INTEGRITY: "sha512-AAAA" }, true],
    ["the version is no version", { PLIMSOLL_VERSION: "latest" }, true],
  ])("where %s, nothing is judged: exit code 3", async (_, more, isThere) => {
    const { path, theirs } = await checkout();
    const ours = await registry(isThere ? tarball : null, manifest.version);
    const ran = await action({ ...inputs(path, ours.url), ...more });
    ours.close();
    theirs.close();
    expect([ran.code, ran.summary.split("\n")[0], theirs.asked]).toEqual([3, "### plimsoll: no report", []]);
    expect(ran.error.split("\n").at(-2)).toMatch(/^plimsoll: npm (?:could not install|installed) /);
  });

  it("a file of the checkout is not run, whoever names it", async () => {
    const { path, theirs } = await checkout();
    theirs.close();
    const ran = await action({
      ...inputs(path, ""),
      PLIMSOLL_PATH: join(path, "node_modules/plimsoll/dist/plimsoll.cjs"),
    });
    expect([ran.code, ran.out.includes("FAKE")]).toEqual([3, false]);
    expect(ran.error).toMatch(
      /^plimsoll: path: .* stands in the checkout, where the change under review can write to\n$/,
    );
  });
});

it("action.yml hands over each input that the scripts read, the token to the comment alone, and no input as a part of a script", () => {
  const [checkStep, commentStep] = steps;
  expect([checkStep.run, commentStep.run]).toEqual([
    'node "$GITHUB_ACTION_PATH/check.mjs"',
    'node "$GITHUB_ACTION_PATH/comment.mjs"',
  ]);
  expect(commentStep.if).toBe("${{ !cancelled() && inputs.comment == 'true' }}");
  const read = (...names: string[]) =>
    new Set(
      names.flatMap((name) =>
        [...readFileSync(script(name), "utf8").matchAll(/env\.(PLIMSOLL_\w+)/g)].map(([, one]) => one),
      ),
    );
  expect(read("check.mjs", "install.mjs")).toEqual(new Set(Object.keys(checkStep.env)));
  expect(read("comment.mjs", "keep-comment.mjs")).toEqual(new Set(Object.keys(commentStep.env)));
  const variable = (input: string) => `PLIMSOLL_${input.toUpperCase().replaceAll("-", "_")}`;
  const expected = Object.fromEntries(
    Object.keys(metadata.inputs).map((input) => [variable(input), `\${{ inputs.${input} }}`]),
  );
  const { PLIMSOLL_COMMENT: _inTheCondition, ...handedOver } = expected;
  const ofCheck = {
    PLIMSOLL_EXIT_CODE: "${{ steps.check.outputs.exit-code }}",
    PLIMSOLL_MARKDOWN: "${{ steps.check.outputs.markdown }}",
  };
  expect({ ...checkStep.env, ...commentStep.env }).toEqual({ ...handedOver, ...ofCheck });
  expect(Object.values(checkStep.env).filter((value) => /token|secret/i.test(value))).toEqual([]);
  expect(Object.keys(metadata.outputs)).toEqual(["exit-code", "markdown"]);
});
