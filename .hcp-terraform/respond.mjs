// Answers one request of a run task of HCP Terraform: checks that it is one, fetches the plan, checks it, and sends the result
// back. How it is called stands in README.md.
import { spawnSync } from "node:child_process";
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

const [, , requestFile = "", ...command] = process.argv;
const { TFC_TASK_KEY: key = "", TFC_TASK_SIGNATURE: signature = "", TFC_ORIGINS: origins, ...env } = process.env;
const allowed = (origins ?? "https://app.terraform.io").split(/[\s,]+/);

/** HCP Terraform waits for ten minutes; each part has its share of them. */
const limits = { fetch: 2 * 60_000, check: 6 * 60_000, answer: 60_000 };
const largestPlan = 512 * 1024 ** 2;

/** @param {Buffer} body as it was sent, byte by byte */
function checkSignature(body) {
  if (key === "") throw new Error("TFC_TASK_KEY is not set: without the key of the task nobody knows who asks");
  const expected = createHmac("sha512", key).update(body).digest();
  const given = Buffer.from(signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Error("X-TFC-Task-Signature is not that of the body: the request is not answered");
}

/** The token goes to no other host. @param {string} url */
function allowedUrl(url) {
  if (!URL.canParse(url) || !allowed.includes(new URL(url).origin))
    throw new Error(`a URL of the request leads elsewhere than to ${allowed.join(", ")}`);
  return url;
}

/** @param {string} url @param {string} authorization */
async function fetchPlan(url, authorization) {
  // Where the plan is kept elsewhere, fetch follows without the token.
  const answer = await fetch(url, { headers: { authorization }, signal: AbortSignal.timeout(limits.fetch) });
  if (!answer.ok) throw new Error(`the plan cannot be fetched: HTTP ${answer.status}`);
  const chunks = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > largestPlan) throw new Error(`the plan has more than ${largestPlan} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @param {Buffer} plan @returns {string} the body of the answer; without a report, as where the plan could not be read, the run must not go on */
function check(plan) {
  const [program, ...args] = command;
  const options = { input: plan, maxBuffer: 64 * 1024 ** 2, encoding: "utf8", env, timeout: limits.check };
  const { stdout, stderr, status, error } = spawnSync(
    program,
    [...args, "check", "--format=run-task", "--", "-"],
    options,
  );
  process.stderr.write(stderr ?? "");
  if (stdout && status !== null) return stdout;
  const how = error?.code ?? `exit code ${status}`;
  const message = `plimsoll: no report, ${how}; see the log of the run task`;
  return JSON.stringify({ data: { type: "task-results", attributes: { status: "failed", message } } });
}

/** @param {Buffer} body */
function parsed(body) {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    // The message of JSON.parse quotes what it could not read.
    throw new Error("the body of the request is no JSON");
  }
}

async function respond() {
  if (command.length === 0)
    throw new Error("usage: node respond.mjs <file with the body> <command that runs plimsoll>");
  const body = readFileSync(requestFile);
  checkSignature(body);
  const request = parsed(body);
  const planUrl = allowedUrl(request.plan_json_api_url);
  const callback = allowedUrl(request.task_result_callback_url);
  const authorization = `Bearer ${request.access_token}`;
  const answer = await fetch(callback, {
    method: "PATCH",
    headers: { authorization, "content-type": "application/vnd.api+json" },
    body: check(await fetchPlan(planUrl, authorization)),
    redirect: "error",
    signal: AbortSignal.timeout(limits.answer),
  });
  if (!answer.ok) throw new Error(`HCP Terraform did not take the result: HTTP ${answer.status}`);
}

try {
  await respond();
} catch (error) {
  // Not the error itself: it may hold the request, and with it the token.
  process.stderr.write(`plimsoll: ${error.cause?.code ?? error.message}\n`);
  process.exitCode = 1;
}
