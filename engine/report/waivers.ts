import { matchesGlob } from "../glob.ts";
import { groupBy } from "../group-by.ts";
import type { Waiver } from "../policy/waiver.ts";
import { parseAddressPattern, subjectMatcher } from "./address-pattern.ts";
import type { Finding, FindingWaiver, ReportWaiver } from "./report.ts";

/** What became of the waivers, and the one of each finding that has one. */
export interface AppliedWaivers {
  readonly waivers: readonly ReportWaiver[];
  readonly of: ReadonlyMap<Finding, FindingWaiver>;
}

/** How many failed and undecided findings each waiver would waive if it counted. */
export function countMatches(waivers: readonly Waiver[], findings: readonly Finding[]): number[] {
  if (waivers.length === 0) return [];
  const matching = matcher(findings);
  return waivers.map((waiver) => matching(waiver).length);
}

/**
 * Matches waivers with failed and undecided findings.
 * @param today the day of the run, `2026-11-24`; null where it is not told, so that waivers with an end do not apply
 */
export function applyWaivers(
  waivers: readonly Waiver[],
  findings: readonly Finding[],
  today: string | null,
): AppliedWaivers {
  if (waivers.length === 0) return { waivers: [], of: new Map() };
  const matching = matcher(findings);
  const byFinding = new Map<Finding, FindingWaiver>();
  const reported = waivers.map((waiver): ReportWaiver => {
    const matches = matching(waiver);
    const state = stateOf(waiver, matches.length, today);
    const { reason, owner, expires, from } = waiver;
    if (state === "applied") {
      for (const finding of matches)
        if (!byFinding.has(finding)) byFinding.set(finding, { reason, owner, expires, from });
    }
    return {
      policy: waiver.policy,
      resources: waiver.resources,
      reason,
      owner,
      expires,
      from,
      state,
      matches: matches.length,
    };
  });
  return { waivers: reported, of: byFinding };
}

/**
 * The findings that a waiver matches. They are looked up by what the waiver names exactly: a source may hold one at every
 * block, and `--write-waivers` writes one for every failure.
 */
function matcher(findings: readonly Finding[]): (waiver: Waiver) => Finding[] {
  const open = findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  const byAddress = groupBy(open, ({ subject }) => subject.address);
  const byFingerprint = groupBy(open, (finding) => finding.fingerprint);
  const byPolicy = groupBy(open, (finding) => finding.policy);
  const matchesSubject = subjectMatcher();
  const ofPolicies = (policy: string) => [...byPolicy].flatMap(([id, own]) => (matchesGlob(id, policy) ? own : []));
  return ({ policy, resources, exact, fingerprint }) => {
    const fits = (finding: Finding) =>
      matchesGlob(finding.policy, policy) && (fingerprint === null || fingerprint === finding.fingerprint);
    if (exact === true)
      return [...new Set(resources)].flatMap((address) => (byAddress.get(address) ?? []).filter(fits));
    const patterns = resources.flatMap((text) => parseAddressPattern(text) ?? []);
    const candidates = fingerprint === null ? ofPolicies(policy) : (byFingerprint.get(fingerprint) ?? []);
    return candidates.filter(
      (finding) =>
        fits(finding) &&
        patterns.some((pattern) => matchesSubject(pattern, finding.subject.address, finding.subject.name)),
    );
  };
}

function stateOf({ expires, maxMatches }: Waiver, matches: number, today: string | null): ReportWaiver["state"] {
  if (expires !== null && (today === null || today > expires)) return "expired";
  if (matches === 0) return "unused";
  return matches > maxMatches ? "too-broad" : "applied";
}
