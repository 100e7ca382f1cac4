import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CheckArguments } from "./check-arguments.ts";
import type { PlanThread } from "./io.ts";
import { checkAlone } from "./optimizer.ts";
import type { PlanOutcome } from "./plan-outcome.ts";

export { availableParallelism };

/** Starts the command's own file as a thread, so that it has the code cache too; `argument` tells it that it is one. */
export function startThread(file: string, argument: string, args: CheckArguments, today: string): PlanThread {
  checkAlone(false);
  const worker = new Worker(file, { argv: [argument], workerData: { args, today } });
  // An error that nobody caught is told by the end of the thread.
  worker.on("error", () => {});
  return {
    check: (plan) =>
      new Promise<PlanOutcome>((resolve, reject) => {
        const done = (outcome: PlanOutcome) => {
          worker.off("exit", broken);
          resolve(outcome);
        };
        const broken = () => {
          worker.off("message", done);
          reject(new Error("the thread ended"));
        };
        worker.once("message", done).once("exit", broken);
        worker.postMessage(plan);
      }),
    end: () => worker.terminate(),
  };
}
