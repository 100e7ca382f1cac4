import { readSync } from "node:fs";

const pieceSize = 64 * 1024;

/** Of gzip, Zstandard, XZ, bzip2 and ZIP. */
const compressed = ["1f8b", "28b52ffd", "fd377a585a", "425a68", "504b"];

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** What a file begins as. A saved plan is a ZIP file with a member of the name tfplan. */
export function openingOf(file: number): "saved plan" | "compressed" | "text" {
  const start = read(file, 0);
  if (isZip(start) && start.includes("tfplan")) return "saved plan";
  const hex = start.toString("hex", 0, 8);
  return compressed.some((magic) => hex.startsWith(magic)) ? "compressed" : "text";
}

function read(file: number, position: number): Buffer {
  const buffer = Buffer.allocUnsafe(pieceSize);
  return buffer.subarray(0, readSync(file, buffer, 0, pieceSize, position));
}

/** A file's text, piece by piece, in the encodings in which a plan is read; of UTF-8 each byte is a character. */
export function* piecesOf(file: number): Generator<string> {
  let position = 0;
  let decode: (bytes: Buffer) => string = (bytes) => bytes.toString("latin1");
  for (let bytes = read(file, 0); bytes.length > 0; bytes = read(file, position)) {
    if (position === 0) {
      const encoding = utf16(bytes);
      const decoder = encoding === null ? null : new TextDecoder(encoding);
      if (decoder !== null) decode = (part) => decoder.decode(part, { stream: true });
    }
    const text = decode(bytes);
    yield position === 0 ? text.replace(/^\u00EF\u00BB\u00BF/, "") : text;
    position += bytes.length;
  }
}

/** With a byte order mark or without: JSON begins with an ASCII character, so that one of its bytes is zero. */
function utf16([first, second]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? "utf-16be" : null;
}

const wrapper = /^(?:(?:\[command\]|::)[^\n]*\n|\s)*/;
const openWrapper = /^(?:\[command\]|::)[^\n]*$/;

/** The pieces behind the lines that CI wrappers print before the JSON. */
export function* withoutWrapper(pieces: Iterable<string>): Generator<string> {
  let start: string | null = "";
  for (const piece of pieces) {
    if (start === null) {
      yield piece;
      continue;
    }
    const rest: string = (start + piece).replace(wrapper, "");
    if (openWrapper.test(rest)) start = rest;
    else if (rest !== "") {
      start = null;
      yield rest;
    } else start = "";
  }
}
