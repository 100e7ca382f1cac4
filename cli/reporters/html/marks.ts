import { type Finding, type Severity, severities } from "../../../engine/index.ts";

/** What a finding is to a reader: its severity where it is a failure that nobody waived, else why it is none. */
export type Mark = Severity | "unknown" | "waived" | "pass" | "not-applicable";

/** Worst first. */
export const marks: readonly Mark[] = [...severities, "unknown", "waived", "pass", "not-applicable"];

export const markWords: Readonly<Record<Mark, string>> = {
  critical: "critical",
  high: "high",
  medium: "medium",
  low: "low",
  unknown: "unknown",
  waived: "waived",
  pass: "pass",
  "not-applicable": "not applicable",
};

export function markOf({ verdict, severity, waiver }: Finding): Mark {
  if (waiver !== null && (verdict === "fail" || verdict === "unknown")) return "waived";
  return verdict === "fail" ? severity : verdict;
}

/** How many findings there are of each mark, worst first; marks without any are left out. */
export function countMarks(findings: readonly Finding[]): readonly { readonly mark: Mark; readonly count: number }[] {
  const counts = new Map<Mark, number>();
  for (const finding of findings) counts.set(markOf(finding), (counts.get(markOf(finding)) ?? 0) + 1);
  return marks.flatMap((mark) => {
    const count = counts.get(mark);
    return count === undefined ? [] : [{ mark, count }];
  });
}

/** `12 findings: 3 critical, 9 high`. */
export function describeFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return "no findings";
  const parts = countMarks(findings).map(({ mark, count }) => `${count} ${markWords[mark]}`);
  return `${findings.length} ${findings.length === 1 ? "finding" : "findings"}: ${parts.join(", ")}`;
}
