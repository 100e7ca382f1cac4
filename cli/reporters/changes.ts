import type { Finding, Report } from "../../engine/index.ts";
import { counted } from "./findings.ts";

/** What a change does to a finding, in the order in which people ask for it. */
export const changeWords = {
  introduced: "introduced",
  worse: "made worse",
  undetermined: "undetermined",
  existing: "existing",
  fixed: "fixed",
} as const satisfies Record<NonNullable<Finding["change"]>, string>;

export const changeOrder = ["introduced", "worse", "undetermined", "existing"] as const;

/** What the plan introduces, then what it fixes, then what stood before; nothing where nothing stood before. */
export function changeSentences({ changes }: Report): string[] {
  if (changes === undefined) return [];
  const { introduced, worse, undetermined, existing, fixed } = changes;
  return [
    `This plan introduces ${findings(introduced)}.`,
    ...sentence(worse, (count) => `It makes ${count} worse.`),
    ...sentence(undetermined, (count) => `Of ${count} it does not show what was before.`),
    ...sentence(fixed, (count) => `It fixes ${count}.`),
    `${findings(existing)} stood before it.`.replace(/^no/, "No"),
  ];
}

type Count = NonNullable<Report["changes"]>["fixed"];

function sentence(count: Count, words: (count: string) => string): string[] {
  return count.fail + count.unknown === 0 ? [] : [words(findings(count))];
}

function findings({ fail, unknown }: Count): string {
  const total = fail + unknown;
  if (total === 0) return "no findings";
  const remark = unknown === 0 ? "" : unknown === total ? ", unknown" : `, ${unknown} of them unknown`;
  return `${counted(total, "finding")}${remark}`;
}
