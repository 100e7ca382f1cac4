import { type ChildProcess, fork } from "node:child_process";
import type { CheckArguments } from "../check-arguments.ts";
import { type Judged, judgedSchema, type Work } from "./judged.ts";
import { SentenceError } from "./sentence-error.ts";

interface JudgeOptions {
  /** The command's own file, and what tells it that it is to judge. */
  readonly file: string;
  readonly argument: string;
  readonly args: CheckArguments;
  /** Without the key: what judges has no use for it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In megabytes. */
  readonly memory: number;
}

/** What judges plans; one that is not busy waits for the next plan. */
export interface Judges {
  /** @throws SentenceError where it breaks down, or the reason of the signal; another one takes its place then */
  readonly judge: (work: Work, signal: AbortSignal) => Promise<Judged>;
  readonly end: () => void;
}

/**
 * Each is a process of its own and no thread: a thread that runs out of memory may end the whole process (Node 20 aborts where
 * it does so again while it is taken down), and with it the tasks of all others.
 */
export function startJudges({ file, argument, args, env, memory }: JudgeOptions): Judges {
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const start = () => {
    const judge = fork(file, [argument], {
      execArgv: [`--max-old-space-size=${memory}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...env },
    });
    all.add(judge);
    judge.on("error", () => {});
    judge.once("exit", () => {
      all.delete(judge);
      const at = idle.indexOf(judge);
      if (at !== -1) idle.splice(at, 1);
    });
    judge.send(args, () => {});
    return judge;
  };
  return {
    judge: async (work, signal) => {
      signal.throwIfAborted();
      const judge = idle.pop() ?? start();
      try {
        const judged = await answered(judge, work, memory, signal);
        idle.push(judge);
        return judged;
      } catch (error) {
        judge.kill("SIGKILL");
        throw error;
      }
    },
    end: () => {
      for (const judge of all) judge.kill("SIGKILL");
    },
  };
}

function answered(judge: ChildProcess, work: Work, memory: number, signal: AbortSignal): Promise<Judged> {
  return new Promise((resolve, reject) => {
    const onExit = (_code: number | null, by: NodeJS.Signals | null) => settle(() => reject(brokenDown(by, memory)));
    const onMessage = (message: unknown) => settle(() => resolve(judgedSchema.parse(message)));
    const onAbort = () => settle(() => reject(signal.reason));
    const settle = (end: () => void) => {
      judge.off("exit", onExit).off("message", onMessage);
      signal.removeEventListener("abort", onAbort);
      end();
    };
    judge.once("exit", onExit).once("message", onMessage);
    signal.addEventListener("abort", onAbort, { once: true });
    // Where it is gone already, its end says so.
    judge.send(work, () => {});
  });
}

/** V8 aborts where the memory is used up, and the system kills what it has none left for. */
function brokenDown(by: NodeJS.Signals | null, memory: number): SentenceError {
  return new SentenceError(
    by === "SIGABRT" || by === "SIGKILL"
      ? `judging the plan takes more than ${memory} MB of memory; let the service take more (--judge-memory), or plan parts of the configuration one by one`
      : "what judged the plan broke down; run it again, and report it where it stays so",
  );
}
