import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "../cli/command.ts";
import { built, root, run, serve } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-action-"));
afterAll(() => rmSync(folder, { recursive: true }));

const script = join(root, ".github/actions/check/check.mjs");
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

async function action(env: Readonly<Record<string, string>>, event: unknown = { pull_request: { number: 7 } }) {
  runs += 1;
  const work = join(folder, String(runs));
  mkdirSync(work);
  const files = { event: join(work, "event.json"), summary: join(work, "summary.md"), output: join(work, "output") };
  writeFileSync(files.event, JSON.stringify(event));
  const ended = await run(process.execPath, [script], {
    env: {
      RUNNER_TEMP: work,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_OUTPUT: files.output,
      GITHUB_REPOSITORY: "shop/infra",
      PLIMSOLL_PATH: built,
      PLIMSOLL_ARGS: "--select=SSM-*",
      PLIMSOLL_COMMENT: "true",
      PLIMSOLL_COMMENT_WHEN_CLEAN: "false",
      PLIMSOLL_KEY: "check/plan",
      PLIMSOLL_TOKEN: "t0ken",
      ...env,
    },
  });
  const [code, markdown] = readFileSync(files.output, "utf8").split("\n");
  return {
    ...ended,
    said: ended.out.trimEnd().split("\n").at(-1),
    summary: readFileSync(files.summary, "utf8"),
    outputs: [code, readFileSync((markdown ?? "").replace("markdown=", ""), { encoding: "utf8", flag: "a+" })],
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

it("the check does not get the token", async () => {
  const path = join(folder, "environment.cjs");
  writeFileSync(path, "console.log(JSON.stringify(process.env));");
  const { out } = await action({ PLIMSOLL_PATH: path, PLIMSOLL_COMMENT: "false", PLIMSOLL_PLAN: blocked });
  expect([out.includes("PLIMSOLL_PATH"), out.includes("t0ken")]).toEqual([true, false]);
});

it("action.yml hands over each input that the script reads, and no input as a part of a script", () => {
  const metadata = z.object({
    name: z.string(),
    description: z.string().max(125),
    inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
    outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
    runs: z.strictObject({
      using: z.literal("composite"),
      steps: z.tuple([
        z.strictObject({
          id: z.literal("check"),
          shell: z.literal("bash"),
          run: z.string(),
          env: z.record(z.string(), z.string()),
        }),
      ]),
    }),
  });
  const {
    inputs,
    outputs,
    runs: steps,
  } = metadata.parse(parse(readFileSync(join(root, ".github/actions/check/action.yml"), "utf8")));
  const [{ run: shell, env }] = steps.steps;
  expect(shell).toBe('node "$GITHUB_ACTION_PATH/check.mjs"');
  const variable = (input: string) => `PLIMSOLL_${input.toUpperCase().replaceAll("-", "_")}`;
  expect(env).toEqual(
    Object.fromEntries(Object.keys(inputs).map((input) => [variable(input), `\${{ inputs.${input} }}`])),
  );
  const read = readFileSync(script, "utf8").matchAll(/env\.(PLIMSOLL_\w+)|(PLIMSOLL_TOKEN): _token/g);
  expect(new Set([...read].map((match) => match[1] ?? match[2]))).toEqual(new Set(Object.keys(env)));
  expect(Object.keys(outputs)).toEqual(["exit-code", "markdown"]);
});
