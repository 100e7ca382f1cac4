import { parentPort, workerData } from "node:worker_threads";
import type { CheckArguments } from "./check-arguments.ts";
import { outcomeOf } from "./check-plans.ts";
import { exitCodes, InputError } from "./exit-codes.ts";
import { gitRevision } from "./git-revision.ts";
import type { Io } from "./io.ts";
import { planChecker } from "./plan-checker.ts";

/** What a thread may use: it prints nothing, its outcomes go to the main thread. */
export const threadIo = (today: string): Io => ({
  today,
  cwd: process.cwd(),
  env: process.env,
  stdin: async () => {
    throw new InputError("standard input belongs to the main thread");
  },
  out: () => {},
  print: async () => {},
  error: () => {},
  revision: gitRevision,
  colours: false,
  columns: 100,
  breaksLines: false,
  progress: null,
  threads: null,
});

/** Checks the plans that the main thread names, one after the other, with the arguments that it was started with. */
export function runThread(): void {
  if (parentPort === null) {
    process.exitCode = exitCodes.usage;
    return;
  }
  const port = parentPort;
  const { args, today }: { args: CheckArguments; today: string } = workerData;
  const checker = planChecker(args, threadIo(today));
  port.on("message", (plan: string) => {
    void outcomeOf(plan, async (name) => (await checker)(name)).then((outcome) => port.postMessage(outcome));
  });
}
