import { type Stats, statSync } from "node:fs";
import { codeOf } from "./error-code.ts";

/** What stands at a path, behind all links; `none` where nothing does, `unreadable` where the system does not tell. */
export type Entry =
  | { readonly is: "file" | "folder" | "other"; readonly stats: Stats }
  | { readonly is: "none" }
  | { readonly is: "unreadable"; readonly code: string };

export function entryAt(path: string): Entry {
  try {
    const stats = statSync(path);
    return { is: stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other", stats };
  } catch (error) {
    const code = codeOf(error);
    // A name below what is no folder.
    return code === "ENOENT" || code === "ENOTDIR" ? { is: "none" } : { is: "unreadable", code };
  }
}

/** Why something cannot be read, in words: `cannot be read (EACCES); check the permissions of the file`. */
export function unreadable(code: string, kind: "file" | "folder"): string {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: `; check the permissions of the ${kind}`,
    EPERM: `; check the permissions of the ${kind}`,
    ELOOP: "; its links form a cycle",
    ENAMETOOLONG: "; the name is too long",
  };
  return `cannot be read (${code})${reasons[code] ?? ""}`;
}
