// Answers one request of a run task of HCP Terraform: fetches the plan, checks it, and sends the result back.
// node respond.mjs request.json [command to run plimsoll, npx plimsoll where there is none]
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [, , requestFile = "", ...command] = process.argv;
const [program, ...args] = command.length > 0 ? command : ["npx", "plimsoll"];
const request = JSON.parse(readFileSync(requestFile, "utf8"));
const authorization = `Bearer ${request.access_token}`;

const plan = await fetch(request.plan_json_api_url, { headers: { authorization } });
if (!plan.ok) throw new Error(`the plan cannot be fetched: HTTP ${plan.status}`);

const { stdout, stderr, status } = spawnSync(program, [...args, "check", "-", "--format", "run-task"], {
  input: Buffer.from(await plan.arrayBuffer()),
  maxBuffer: 64 * 1024 ** 2,
  encoding: "utf8",
});
process.stderr.write(stderr ?? "");

// Without a report, as where the plan could not be read, the run must not go on.
const failed = {
  data: {
    type: "task-results",
    attributes: { status: "failed", message: `plimsoll: no report, exit code ${status}; see the log of the run task` },
  },
};
const answer = await fetch(request.task_result_callback_url, {
  method: "PATCH",
  headers: { authorization, "content-type": "application/vnd.api+json" },
  body: stdout ? stdout : JSON.stringify(failed),
});
if (!answer.ok) throw new Error(`HCP Terraform did not take the result: HTTP ${answer.status}`);
