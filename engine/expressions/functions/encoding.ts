import { jsonOf, parseJson } from "../json.ts";
import { EvaluationError, holeOf, list, mapping, text, type Value } from "../value.ts";
import { define, type FunctionDefinition, str } from "./define.ts";

/** Bytes as text, where they are UTF-8. */
function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new EvaluationError("the bytes are no text in UTF-8");
  }
}

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(value: string): Uint8Array {
  const compact = value.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    throw new EvaluationError("the text is no base64");
  return Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
}

/** Source: `url.QueryEscape` of Go. */
function urlencode(value: string): string {
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, "+");
}

/** Rows of fields. Source: RFC 4180; `encoding/csv` of Go, which leaves out empty lines. */
function rowsOf(value: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/y;
  let row: string[] = [];
  let at = 0;
  while (at < value.length) {
    cell.lastIndex = at;
    const [whole, quoted, plain, end] = cell.exec(value) ?? [];
    if (whole === undefined) throw new EvaluationError("the text is no CSV");
    at = cell.lastIndex;
    const isEmptyLine = row.length === 0 && quoted === undefined && plain === "" && end !== ",";
    if (isEmptyLine) continue;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "," && at < value.length) continue;
    if (end === ",") row.push("");
    rows.push(row);
    row = [];
  }
  return rows;
}

function csvdecode(value: string): Value {
  const [header = [], ...rows] = rowsOf(value);
  if (header.length === 0 || new Set(header).size < header.length || rows.some((row) => row.length !== header.length))
    throw new EvaluationError("the text is no CSV with a header");
  return list(
    rows.map((row) =>
      mapping(
        "object",
        header.map((name, at): [string, Value] => [name, text(row[at] ?? "")]),
      ),
    ),
  );
}

/** Source: the labels of the WHATWG Encoding Standard that Terraform's documentation of textencodebase64 names. */
function encoded(value: string, encoding: string): Uint8Array {
  const name = encoding.toUpperCase();
  if (name === "UTF-8") return new TextEncoder().encode(value);
  if (name !== "UTF-16LE" && name !== "UTF-16BE") throw new RangeError("an encoding that plimsoll does not know");
  return Uint8Array.from(
    [...Array.from({ length: value.length }, (_, at) => value.charCodeAt(at))].flatMap((unit) =>
      name === "UTF-16LE" ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff],
    ),
  );
}

function decoded(bytes: Uint8Array, encoding: string): string {
  const name = encoding.toUpperCase();
  if (name === "UTF-8") return utf8(bytes);
  if (name !== "UTF-16LE" && name !== "UTF-16BE") throw new RangeError("an encoding that plimsoll does not know");
  let result = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const [one = 0, other = 0] = bytes.subarray(at, at + 2);
    result += String.fromCharCode(name === "UTF-16LE" ? one | (other << 8) : (one << 8) | other);
  }
  return result;
}

function orHole(make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return holeOf("string", [], error.message);
    throw error;
  }
}

const partial = { takesHoles: true } as const;

export const encodingFunctions: Readonly<Record<string, FunctionDefinition>> = {
  base64decode: define(["string"], "string", ([value]) => text(utf8(fromBase64(str(value))))),
  base64encode: define(["string"], "string", ([value]) => text(toBase64(new TextEncoder().encode(str(value))))),
  csvdecode: define(["string"], "dynamic", ([value]) => csvdecode(str(value))),
  jsondecode: define(["string"], "dynamic", ([value]) => parseJson(value ?? text("")), partial),
  jsonencode: define(["dynamic"], "string", ([value]) => jsonOf(value ?? text("")), { ...partial, takesNull: true }),
  textdecodebase64: define(["string", "string"], "string", ([value, encoding]) =>
    orHole(() => text(decoded(fromBase64(str(value)), str(encoding)))),
  ),
  textencodebase64: define(["string", "string"], "string", ([value, encoding]) =>
    orHole(() => text(toBase64(encoded(str(value), str(encoding))))),
  ),
  urlencode: define(["string"], "string", ([value]) => text(urlencode(str(value)))),
};
