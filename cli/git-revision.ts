import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ReportRun } from "../engine/index.ts";
import { checkoutOf } from "./config/checkout.ts";
import { entryAt } from "./entry.ts";

type Revision = NonNullable<ReportRun["revision"]>;

const mostBytes = 16 * 1024 * 1024;

/**
 * What git says of a folder: the commit that is checked out. Read from git's own files, so that no program is run that a
 * folder's configuration could name. Null where there is no git, or where it does not tell.
 */
export function gitRevision(folder: string): Revision | null {
  const own = gitFolder(checkoutOf(folder));
  if (own === null) return null;
  const common = commonFolder(own);
  const head = text(join(own, "HEAD"))?.trim() ?? "";
  const [, ref] = /^ref: (refs\/\S+)$/.exec(head) ?? [];
  const commit = ref === undefined ? head : commitOf(ref, own, common);
  if (commit === null || !isCommit(commit)) return null;
  const [, branch = null] = /^refs\/heads\/(.+)$/.exec(ref ?? "") ?? [];
  return { commit, branch, repository: repositoryOf(text(join(common, "config")) ?? "") };
}

/** Of a worktree or a submodule `.git` is a file that names the folder. */
function gitFolder(checkout: string): string | null {
  const path = join(checkout, ".git");
  const { is } = entryAt(path);
  if (is === "folder") return path;
  const [, folder] = /^gitdir: (.+)$/m.exec((is === "file" ? text(path) : null) ?? "") ?? [];
  return folder === undefined ? null : resolve(checkout, folder);
}

/** Worktrees share the references and the configuration of the first one. */
function commonFolder(own: string): string {
  const shared = text(join(own, "commondir"))?.trim();
  return shared === undefined || shared === "" ? own : resolve(own, shared);
}

function commitOf(ref: string, own: string, common: string): string | null {
  // Names of references have no such parts; a path could lead anywhere with them.
  if (ref.split("/").some((part) => part === "" || part === "." || part === "..")) return null;
  for (const folder of [own, common]) {
    const commit = text(join(folder, ref))?.trim();
    if (commit !== undefined) return commit;
  }
  const packed = text(join(common, "packed-refs")) ?? "";
  const end = packed.indexOf(` ${ref}\n`);
  return end === -1 ? null : packed.slice(packed.lastIndexOf("\n", end) + 1, end);
}

function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** The address of the remote `origin`, without what lets somebody in; null for a folder of this machine. */
function repositoryOf(config: string): string | null {
  const [, section = ""] = /^\s*\[remote "origin"\]([^[]*)/m.exec(config) ?? [];
  const [, written = ""] = /^\s*url\s*=\s*"?([^\s"]+)"?\s*$/m.exec(section) ?? [];
  // `git@github.com:shop/infra.git` is short for an address of SSH.
  const short = /^(?:[\w.-]+@)?([\w.-]{2,}):(?!\/\/)\/?(.+)$/.exec(written);
  const address = short === null ? written : `ssh://${short[1]}/${short[2]}`;
  if (!/^(?:https?|ssh|git):\/\//.test(address) || !URL.canParse(address)) return null;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** A file as far as it is one of ordinary size; null where there is none. */
function text(path: string): string | null {
  try {
    const entry = entryAt(path);
    return entry.is === "file" && entry.stats.size <= mostBytes ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}
