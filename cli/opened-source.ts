import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Io } from "./io.ts";
import { compileWebAssemblyOnce } from "./optimizer.ts";
import { configurationName } from "./source/file-names.ts";
import type { OpenedSource } from "./source/open.ts";

/** The Terraform source that the user named, or that stands in the working directory. */
export async function openedSource(
  named: string | undefined,
  waiversFrom: "config" | "all",
  io: Io,
): Promise<OpenedSource | null> {
  const folder = named ?? (holdsConfiguration(io.cwd) ? "." : null);
  if (folder === null) return null;
  compileWebAssemblyOnce();
  // Loaded on demand, as it costs start-up time.
  const { openSource } = await import("./source/open.ts");
  return openSource(resolve(io.cwd, folder), folder, waiversFrom);
}

function holdsConfiguration(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => configurationName(name) !== null);
  } catch {
    // A folder that may not be listed has no source that could be read.
    return false;
  }
}
