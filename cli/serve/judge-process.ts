import type { CheckArguments } from "../check-arguments.ts";
import { outcomeOf } from "../check-plans.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { planChecker } from "../plan-checker.ts";
import { threadIo } from "../plan-thread.ts";
import { standardInput } from "../standard-input.ts";
import { answerOf } from "./answer.ts";
import type { Work } from "./judged.ts";

/** Judges the plans that the service hands over, one after the other; the first message has the arguments. */
export function runJudge(): void {
  const send = process.send?.bind(process);
  if (send === undefined) {
    process.exitCode = exitCodes.usage;
    return;
  }
  // The service says when it ends, also where all processes of a group get the signal.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => {});
  let work: Work = { plan: new Uint8Array(), today: "", takesOutcomes: true };
  const io: Io = {
    ...threadIo(""),
    get today() {
      return work.today;
    },
    stdin: async () => work.plan,
    // The service's own folder has no part in the plan.
    revision: () => null,
  };
  const judge = async (checker: ReturnType<typeof planChecker>) => {
    const { result } = await outcomeOf(standardInput, async (name) => (await checker)(name));
    send(answerOf(result, work.takesOutcomes));
  };
  process.once("message", (args: CheckArguments) => {
    const checker = planChecker(args, io);
    process.on("message", (next: Work) => {
      work = next;
      void judge(checker);
    });
  });
}
