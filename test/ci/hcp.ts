import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { expect } from "vitest";
import * as z from "zod";
import { built, portOf } from "./run.ts";

/** How a fake answers to a path. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface Sent {
  readonly path: string;
  readonly token: string | undefined;
  readonly body: string;
}

const result = z.object({
  data: z.object({
    type: z.literal("task-results"),
    attributes: z.object({ status: z.enum(["running", "passed", "failed"]), message: z.string() }),
    relationships: z.object({ outcomes: z.object({ data: z.array(z.unknown()) }) }).optional(),
  }),
});

/** As much of HCP Terraform as run tasks need: plans to fetch, and callbacks that take results. */
export async function hcp(answers: Readonly<Record<string, Answer>>) {
  const asked: { path: string; token: string | undefined }[] = [];
  const sent: Sent[] = [];
  /** Statuses that the next results get, by path, before they are taken. */
  const refusals = new Map<string, number[]>();
  let changed = () => {};
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const token = request.headers.authorization;
    if (request.method === "GET") {
      asked.push({ path, token });
      const answer = answers[path];
      if (answer === undefined) response.writeHead(404).end();
      else answer(request, response);
      return;
    }
    let body = "";
    request.on("data", (data) => {
      body += data;
    });
    request.on("end", () => {
      const refusal = body.includes('"running"') ? undefined : refusals.get(path)?.shift();
      if (refusal === undefined) sent.push({ path, token, body });
      response.writeHead(refusal ?? 200).end("{}");
      changed();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${portOf(server)}`;
  const ends = () => sent.filter(({ body }) => result.parse(JSON.parse(body)).data.attributes.status !== "running");
  return {
    host,
    url: `http://${host}`,
    asked,
    sent,
    refusals,
    /** Waits until so many tasks have their results. */
    ended: async (count: number) => {
      while (ends().length < count) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
      return ends();
    },
    /** What was sent to a path, from first to last. */
    of: (path: string) =>
      sent
        .filter((each) => each.path === path)
        .map(({ body }) => {
          const { attributes, relationships } = result.parse(JSON.parse(body)).data;
          return { ...attributes, outcomes: relationships?.outcomes.data.length };
        }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
export type Hcp = Awaited<ReturnType<typeof hcp>>;

export const taskKey = "the key of the task";

export function signed(body: string, key = taskKey): string {
  return createHmac("sha512", key).update(body).digest("hex");
}

/** The service in a process of its own. */
export async function service(args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [built, "serve", "--port=0", "--allow-http", ...args], {
    env: { ...process.env, TFC_TASK_KEY: taskKey },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let error = "";
  child.stderr?.on("data", (data) => {
    error += data;
  });
  const closed = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (data) => {
      out += data;
      const [, address] = /"listening":"([^"]+)"/.exec(out) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.on("close", () => reject(new Error(`the service ended: ${error}`)));
  });
  const get = async (path: string) => {
    const answer = await fetch(`${url}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  return {
    get,
    post: async (body: string, signature: string | null = signed(body)) => {
      const headers = {
        "content-type": "application/json",
        ...(signature === null ? {} : { "x-tfc-task-signature": signature }),
      };
      const answer = await fetch(`${url}/run-task`, { method: "POST", headers, body });
      const { message } = z.object({ message: z.string() }).parse(await answer.json());
      return { status: answer.status, message };
    },
    /** What it logged, line by line. */
    log: (): Readonly<Record<string, unknown>>[] =>
      out
        .trimEnd()
        .split("\n")
        .map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line))),
    out: () => out,
    stop: async () => {
      child.kill("SIGTERM");
      const code = await closed;
      expect(error).toBe("");
      return code;
    },
    signal: () => child.kill("SIGTERM"),
    closed,
  };
}

/** The body of a request for a task, with what stands in it instead. */
export function taskBody(fake: Hcp, id: string, plan: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    payload_version: 1,
    stage: "post_plan",
    access_token: "t0ken-of-the-run",
    capabilities: { outcomes: true },
    is_speculative: false,
    organization_name: "shop",
    workspace_name: "shop-production",
    run_id: `run-${id}`,
    task_result_id: `taskrs-${id}`,
    task_result_callback_url: `${fake.url}/callback/${id}`,
    plan_json_api_url: `${fake.url}${plan}`,
    ...more,
  });
}
