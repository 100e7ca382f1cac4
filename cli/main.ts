#!/usr/bin/env node
import { run } from "./run.ts";

const { stdout } = process;

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

// A reader that closes early (`plimsoll check | head`) is no error.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

function today(): string {
  const now = new Date();
  const digits = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${digits(now.getMonth() + 1)}-${digits(now.getDate())}`;
}

/** Tells this file that it is started as a thread that checks plans, not as the command. */
const threadArgument = "--plan-thread";

async function main(): Promise<void> {
  const [, file = "", ...args] = process.argv;
  if (args[0] === threadArgument) return (await import("./plan-thread.ts")).runThread();
  const date = today();
  process.exitCode = await run(args, {
    cwd: process.cwd(),
    env: process.env,
    today: date,
    stdin: readStdin,
    out: (text) => stdout.write(text),
    error: (text) => process.stderr.write(text),
    colours: stdout.isTTY && stdout.hasColors(),
    columns: stdout.isTTY ? stdout.columns : 100,
    progress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[K${text}`) : null,
    threads: {
      most: async () => (await import("./start-thread.ts")).availableParallelism(),
      start: async (checkArgs) =>
        (await import("./start-thread.ts")).startThread(file, threadArgument, checkArgs, date),
    },
  });
}

void main();
