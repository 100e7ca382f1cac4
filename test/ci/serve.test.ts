import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { planBytes } from "../check-fixture.ts";
import { command } from "../cli/command.ts";
import { isThorough } from "../thorough.ts";
import { hcp, service, signed, taskBody, taskKey } from "./hcp.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-serve-"));
const blocked = planBytes("ssm");
const clean = planBytes("ecr-lifecycle");
const today = { today: new Date().toISOString().slice(0, 10) };

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

const elsewhere = await hcp({ "/plan": (_, response) => response.end(blocked) });
const archive = await hcp({ "/object": (_, response) => response.end(blocked) });
const late: (() => void)[] = [];
let notYet = 1;
const fake = await hcp({
  "/blocked": (_, response) => response.writeHead(307, { location: `${archive.url}/object` }).end(),
  "/blocked-here": (_, response) => response.end(blocked),
  "/empty": (_, response) => response.end(empty),
  "/clean": (_, response) => response.end(clean),
  "/elsewhere": (_, response) => response.writeHead(307, { location: `${elsewhere.url}/plan` }).end(),
  "/loop": (_, response) => response.writeHead(307, { location: "/loop" }).end(),
  "/none": (_, response) => response.end('{"plan_format_version":"t0p-secret"}'),
  "/huge": (_, response) => response.end(Buffer.alloc(10_000_001, 32)),
  "/bomb": (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
  "/deep": (_, response) => response.end(deep),
  "/slow": (_, response) => void response.write('{"format_version"'),
  "/broken": (_, response) => {
    response.write('{"format_version"');
    setTimeout(() => response.destroy(), 20);
  },
  "/late": (_, response) => void late.push(() => response.end(blocked)),
  "/not-yet": (_, response) => {
    if (notYet > 0) response.writeHead(204).end();
    else response.end(clean);
    notYet -= 1;
  },
});
const empty = JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes: [], configuration: {} });
const bomb = gzipSync(Buffer.alloc(10_000_001, 32));
/** Small as a text, and more than the memory for a plan when it is read. */
const deep = `{"format_version":"1.2","x":[${"[],".repeat(2_000_000)}[]]}`;

const config = join(folder, "plimsoll.yaml");
writeFileSync(config, "failOn: never\n");
const limits = ["--concurrency=2", "--largest-plan=10", "--judge-memory=64"];
const served = await service(["--allow-host", fake.host, archive.host, ...limits]);
const short = await service(["--allow-host", fake.host, "--time-limit=1", "--queue=0", "--concurrency=1"]);

afterAll(async () => {
  await Promise.all([served.stop(), short.stop()]);
  for (const each of [fake, archive, elsewhere]) each.close();
  rmSync(folder, { recursive: true });
});

/** Sends a task and waits for what HCP Terraform gets. */
async function task(id: string, plan: string, more: Readonly<Record<string, unknown>> = {}, to = served) {
  const before = fake.of(`/callback/${id}`).filter(({ status }) => status !== "running").length;
  const answer = await to.post(taskBody(fake, id, plan, more));
  const all = () => fake.of(`/callback/${id}`);
  while (answer.status === 200 && all().filter(({ status }) => status !== "running").length === before) {
    await pause();
  }
  return { answer, sent: all() };
}

const running = { status: "running", message: "plimsoll: the plan is being judged", outcomes: undefined };
const notJudged = (sentence: string) => ({
  status: "failed",
  message: `plimsoll: not judged: ${sentence}`,
  outcomes: 1,
});

it("a plan is fetched, judged and answered; its archive gets no token", async () => {
  const { answer, sent } = await task("first", "/blocked");
  const { out } = await command(["check", "-", "--format", "run-task"], { stdin: blocked, ...today });
  expect(answer).toEqual({ status: 200, message: "the plan will be judged" });
  expect(sent.map(({ status }) => status)).toEqual(["running", "failed"]);
  expect(fake.sent.find(({ body }) => body === out)).toEqual({
    path: "/callback/first",
    token: "Bearer t0ken-of-the-run",
    body: out,
  });
  expect([fake.asked[0], archive.asked[0]]).toEqual([
    { path: "/blocked", token: "Bearer t0ken-of-the-run" },
    { path: "/object", token: undefined },
  ]);
});

it("what does not block is passed; without outcomes where they are not understood", async () => {
  const { sent } = await task("passed", "/clean", { capabilities: { outcomes: false } });
  expect(sent).toEqual([
    running,
    { status: "passed", message: "plimsoll: nothing blocks; 18 not blocking, 6 unknown", outcomes: undefined },
  ]);
});

it("a replay of a request has the same result", async () => {
  await task("replayed", "/blocked", { stage: "pre_apply" });
  await task("replayed", "/blocked", { stage: "pre_apply" });
  const bodies = fake.sent.filter(({ path }) => path === "/callback/replayed").map(({ body }) => body);
  expect([bodies.length, bodies[1] === bodies[3], bodies[1]?.includes('"failed"')]).toEqual([4, true, true]);
});

it("a replay while the task is under way is the same task", async () => {
  const body = taskBody(fake, "twice", "/late");
  const first = await served.post(body);
  while (late.length === 0) await pause();
  const second = await served.post(body);
  late.shift()?.();
  await task("after", "/clean");
  expect([first.message, second.message]).toEqual(["the plan will be judged", "the task is under way already"]);
  expect(fake.of("/callback/twice").map(({ status }) => status)).toEqual(["running", "failed"]);
});

describe("who is nobody that may ask gets no answer, and nobody is asked", () => {
  const body = taskBody(fake, "refused", "/clean");
  const wrong = "X-TFC-Task-Signature is not that of the body under the key of this service";
  it.each<[string, string, string | null, number, string]>([
    [
      "no signature",
      body,
      null,
      401,
      "X-TFC-Task-Signature is missing; give the run task the HMAC key of this service",
    ],
    ["another body's", body, signed(`${body} `), 401, wrong],
    ["another key's", body, signed(body, "another key"), 401, wrong],
    ["one that is cut", body, signed(body).slice(0, -2), 401, wrong],
    ["no digits", body, "sha512=zz", 401, wrong],
    ["no JSON", "t0ken", signed("t0ken"), 422, "the body of the request is no JSON"],
    ["no task", "{}", signed("{}"), 422, "the request is none of a run task: access_token is missing or wrong"],
  ])("%s", async (_, given, signature, status, message) => {
    expect(await served.post(given, signature)).toEqual({ status, message });
    expect(fake.of("/callback/refused")).toEqual([]);
  });

  it.each([
    [
      "plan_json_api_url",
      `${elsewhere.url}/plan`,
      "leads to a host that the service is not allowed to ask (--allow-host)",
    ],
    ["task_result_callback_url", "http://169.254.169.254/", "is no https address, so that it is not asked"],
    [
      "plan_json_api_url",
      "https://app.terraform.io/plan",
      "leads to a host that the service is not allowed to ask (--allow-host)",
    ],
    ["plan_json_api_url", fake.url.replace("://", "://user:secret@"), "names a user, so that it is not asked"],
    ["plan_json_api_url", "plan", "is no address"],
    ["task_result_callback_url", null, "is no address"],
  ])("%s: %s", async (name, url, why) => {
    const { answer, sent } = await task("refused", "/clean", { [name]: url });
    expect([answer, sent]).toEqual([{ status: 422, message: `${name} ${why}` }, []]);
    expect(elsewhere.asked).toEqual([]);
  });
});

it("the request with which HCP Terraform tries the service is answered, and nobody is asked", async () => {
  const count = fake.asked.length + fake.sent.length;
  const body = taskBody(fake, "test", "/clean", { stage: "test", access_token: "test-token", plan_json_api_url: null });
  expect(await served.post(body)).toEqual({
    status: 200,
    message: "the service is there, and its key is the right one",
  });
  expect(fake.asked.length + fake.sent.length).toBe(count);
});

it.each([
  ["pre_plan", "early"],
  ["post_apply", "late"],
  ["t0p-secret", "none"],
])("the stage %s has no plan, and the task says so", async (stage, id) => {
  const shown = stage === "t0p-secret" ? "" : ` ${stage}`;
  const sentence = `the stage${shown} has no plan that plimsoll could judge; let the run task run at post_plan or pre_apply`;
  const { answer, sent } = await task(`stage-${id}`, "/clean", { stage, plan_json_api_url: undefined });
  expect([answer, sent]).toEqual([{ status: 200, message: sentence }, [notJudged(sentence)]]);
});

describe("a plan that cannot be judged fails the task with a sentence", () => {
  const tooLarge =
    "the plan has more than 10 MB, which is the most that the service takes (--largest-plan); let the service take more, or plan parts of the configuration one by one";
  it.each([
    ["/elsewhere", "the redirect of the plan leads to a host that the service is not allowed to ask (--allow-host)"],
    ["/loop", "the plan could not be fetched: more than 3 redirects"],
    ["/nothing", "the plan could not be fetched: HTTP 404"],
    ["/broken", "the plan could not be fetched: the connection broke off"],
    ["/huge", tooLarge],
    ["/bomb", tooLarge],
    [
      "/deep",
      "judging the plan takes more than 64 MB of memory; let the service take more (--judge-memory), or plan parts of the configuration one by one",
    ],
  ])("%s", async (path, sentence) => {
    expect((await task(`no-plan${path}`, path)).sent).toEqual([running, notJudged(sentence)]);
    expect(elsewhere.asked).toEqual([]);
  });

  it("one that is none", async () => {
    const { sent } = await task("none", "/none");
    expect(sent[1]?.message).toMatch(/^plimsoll: not judged: /);
    expect(JSON.stringify(sent)).not.toContain("t0p-secret");
  });
});

it("after all that, others are judged", async () => {
  expect((await task("others", "/clean")).sent[1]?.status).toBe("passed");
});

it("a plan that is not there yet is asked for again, and so is a result that is not taken", async () => {
  fake.refusals.set("/callback/refuses", [503, 429]);
  const [refuses, later] = await Promise.all([task("refuses", "/clean"), task("not-yet", "/not-yet")]);
  expect([refuses.sent[1]?.status, later.sent[1]?.status]).toEqual(["passed", "passed"]);
  fake.refusals.set("/callback/gone", [404]);
  await served.post(taskBody(fake, "gone", "/clean"));
  while (!served.out().includes("run-gone")) await pause();
  expect(served.log().find(({ run }) => run === "run-gone")).toMatchObject({
    outcome: "passed",
    undelivered: "HTTP 404",
  });
});

/** So many tasks come at once: more than there are places for, by far. */
const many = isThorough ? 200 : 40;

it("many tasks at once all have their result", async () => {
  const ids = Array.from({ length: many }, (_, at) => `many-${at}`);
  const ended = fake.ended(0).then((ends) => fake.ended(ends.length + many));
  const answers = await Promise.all(ids.map((id) => served.post(taskBody(fake, id, "/empty"))));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  await ended;
  const results = ids.map((id) => fake.of(`/callback/${id}`).map(({ status }) => status));
  expect(results.filter((each) => each.join() !== "running,passed")).toEqual([]);
});

it("what takes too long fails, and what has no room is told to come again", async () => {
  const slow = [task("slow", "/slow", {}, short), task("slow-too", "/slow", {}, short)];
  while (fake.asked.filter(({ path }) => path === "/slow").length < 2) await pause();
  const full = await short.post(taskBody(fake, "full", "/clean"));
  expect(full).toEqual({ status: 503, message: "too many tasks wait already; try again" });
  const result = notJudged("it took longer than 1 second (--time-limit)");
  expect((await Promise.all(slow)).map(({ sent }) => sent[1])).toEqual([result, result]);
  expect(fake.of("/callback/full")).toEqual([]);
});

it("it tells its health and its numbers, and logs a line a task; a token, a plan or a workspace is in neither", async () => {
  const [health, ready] = await Promise.all([served.get("/healthz"), served.get("/readyz")]);
  const { text } = await served.get("/metrics");
  expect([health, ready]).toEqual([
    { status: 200, text: '{"message":"alive"}' },
    { status: 200, text: '{"message":"ready"}' },
  ]);
  const ours = text.split("\n").filter((line) => /^plimsoll_\w+(?:_total|_waiting|_running|_count)\b/.test(line));
  expect(ours).toEqual([
    ...Object.entries({
      ...{ accepted: 18 + many, repeated: 1, test: 1, no_plan: 3, unsigned: 1, wrong_signature: 4 },
      ...{ unreadable: 2, refused: 6, full: 0, stopping: 0 },
    }).map(([outcome, count]) => `plimsoll_requests_total{outcome="${outcome}"} ${count}`),
    `plimsoll_tasks_total{outcome="passed"} ${6 + many}`,
    'plimsoll_tasks_total{outcome="failed"} 4',
    'plimsoll_tasks_total{outcome="not_judged"} 11',
    "plimsoll_results_undelivered_total 1",
    "plimsoll_tasks_waiting 0",
    "plimsoll_tasks_running 0",
    `plimsoll_task_waiting_seconds_count ${21 + many}`,
    `plimsoll_task_seconds_count ${21 + many}`,
  ]);
  const secrets = /t0ken|t0p-secret|shop|127\.0\.0\.1:\d+\//;
  const lines = served.log().filter(({ listening }) => listening === undefined);
  expect([secrets.test(text), lines.filter((line) => secrets.test(JSON.stringify(line)))]).toEqual([false, []]);
  expect(lines.filter(({ run }) => run === "run-first")).toEqual([
    {
      time: expect.any(String),
      task: "taskrs-first",
      run: "run-first",
      stage: "post_plan",
      outcome: "failed",
      planBytes: blocked.length,
      waitedMilliseconds: expect.any(Number),
      milliseconds: expect.any(Number),
    },
  ]);
});

it("what decides is the service's own; when it stops, nothing more is accepted, and what is under way ends or is told to try again", async () => {
  const stopping = await service(["--allow-host", fake.host, "--config", config, "--concurrency=1"]);
  const { sent } = await task("configured", "/blocked-here", { config: "failOn: low" }, stopping);
  expect(sent[1]?.status).toBe("passed");
  const [ends, ...rest] = ["ends", "stays", "waits"].map((id) =>
    task(`stop-${id}`, id === "ends" ? "/late" : "/slow", {}, stopping),
  );
  while (late.length === 0) await pause();
  stopping.signal();
  while (!stopping.out().includes('"stopping"')) await pause();
  expect([(await stopping.get("/readyz")).status, (await stopping.get("/healthz")).status]).toEqual([503, 200]);
  expect((await stopping.post(taskBody(fake, "stop-new", "/clean"))).status).toBe(503);
  late.shift()?.();
  expect((await ends)?.sent.at(-1)?.message).toMatch(/^plimsoll: nothing blocks/);
  // As when its time is up.
  stopping.signal();
  const again = notJudged("the service was stopped before the plan was judged; run it again");
  expect((await Promise.all(rest)).map((each) => each.sent.at(-1))).toEqual([again, again]);
  expect(await stopping.closed).toBe(0);
});

it.each([
  [["--key-file=nothing"], { TFC_TASK_KEY: "" }, "--key-file nothing: cannot be read (ENOENT)"],
  [[], { TFC_TASK_KEY: "" }, "the HMAC key of the run task is missing; give --key-file, or set TFC_TASK_KEY"],
  [["--key-file=key"], { TFC_TASK_KEY: taskKey }, "--key-file and TFC_TASK_KEY both name keys; give one of them"],
  [
    ["--allow-host", "https://app.terraform.io"],
    { TFC_TASK_KEY: taskKey },
    "--allow-host https://app.terraform.io: is no name of a host; write tfe.example.com, or tfe.example.com:8443",
  ],
  [
    ["--allow-host", "*.terraform.io"],
    { TFC_TASK_KEY: taskKey },
    "--allow-host *.terraform.io: is no name of a host; write tfe.example.com, or tfe.example.com:8443",
  ],
  [["--time-limit=0"], { TFC_TASK_KEY: taskKey }, "--time-limit: give a whole number from 1 to 3600"],
])("is not started with %j %j", async (args, env, message) => {
  expect(await command(["serve", ...args], { cwd: folder, env })).toEqual({
    code: 2,
    out: "",
    error: `plimsoll: ${message}\n`,
  });
});
