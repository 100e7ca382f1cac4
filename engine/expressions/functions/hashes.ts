import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { EvaluationError, text, type Value } from "../value.ts";
import { define, type FunctionDefinition, str } from "./define.ts";
import { toBase64 } from "./encoding.ts";

type Hash = (bytes: Uint8Array) => Uint8Array;

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const bytesOf = (value: string) => new TextEncoder().encode(value);

const hashed = (hash: Hash, write: (bytes: Uint8Array) => string) =>
  define(["string"], "string", ([value]) => text(write(hash(bytesOf(str(value))))));

/** The hashes of files: the functions with these names read a file first. */
export const fileHashes: Readonly<Record<string, (content: string) => string>> = {
  filebase64: (content) => toBase64(bytesOf(content)),
  filebase64sha256: (content) => toBase64(sha256(bytesOf(content))),
  filebase64sha512: (content) => toBase64(sha512(bytesOf(content))),
  filemd5: (content) => hex(md5(bytesOf(content))),
  filesha1: (content) => hex(sha1(bytesOf(content))),
  filesha256: (content) => hex(sha256(bytesOf(content))),
  filesha512: (content) => hex(sha512(bytesOf(content))),
};

const namespaces: Readonly<Record<string, string>> = {
  dns: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
  url: "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
  oid: "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
  x500: "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
};

/** Source: RFC 9562, UUID Version 5. */
function uuidv5([namespace, name]: readonly Value[]): Value {
  const given = str(namespace);
  const space = Object.hasOwn(namespaces, given) ? namespaces[given] : given;
  const digits = (space ?? "").replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) throw new EvaluationError("a namespace required");
  const prefix = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const bytes = sha1(Uint8Array.from([...prefix, ...bytesOf(str(name))])).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return text(hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"));
}

export const hashFunctions: Readonly<Record<string, FunctionDefinition>> = {
  base64sha256: hashed(sha256, toBase64),
  base64sha512: hashed(sha512, toBase64),
  md5: hashed(md5, hex),
  sha1: hashed(sha1, hex),
  sha256: hashed(sha256, hex),
  sha512: hashed(sha512, hex),
  uuidv5: define(["string", "string"], "string", uuidv5),
};
