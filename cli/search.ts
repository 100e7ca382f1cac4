import { type Dirent, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { entryAt, unreadable } from "./entry.ts";
import { codeOf } from "./error-code.ts";
import { type Look, lookAt, lookByName } from "./plan-look.ts";
import { standardInput } from "./standard-input.ts";

/** What a search of a folder found. Nothing that may be a plan is left out without a word. */
export interface FoundPlans {
  /** All plans, in the order of their names. */
  readonly plans: readonly string[];
  /** Those that are not read, and so not judged, with why. */
  readonly refused: ReadonlyMap<string, string>;
  /** What else may matter to who expected a plan there: the file, and why it is left out. */
  readonly notes: readonly string[];
}

/** A file or folder with what it is to the search. */
interface Found {
  readonly name: string;
  readonly look: Look;
}

/** Folders that hold the work of others: packages, history, and what `terraform init` downloads. */
const skippedFolders = new Set(["node_modules", ".git", ".terraform"]);

/**
 * All plans below a directory, saved or as JSON. What may not be read could be one, and is in the list as well.
 * @param opensSaved whether saved plans are opened, which runs the provider programs of their folder
 */
export function searchPlans(directory: string, name: string, opensSaved: boolean): FoundPlans {
  const found = foundIn(directory, name, realPath(directory));
  const withJson = new Set(found.filter(({ look }) => look.is === "plan").map((each) => dirname(each.name)));
  const plans: string[] = [];
  const refused = new Map<string, string>();
  const notes: string[] = [];
  for (const each of found) {
    const look = each.look.is === "saved" ? lookAtSaved(each.name, opensSaved, withJson) : each.look;
    if (look.is === "note") notes.push(`${each.name}: ${look.why}`);
    else plans.push(each.name);
    if (look.is === "refused") refused.set(each.name, look.why);
  }
  return { plans, refused, notes };
}

/** Whoever proposes a change can add a saved plan, and programs that Terraform would start for it. */
function lookAtSaved(name: string, opensSaved: boolean, withJson: ReadonlySet<string>): Look {
  if (opensSaved) return { is: "plan" };
  const why = "a saved plan that was only found is not opened, as that runs the provider programs of its folder";
  return withJson.has(dirname(name))
    ? { is: "note", why: `${why}; the JSON beside it is judged` }
    : { is: "refused", why: `${why}; name it, give --open-saved, or run: terraform show -json ${name} > plan.json` };
}

/** In the order of the names; what is no plan is left out. */
function foundIn(directory: string, name: string, root: string): Found[] {
  const entries = entriesOf(directory);
  if (typeof entries === "string") return [{ name, look: { is: "refused", why: unreadable(entries, "folder") } }];
  return entries.flatMap((entry): Found[] => {
    const path = join(directory, entry.name);
    const shown = shownName(name, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : foundIn(path, shown, root);
    const look = lookAtFile(path, entry, root);
    return look.is === "no" ? [] : [{ name: shown, look }];
  });
}

function lookAtFile(path: string, entry: Dirent, root: string): Look {
  if (entry.isFile()) return lookAt(path, entry.name);
  if (entry.isSymbolicLink()) return lookAtLink(path, entry.name, root);
  return lookByName(entry.name, "neither a file nor a folder");
}

/** A link leads to what is found without it, to where no search goes, or to a file that is looked at here. */
function lookAtLink(path: string, name: string, root: string): Look {
  const target = entryAt(path);
  if (target.is === "none") return lookByName(name, "a link to a file that is not there");
  if (target.is === "unreadable") return lookByName(name, `a link that ${unreadable(target.code, "file")}`);
  if (target.is === "other") return lookByName(name, "a link to neither a file nor a folder");
  const real = realPath(path);
  const way = relative(root, real);
  const isSearched = !isOutside(way) && !way.split(sep).some((folder) => skippedFolders.has(folder));
  if (target.is === "folder")
    return isSearched
      ? { is: "no" }
      : { is: "note", why: "a link to a folder that is not searched; name it to have its plans judged" };
  const isFoundItself = isSearched && ["plan", "saved"].includes(lookAt(real, basename(real)).is);
  return isFoundItself ? { is: "note", why: `a link to ${way}, which is found itself` } : lookAt(path, name);
}

function isOutside(way: string): boolean {
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function entriesOf(directory: string): Dirent[] | string {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    return codeOf(error);
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** A file that is called as standard input is in messages is not standard input. */
function shownName(folder: string, name: string): string {
  const shown = join(folder, name);
  return shown === standardInput ? `.${sep}${shown}` : shown;
}
