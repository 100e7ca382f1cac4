import * as z from "zod";
import { saysSomething } from "../../engine/index.ts";
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
  if (!saysSomething(reason)) return `a waiver needs a reason behind a colon: ${form}`;
  const [ids = "", ...clauses] = text
    .slice(word.length, colon)
    .trim()
    .split(/\s+(?=until\b|owner\b)/);
  const policies = ids.split(",").map((id) => id.trim());
  const expires = clauseOf("until", clauses);
  const owner = clauseOf("owner", clauses);
  const isUnderstood = clauses.length === [expires, owner].filter((value) => value !== null).length;
  if (!isUnderstood || !policies.every((id) => policyId.test(id)))
    return `a waiver names the policies that it waives, parted by commas, then perhaps until and owner: ${form}`;
  if (expires !== null && !z.iso.date().safeParse(expires).success)
    return `until takes the last day of a waiver as year-month-day: ${form}`;
  return { policies, expires, owner, reason };
}

/** What stands behind a word; null where it stands not once, or alone. */
function clauseOf(clause: string, clauses: readonly string[]): string | null {
  const [value, ...others] = clauses
    .filter((each) => each.startsWith(clause))
    .map((each) => each.slice(clause.length).trim());
  return value === undefined || value === "" || others.length > 0 ? null : value;
}
