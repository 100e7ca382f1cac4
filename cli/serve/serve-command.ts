import { type CheckArguments, noArguments } from "../check-arguments.ts";
import { dayOf } from "../day.ts";
import { codeOf } from "../error-code.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { planChecker } from "../plan-checker.ts";
import { allowedHosts } from "./hosts.ts";
import { startJudges } from "./judges.ts";
import { type Metrics, metricsOf } from "./metrics.ts";
import { keyVariable, type ServeArguments } from "./options.ts";
import { taskServer } from "./server.ts";
import { readKeys } from "./signature.ts";
import { taskQueue } from "./tasks.ts";

/** Answers run tasks until it is told to stop. */
export async function serveCommand(args: ServeArguments, io: Io): Promise<ExitCode> {
  const keys = readKeys(args.keyFile, io);
  const hosts = allowedHosts(args.allowHost, args.allowHttp);
  const checkArgs = checkArgumentsOf(args);
  if (io.threads === null) throw new TypeError("the service needs processes of its own");
  // A configuration that is wrong is told now, not to each task.
  await planChecker(checkArgs, { ...io, revision: () => null });
  const { [keyVariable]: _key, ...env } = io.env;
  const judges = startJudges({ ...io.threads.judge, args: checkArgs, env, memory: args.judgeMemory });
  const log = (line: Readonly<Record<string, unknown>>) =>
    io.out(`${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
  const tasks = taskQueue({
    judges,
    hosts,
    concurrency: args.concurrency,
    queue: args.queue,
    largestPlan: args.largestPlan * 1_000_000,
    timeLimit: args.timeLimit * 1000,
    today: () => dayOf(new Date()),
    log,
    metrics: () => metrics,
  });
  const metrics: Metrics = metricsOf(tasks.counts);
  let isStopping = false;
  const server = taskServer({ keys, hosts, tasks, metrics, isStopping: () => isStopping, log });
  const { stopped, stoppedAtOnce } = stopSignals();
  const address = await listening(server.listen({ host: args.host, port: args.port }), args);
  log({ listening: address });
  await stopped;
  isStopping = true;
  log({ stopping: tasks.counts() });
  await tasks.finish(args.stopLimit * 1000, stoppedAtOnce);
  // A request that is still coming in would hold up the end.
  server.server.closeAllConnections();
  await server.close();
  judges.end();
  return exitCodes.clean;
}

/** The second signal is for those who do not want to wait. */
function stopSignals(): { readonly stopped: Promise<void>; readonly stoppedAtOnce: Promise<void> } {
  const waiting: (() => void)[] = [];
  const next = () => new Promise<void>((resolve) => waiting.push(resolve));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => waiting.shift()?.());
  return { stopped: next(), stoppedAtOnce: next() };
}

async function listening(listen: Promise<string>, { host, port }: ServeArguments): Promise<string> {
  try {
    return await listen;
  } catch (error) {
    throw new UsageError(`--host ${host} --port ${port}: cannot be listened on (${codeOf(error)})`);
  }
}

/** What decides is the service's own: nothing comes from the request, nor from a folder with Terraform source. */
function checkArgumentsOf({ config, policies }: ServeArguments): CheckArguments {
  return { ...noArguments, policies, config, format: ["run-task"], source: null, waivers: "config" };
}
