#!/usr/bin/env node
import { channel } from "./channel.ts";
import { dayOf } from "./day.ts";
import { exitCodes } from "./exit-codes.ts";
import { gitRevision } from "./git-revision.ts";
import { mostPlanBytes, tooLarge } from "./input.ts";
import { internalError } from "./internal-error.ts";
import { asAtStart, checkAlone } from "./optimizer.ts";
import { run } from "./run.ts";
import { standardInput } from "./standard-input.ts";
import { tell } from "./tell.ts";
import { showsProgress, wantsColours, widthOfOutput } from "./terminal.ts";
import { verdictsGiven } from "./verdicts-given.ts";

/** For the code cache: see `plimsoll.cjs`. */
export { asAtStart, verdictsGiven };

const stdout = channel(1, () => process.stdout, onBroken);
const stderr = channel(2, () => process.stderr, onBroken);

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > mostPlanBytes) throw tooLarge(standardInput, null);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

let isBroken = false;

/** What cannot be written is a failure, whatever the check found. */
function onBroken(code: string): void {
  // A reader that closes early (`plimsoll check | head`) is no error.
  if (code === "EPIPE" || isBroken) return;
  isBroken = true;
  process.exitCode = exitCodes.notJudged;
  tell({ error: stderr.write }, `the output cannot be written (${code})`);
}

/** The last resort: an exit code that says that nothing was judged, and no message that may hold a value of the plan. */
function onUnforeseen(error: unknown): void {
  process.exitCode = exitCodes.notJudged;
  isBroken = true;
  tell({ error: stderr.write }, ...internalError(error));
}

/** Tells this file that it is started as a thread that checks plans, not as the command. */
const threadArgument = "--plan-thread";

/** The same for a process that judges plans for the service. */
const judgeArgument = "--judge";

/** Null where the folder is gone that the command was started in. */
function workingFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

async function main(): Promise<void> {
  const [, file = "", ...args] = process.argv;
  if (args[0] === threadArgument) return (await import("./plan-thread.ts")).runThread();
  if (args[0] === judgeArgument) return (await import("./serve/judge-process.ts")).runJudge();
  checkAlone(true);
  process.on("uncaughtException", onUnforeseen);
  const date = dayOf(new Date());
  const cwd = workingFolder();
  if (cwd === null) {
    tell({ error: stderr.write }, "the working directory is gone, or may not be entered; change to another one");
    process.exitCode = exitCodes.notJudged;
    return;
  }
  const code = await run(args, {
    cwd,
    env: process.env,
    today: date,
    stdin: readStdin,
    out: stdout.write,
    print: stdout.print,
    error: stderr.write,
    revision: gitRevision,
    colours: wantsColours(stdout.terminal, process.env),
    ...widthOfOutput(stdout.terminal, process.env),
    progress: showsProgress(stderr.terminal, process.env) ? (text) => stderr.write(`\r\u001b[K${text}`) : null,
    threads: {
      judge: { file, argument: judgeArgument },
      most: async () => (await import("./start-thread.ts")).availableParallelism(),
      start: async (checkArgs) =>
        (await import("./start-thread.ts")).startThread(file, threadArgument, checkArgs, date),
    },
  });
  if (!isBroken) process.exitCode = code;
  // Where nothing is left to be written: Node would take down all that it holds piece by piece, a tenth of a small check.
  if (stdout.isTaken() && stderr.isTaken()) process.exit();
}

void main();
