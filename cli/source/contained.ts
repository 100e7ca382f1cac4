import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { entryAt } from "../entry.ts";

/** Reads the files of a folder and of those beside it that its modules name; no link leads elsewhere. */
export interface ContainedFiles {
  /** The place of a file or folder without links; null where there is none, and where a link leads out of the folder. */
  readonly placeOf: (path: string) => string | null;
  /** Null where there is no such file of this length at most with text in UTF-8. */
  readonly textOf: (path: string, longest: number) => string | null;
  /** The paths of all files in a folder and below, from that folder; null where not all can be told. */
  readonly filesIn: (path: string) => readonly string[] | null;
}

/** More files are none that a configuration names one by one. */
const mostFiles = 10_000;

/** Null where there is a link, for what stands behind it is not looked at. */
function filesBelow(folder: string): readonly string[] | null {
  try {
    const found: string[] = [];
    const open = [""];
    for (let below = open.pop(); below !== undefined; below = open.pop()) {
      for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
        const path = below === "" ? entry.name : `${below}/${entry.name}`;
        if (entry.isSymbolicLink() || found.length + open.length > mostFiles) return null;
        if (entry.isDirectory()) open.push(path);
        else if (entry.isFile()) found.push(path);
      }
    }
    return found.sort();
  } catch {
    return null;
  }
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
    filesIn: (path) => {
      const place = placeOf(path);
      // Where Terraform runs, plans and their like come and go.
      return place === null || place === realRoot ? null : filesBelow(place);
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
