import type { TeamFile } from "../config/team.ts";
import { UsageError } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { refuseLink, replaceFile } from "../replace-file.ts";
import { counted } from "../reporters/findings.ts";
import { plain } from "../reporters/terminal-text.ts";
import { tell } from "../tell.ts";
import type { ListedWaiver } from "./listed.ts";
import { type ListFormat, lists } from "./lists.ts";

/** A waiver that may be changed, and where it stands; null where that is a comment of the source. */
interface Candidate {
  readonly waiver: ListedWaiver;
  readonly place: { readonly file: TeamFile; readonly at: number } | null;
}

interface Wanted {
  readonly prune: boolean;
  readonly renew: string | undefined;
  readonly select: readonly string[];
  readonly format: ListFormat;
}

/** A waiver that is changed in its file. */
interface Change {
  readonly waiver: ListedWaiver;
  readonly file: TeamFile;
  readonly at: number;
  /** The new last day; null where it is removed. */
  readonly day: string | null;
}

/** Removes and renews waivers in their files, and prints what was done. */
export async function changeWaivers(candidates: readonly Candidate[], wanted: Wanted, io: Io): Promise<void> {
  const changes: Change[] = [];
  for (const { waiver, place } of candidates) {
    const day = changeOf(waiver, wanted);
    if (day === undefined) continue;
    if (place === null)
      tell(io, `${waiver.from}: ${waiver.policy} is waived by a comment of the source; change it there`);
    else if (place.file.isPackage) tell(io, `${waiver.from}: ${waiver.policy} is waived by a package; change it there`);
    else changes.push({ waiver, ...place, day });
  }
  const texts = await newTexts(changes);
  for (const [file, text] of texts) replaceFile(file.path, file.shown, text);
  io.out(said(changes, wanted.format));
}

/**
 * The new last day; null for one that is to be removed, undefined for one that stays as it is. One that ends later than that
 * day is not cut short. Of the expired ones those are renewed that are still of use, where both is wanted.
 */
function changeOf(waiver: ListedWaiver, { prune, renew, select }: Wanted): string | null | undefined {
  const { state, matches, expires } = waiver;
  const isOfNoUse = state === "unused" || (state === "expired" && (renew === undefined || matches === 0));
  if (prune && isOfNoUse) return null;
  const isMeant = state === "expired" || (select.length > 0 && !prune);
  return renew !== undefined && isMeant && expires !== null && expires < renew ? renew : undefined;
}

/** All of them before one is written, so that a file that cannot be changed leaves the others as they are. */
async function newTexts(changes: readonly Change[]): Promise<ReadonlyMap<TeamFile, string>> {
  const { editWaivers } = await import("./edit.ts");
  const texts = new Map<TeamFile, string>();
  for (const file of new Set(changes.map((change) => change.file))) {
    refuseLink(file.path, file.shown);
    const own = changes.filter((change) => change.file === file);
    const removed = new Set(own.flatMap(({ at, day }) => (day === null ? [at] : [])));
    const renewed = new Map(own.flatMap(({ at, day }) => (day === null ? [] : [[at, day] as const])));
    const text = editWaivers(file.text, { removed, renewed });
    if (text === null)
      throw new UsageError(
        `${file.shown}: cannot be changed without changing more, as anchors and aliases stand in it; change it by hand: ${own.map(({ waiver }) => waiver.from).join(", ")}`,
      );
    texts.set(file, text);
  }
  return texts;
}

function said(changes: readonly Change[], format: ListFormat): string {
  const rows = changes.map(({ waiver, day }) => ({
    ...waiver,
    change: day === null ? "removed" : `renewed until ${day}`,
  }));
  if (format === "json") return lists.json(rows);
  if (rows.length === 0) return "No waiver is to be removed or renewed.\n";
  const removed = changes.filter(({ day }) => day === null).length;
  const parts = [
    ...(removed === 0 ? [] : [`${counted(removed, "waiver")} removed`]),
    ...(removed === changes.length ? [] : [`${counted(changes.length - removed, "waiver")} renewed`]),
  ];
  const files = [...new Set(changes.map(({ file }) => plain(file.shown)))].join(", ");
  return `${lists[format](rows)}\n${parts.join(", ")} in ${files}.\n`;
}
