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

async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    today: today(),
    stdin: readStdin,
    out: (text) => stdout.write(text),
    error: (text) => process.stderr.write(text),
    colours: stdout.isTTY && stdout.hasColors(),
    columns: stdout.isTTY ? stdout.columns : 100,
  });
}

void main();
