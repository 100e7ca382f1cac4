import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The built command, as it is packed. */
export const built = join(root, "dist/plimsoll.cjs");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs a program beside this one, so that a server of the test can answer it. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd ?? root, env: { ...process.env, ...options.env } });
    let out = "";
    let error = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      error += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, error }));
    child.stdin.end();
  });
}

/** A folder for the PATH in which `npx` runs the built command, or what is given; the package is not fetched. */
export function fakeNpx(folder: string, script = `exec "${process.execPath}" "${built}" "$@"`): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "npx");
  writeFileSync(file, `#!/bin/sh\ntest "$1" = --yes && shift\nshift\n${script}\n`);
  chmodSync(file, 0o755);
  return `${folder}${delimiter}${process.env["PATH"] ?? ""}`;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: string;
}

type Answer = (asked: Asked) => { readonly status: number; readonly json: unknown };

/** A server that keeps what it was asked. */
export async function serve(answer: Answer) {
  const asked: Asked[] = [];
  const read = async (request: IncomingMessage): Promise<Asked> => {
    let body = "";
    for await (const chunk of request) body += chunk;
    return { method: request.method ?? "", url: request.url ?? "", token: request.headers.authorization, body };
  };
  const server = createServer((request, response) => {
    void read(request).then((each) => {
      asked.push(each);
      const { status, json } = answer(each);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}
