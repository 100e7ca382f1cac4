import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { dirname, join } from "node:path";
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

/** A package of the name of this one, packed, which runs the built command and says so on standard error. */
export function packed(folder: string, version: string): Uint8Array {
  const source = join(folder, `source-${version}`);
  mkdirSync(join(source, "dist"), { recursive: true });
  const manifest = {
    name: "plimsoll",
    version,
    bin: { plimsoll: "dist/plimsoll.cjs" },
    scripts: { install: "exit 9" },
  };
  writeFileSync(join(source, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(source, "dist/plimsoll.cjs"),
    `process.stderr.write("the package\\n");\nprocess.argv[1] = ${JSON.stringify(built)};\nrequire(${JSON.stringify(built)});\n`,
  );
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: source });
  return readFileSync(join(folder, `plimsoll-${version}.tgz`));
}

/** A registry of npm that has one package, and keeps what it was asked. */
export async function registry(tarball: Uint8Array | null, version: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (tarball === null) return void response.writeHead(404).end("{}");
    if (request.url?.endsWith(".tgz")) return void response.writeHead(200).end(tarball);
    const integrity = integrityOf(tarball);
    const dist = { tarball: `${url}plimsoll/-/plimsoll-${version}.tgz`, integrity };
    const manifest = { name: "plimsoll", version, bin: { plimsoll: "dist/plimsoll.cjs" }, dist };
    const packument = { name: "plimsoll", "dist-tags": { latest: version }, versions: { [version]: manifest } };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(packument));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${portOf(server)}/`;
  return { url, asked, close: () => server.close() };
}

export function integrityOf(tarball: Uint8Array): string {
  return `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
}

/** A checkout of a change that brings along a command of its own, and another registry. */
export function hostileCheckout(folder: string, otherRegistry: string): string {
  const installed = join(folder, "node_modules/plimsoll");
  mkdirSync(join(installed, "dist"), { recursive: true });
  mkdirSync(join(folder, "node_modules/.bin"));
  mkdirSync(join(folder, "infra"));
  writeFileSync(join(installed, "package.json"), '{"name":"plimsoll","version":"0.1.0","bin":"dist/plimsoll.cjs"}');
  const script = '#!/usr/bin/env node\nconsole.log("FAKE");\n';
  writeFileSync(join(installed, "dist/plimsoll.cjs"), script, { mode: 0o755 });
  symlinkSync("../plimsoll/dist/plimsoll.cjs", join(folder, "node_modules/.bin/plimsoll"));
  writeFileSync(join(folder, ".npmrc"), `registry=${otherRegistry}\nignore-scripts=false\n`);
  writeFileSync(join(folder, "package.json"), '{"dependencies":{"plimsoll":"file:node_modules/plimsoll"}}');
  return folder;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  /** As GitLab has it. */
  readonly privateToken: string | undefined;
  readonly body: string;
}

type Answer = (asked: Asked) => { readonly status: number; readonly json: unknown };

/** A server that keeps what it was asked. */
export async function serve(answer: Answer) {
  const asked: Asked[] = [];
  const read = async (request: IncomingMessage): Promise<Asked> => {
    let body = "";
    for await (const chunk of request) body += chunk;
    return {
      method: request.method ?? "",
      url: request.url ?? "",
      token: request.headers.authorization,
      privateToken: String(request.headers["private-token"]),
      body,
    };
  };
  const server = createServer((request, response) => {
    void read(request).then((each) => {
      asked.push(each);
      const { status, json } = answer(each);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, asked, close: () => server.close() };
}

export function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === "object" ? address?.port : undefined;
}
