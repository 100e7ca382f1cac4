import { matchesGlob } from "../glob.ts";
import type { Waiver } from "../policy/waiver.ts";
import { matchesSubject, parseAddressPattern } from "./address-pattern.ts";
import type { Finding, FindingWaiver, ReportWaiver } from "./report.ts";

/** What became of the waivers, and the one of each finding that has one. */
export interface AppliedWaivers {
  readonly waivers: readonly ReportWaiver[];
  readonly of: ReadonlyMap<Finding, FindingWaiver>;
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
  const open = findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  const byFinding = new Map<Finding, FindingWaiver>();
  const reported = waivers.map((waiver): ReportWaiver => {
    const matches = matchesOf(waiver, open);
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

function matchesOf({ policy, resources, exact, fingerprint }: Waiver, findings: readonly Finding[]): Finding[] {
  const addresses = new Set(resources);
  const patterns = exact === true ? [] : resources.flatMap((text) => parseAddressPattern(text) ?? []);
  const isNamed = ({ address, name }: Finding["subject"]) =>
    exact === true
      ? address !== null && addresses.has(address)
      : patterns.some((pattern) => matchesSubject(pattern, address, name));
  return findings.filter(
    (finding) =>
      matchesGlob(finding.policy, policy) &&
      (fingerprint === null || fingerprint === finding.fingerprint) &&
      isNamed(finding.subject),
  );
}

function stateOf({ expires, maxMatches }: Waiver, matches: number, today: string | null): ReportWaiver["state"] {
  if (expires !== null && (today === null || today > expires)) return "expired";
  if (matches === 0) return "unused";
  return matches > maxMatches ? "too-broad" : "applied";
}
