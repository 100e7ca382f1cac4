import { chmodSync, lstatSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { codeOf } from "./error-code.ts";
import { OutputError, UsageError } from "./exit-codes.ts";

/** Whether whoever made the folder's content decides what is written to. The system's own links, `/dev/stdout`, are not meant. */
export function isLink(path: string): boolean {
  if (path.startsWith("/dev/")) return false;
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** @throws UsageError */
export function refuseLink(path: string, shown: string): void {
  if (isLink(path)) throw new UsageError(`${shown}: is a link; name the file that it leads to`);
}

/**
 * Gives a file another content, all at once: whoever reads it meanwhile sees the old one or the new one.
 * @throws OutputError
 */
export function replaceFile(path: string, shown: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    chmodSync(temporary, statSync(path).mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new OutputError(`${shown}: cannot be written (${codeOf(error)})`);
  }
}
