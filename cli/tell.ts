import type { Io } from "./io.ts";
import { plain } from "./reporters/terminal-text.ts";

/** Says something on standard error, a line each. Whatever names stand in it, nothing of it is obeyed. */
export function tell(io: Pick<Io, "error">, ...lines: readonly string[]): void {
  io.error(lines.map((line) => `plimsoll: ${plain(line)}\n`).join(""));
}
