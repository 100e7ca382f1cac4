import * as z from "zod";
import { directiveStart } from "./configuration.ts";

/** What a comment waives. */
export interface WaiverText {
  readonly policies: readonly string[];
  readonly expires: string | null;
  readonly owner: string | null;
  readonly reason: string;
}

const form = "# plimsoll:waive ECS-004 until 2027-03-31 owner platform-team: the reason";
const word = `${directiveStart}waive`;
const heads = /^(?<policies>\S+(?:\s*,\s*\S+)*)(?:\s+until\s+(?<expires>\S+))?(?:\s+owner\s+(?<owner>\S.*))?$/;
const policyId = /^[A-Z][A-Z0-9]*-[A-Z0-9-]*[0-9]$/;

/**
 * Reads a comment that begins with `plimsoll:`.
 * @returns the waiver, or what is wrong as a sentence, which quotes nothing of the comment
 */
export function readWaiver(text: string): WaiverText | string {
  if (!text.startsWith(word) || !/^\s/.test(text.slice(word.length)))
    return `plimsoll does not know what this comment wants; a waiver reads: ${form}`;
  const colon = text.indexOf(":", word.length);
  const reason = colon === -1 ? "" : text.slice(colon + 1).trim();
  if (reason === "") return `a waiver needs a reason behind a colon: ${form}`;
  const { policies, expires, owner } = heads.exec(text.slice(word.length, colon).trim())?.groups ?? {};
  const ids = policies?.split(",").map((id) => id.trim()) ?? [];
  if (ids.length === 0 || !ids.every((id) => policyId.test(id)))
    return `a waiver names the policies that it waives, parted by commas, then perhaps until and owner: ${form}`;
  if (expires !== undefined && !z.iso.date().safeParse(expires).success)
    return `until takes the last day of a waiver as year-month-day: ${form}`;
  return { policies: ids, expires: expires ?? null, owner: owner ?? null, reason };
}
