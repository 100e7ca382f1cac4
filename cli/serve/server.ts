import Fastify, { type FastifyInstance } from "fastify";
import type { Hosts } from "./hosts.ts";
import type { Metrics, RequestOutcome } from "./metrics.ts";
import { readRequest, stageWithoutPlan, type TaskRequest } from "./request.ts";
import { SentenceError } from "./sentence-error.ts";
import { isSigned } from "./signature.ts";
import type { Task, Tasks } from "./tasks.ts";

export interface ServerOptions {
  readonly keys: readonly string[];
  readonly hosts: Hosts;
  readonly tasks: Tasks;
  readonly metrics: Metrics;
  readonly isStopping: () => boolean;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
}

/** The answer to a request. */
interface Answer {
  readonly status: 200 | 401 | 422 | 503;
  readonly outcome: RequestOutcome;
  readonly message: string;
}

/** A request of a run task has some kilobytes. */
const mostBytes = 1_000_000;

/** How long a request may take to come in, in milliseconds. */
const slowest = 10_000;

/** In seconds. */
const comeBackAfter = "30";

/** The web server of run tasks; it is not listening yet. */
export function taskServer(options: ServerOptions): FastifyInstance {
  const { metrics, isStopping, log } = options;
  const server = Fastify({
    bodyLimit: mostBytes,
    // Whoever sends slowly holds nothing up for long: Node looks for such connections every 30 seconds by itself, and
    // gives headers a minute.
    requestTimeout: slowest,
    http: { headersTimeout: slowest, connectionsCheckingInterval: slowest / 2 },
    connectionTimeout: 30_000,
    // Longer than load balancers keep idle connections, so that they end them.
    keepAliveTimeout: 75_000,
    forceCloseConnections: "idle",
  });
  // The signature is of the bytes.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return reply
      .code(status)
      .send({ message: status === 413 ? "the request is too large" : "the request was not read" });
  });
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ message: "there is nothing here; run tasks go to POST /run-task" }),
  );

  server.post("/run-task", async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { status, outcome, message } = answerTo(body, request.headers["x-tfc-task-signature"], options);
    metrics.request(outcome);
    if (status !== 200) log({ request: outcome, message });
    if (status === 503) reply.header("retry-after", comeBackAfter);
    return reply.code(status).send({ message });
  });
  server.get("/healthz", async () => ({ message: "alive" }));
  server.get("/readyz", async (_request, reply) =>
    isStopping() ? reply.code(503).send({ message: "stopping" }) : { message: "ready" },
  );
  server.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return server;
}

function answerTo(body: Uint8Array, signature: string | string[] | undefined, options: ServerOptions): Answer {
  if (typeof signature !== "string" || signature === "") {
    const message = "X-TFC-Task-Signature is missing; give the run task the HMAC key of this service";
    return { status: 401, outcome: "unsigned", message };
  }
  if (!isSigned(body, signature, options.keys)) {
    const message = "X-TFC-Task-Signature is not that of the body under the key of this service";
    return { status: 401, outcome: "wrong_signature", message };
  }
  try {
    return answerToSigned(readRequest(body), options);
  } catch (error) {
    if (!(error instanceof SentenceError)) throw error;
    return { status: 422, outcome: "unreadable", message: error.message };
  }
}

function answerToSigned(request: TaskRequest, { hosts, tasks, isStopping }: ServerOptions): Answer {
  if (request.isTest)
    return { status: 200, outcome: "test", message: "the service is there, and its key is the right one" };
  if (isStopping()) return { status: 503, outcome: "stopping", message: "the service is stopping; try again" };
  const noPlan = stageWithoutPlan(request.stage);
  const task = allowedTask(request, noPlan !== null, hosts);
  if (typeof task === "string") return { status: 422, outcome: "refused", message: task };
  const accepted = tasks.accept(task, noPlan);
  if (accepted === "full") return { status: 503, outcome: "full", message: "too many tasks wait already; try again" };
  if (accepted === "repeated") return { status: 200, outcome: "repeated", message: "the task is under way already" };
  return noPlan === null
    ? { status: 200, outcome: "accepted", message: "the plan will be judged" }
    : { status: 200, outcome: "no_plan", message: noPlan };
}

/** The task with its addresses, or why they are not asked. */
function allowedTask(request: TaskRequest, isWithoutPlan: boolean, hosts: Hosts): Task | string {
  const { token, planUrl, callbackUrl, stage, taskId, runId, takesOutcomes } = request;
  try {
    const url = hosts.allowed(callbackUrl ?? "", "task_result_callback_url");
    const plan = isWithoutPlan ? null : hosts.allowed(planUrl ?? "", "plan_json_api_url");
    return { callback: { url, token }, planUrl: plan, stage, taskId, runId, takesOutcomes };
  } catch (error) {
    if (error instanceof SentenceError) return error.message;
    throw error;
  }
}
