import { readFileSync, realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { entryAt } from "../entry.ts";

/** Reads the files of a folder and of those beside it that its modules name; no link leads elsewhere. */
export interface ContainedFiles {
  /** The place of a file or folder without links; null where there is none, and where a link leads out of the folder. */
  readonly placeOf: (path: string) => string | null;
  /** Null where there is no such file of this length at most with text in UTF-8. */
  readonly textOf: (path: string, longest: number) => string | null;
}

/** @param root an absolute path; the paths of files count from there */
export function containedFiles(root: string): ContainedFiles {
  const realRoot = realpathSync(root);
  const placeOf = (path: string): string | null => {
    try {
      const named = resolve(realRoot, path);
      const real = realpathSync(named);
      return real === named || real.startsWith(`${realRoot}${sep}`) ? real : null;
    } catch {
      return null;
    }
  };
  return {
    placeOf,
    textOf: (path, longest) => {
      const place = placeOf(path);
      return place === null ? null : textAt(place, longest);
    },
  };
}

function textAt(path: string, longest: number): string | null {
  try {
    const found = entryAt(path);
    if (found.is !== "file" || found.stats.size > longest) return null;
    // What marks the order of bytes is a part of the text that `file` tells.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return null;
  }
}
