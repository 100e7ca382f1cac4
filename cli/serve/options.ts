import { availableParallelism } from "node:os";
import type { Argv } from "yargs";
import { once, teamOptions } from "../check-options.ts";
import { UsageError } from "../exit-codes.ts";

/** The arguments of `plimsoll serve`, as yargs reads them. */
export interface ServeArguments {
  readonly config: string | undefined;
  readonly policies: readonly string[];
  readonly keyFile: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly allowHost: readonly string[];
  readonly allowHttp: boolean;
  readonly concurrency: number;
  readonly queue: number;
  /** In megabytes. */
  readonly largestPlan: number;
  /** In megabytes. */
  readonly judgeMemory: number;
  /** In seconds. */
  readonly timeLimit: number;
  /** In seconds. */
  readonly stopLimit: number;
}

/** The environment variable with the key of the run task, where no file has it. */
export const keyVariable = "TFC_TASK_KEY";

const number = { type: "number", requiresArg: true } as const;

/** Each number with the least and the most that it may be. */
const bounds = {
  port: [0, 65_535],
  concurrency: [1, 256],
  queue: [0, 100_000],
  // The longest text that V8 holds has 512 MB.
  "largest-plan": [1, 500],
  "judge-memory": [64, 1_000_000],
  // HCP Terraform waits for an hour at most.
  "time-limit": [1, 3600],
  "stop-limit": [0, 3600],
} as const;

/** The options of `serve`. */
export function serveOptions(command: Argv) {
  return command
    .options({
      ...teamOptions,
      "key-file": {
        type: "string",
        requiresArg: true,
        describe: `file with the HMAC key of the run task, one a line where it is being changed; else ${keyVariable} has it`,
      },
      host: { type: "string", requiresArg: true, default: "127.0.0.1", describe: "address to listen on" },
      port: { ...number, default: 8080, describe: "port to listen on" },
      "allow-host": {
        type: "string",
        array: true,
        default: ["app.terraform.io"],
        describe: "hosts that plans come from and results go to, instead: those of Terraform Enterprise",
      },
      "allow-http": {
        type: "boolean",
        default: false,
        describe: "http to this machine too, for tests; otherwise https alone",
      },
      concurrency: {
        ...number,
        // Of a number without a default that is given twice yargs makes the sum.
        default: availableParallelism(),
        defaultDescription: "the processors",
        describe: "how many plans are judged at once, each in a process of its own",
      },
      queue: { ...number, default: 500, describe: "how many tasks may wait; a further one gets 503" },
      "largest-plan": { ...number, default: 100, describe: "the most megabytes of a plan" },
      "judge-memory": { ...number, default: 1024, describe: "the most megabytes of memory for a plan" },
      "time-limit": { ...number, default: 300, describe: "the most seconds for one plan, from fetching to the report" },
      "stop-limit": { ...number, default: 20, describe: "the most seconds for what is at work when it is to stop" },
    })
    .check(once("config", "key-file", "host", ...Object.keys(bounds)))
    .check((args) => {
      for (const [name, [least, most]] of Object.entries(bounds)) {
        const value = args[name];
        if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) continue;
        throw new UsageError(`--${name}: give a whole number from ${least} to ${most}`);
      }
      return true;
    })
    .epilogue(
      "Answers run tasks of HCP Terraform and Terraform Enterprise: POST /run-task. Beside it GET /healthz, /readyz and /metrics.\n\n" +
        "SIGTERM ends it: what is at work is finished.",
    );
}
