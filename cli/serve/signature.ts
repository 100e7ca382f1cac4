import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { codeOf } from "../error-code.ts";
import { UsageError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { keyVariable } from "./options.ts";

/** Whether a signature is that of a body under one of the keys; how long it takes tells nothing of them. */
export function isSigned(body: Uint8Array, signature: string, keys: readonly string[]): boolean {
  const given = Buffer.from(signature, "hex");
  const matches = keys.map((key) => {
    const expected = createHmac("sha512", key).update(body).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches.includes(true);
}

/**
 * The keys of the run task: of the file, one a line, else that of the environment.
 * @throws UsageError where there is none: nobody would know who asks
 */
export function readKeys(file: string | undefined, io: Io): string[] {
  const fromEnvironment = io.env[keyVariable] ?? "";
  if (file === undefined) {
    if (fromEnvironment !== "") return [fromEnvironment];
    throw new UsageError(`the HMAC key of the run task is missing; give --key-file, or set ${keyVariable}`);
  }
  if (fromEnvironment !== "") throw new UsageError(`--key-file and ${keyVariable} both name keys; give one of them`);
  const keys = keysIn(file, io);
  if (keys.length === 0) throw new UsageError(`--key-file ${file}: holds no key`);
  return keys;
}

function keysIn(file: string, io: Io): string[] {
  try {
    return readFileSync(resolve(io.cwd, file), "utf8")
      .split(/\r?\n/)
      .filter((line) => line !== "");
  } catch (error) {
    throw new UsageError(`--key-file ${file}: cannot be read (${codeOf(error)})`);
  }
}
