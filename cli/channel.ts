import { fstatSync, type Stats, writeSync } from "node:fs";
import type { WriteStream } from "node:tty";
import { chunks } from "./chunks.ts";
import { codeOf } from "./error-code.ts";

/** Standard output, or standard error. */
export interface Channel {
  readonly write: (text: string) => void;
  /** Writes a long text, no faster than it is taken. */
  readonly print: (pieces: Iterable<string>) => Promise<void>;
  /** Null where it is no terminal. */
  readonly terminal: WriteStream | null;
  /** Whether the system has taken all that was written. */
  readonly isTaken: () => boolean;
}

/**
 * What is a file or a pipe is written to by calls of the system: making Node's stream takes a tenth of a small check.
 * @param streamOf the stream, which is made where it is needed
 * @param onBroken is told of what cannot be written
 */
export function channel(fd: 1 | 2, streamOf: () => WriteStream, onBroken: (code: string) => void): Channel {
  let stream: WriteStream | null = null;
  const opened = () => {
    if (stream !== null) return stream;
    stream = streamOf();
    stream.on("error", (error) => onBroken(codeOf(error)));
    return stream;
  };
  const { isTTY } = isPlain(fd) ? { isTTY: false } : opened();
  let isGone = false;
  /** @returns whether more can be taken at once */
  const write = (text: string): boolean => {
    if (isGone || text === "") return true;
    if (stream !== null) return stream.write(text);
    try {
      const rest = writeNow(fd, Buffer.from(text));
      // Somebody who shares the pipe has made it one that does not wait.
      return rest.length === 0 || opened().write(rest);
    } catch (error) {
      isGone = true;
      onBroken(codeOf(error));
      return true;
    }
  };
  return {
    write,
    print: async (pieces) => {
      for (const chunk of chunks(pieces)) {
        // Its reader has gone.
        if (isGone || stream?.destroyed === true) return;
        if (!write(chunk)) await drained(opened());
      }
    },
    terminal: isTTY ? opened() : null,
    isTaken: () => stream === null,
  };
}

/** @returns what the system does not take at once */
function writeNow(fd: number, bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch (error) {
    if (codeOf(error) !== "EAGAIN") throw error;
  }
  return rest;
}

/** Takes its listeners away again: a long report waits many times, and Node warns of more than ten. */
function drained(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done).off("close", done);
      resolve();
    };
    stream.on("drain", done).on("close", done);
  });
}

/** What is no terminal and waits for who reads it. */
function isPlain(fd: number): boolean {
  if (process.platform === "win32") return false;
  try {
    const stats = fstatSync(fd);
    return stats.isFile() || stats.isFIFO() || isMemoryDevice(stats);
  } catch {
    return false;
  }
}

/** `/dev/null` and its like. Source: Linux, "Linux allocated devices", major number 1. */
function isMemoryDevice(stats: Stats): boolean {
  return process.platform === "linux" && stats.isCharacterDevice() && stats.rdev >> 8 === 1;
}
