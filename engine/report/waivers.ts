import { matchesGlob } from "../glob.ts";
import { groupBy } from "../group-by.ts";
import type { Waiver } from "../policy/waiver.ts";
import {
  type AddressPattern,
  configurationAddressOf,
  parseAddressPattern,
  planAddress,
  subjectMatcher,
} from "./address-pattern.ts";
import { sharedFingerprint } from "./cause.ts";
import { withoutInstances } from "./instance-keys.ts";
import type { Finding, FindingWaiver, ReportWaiver } from "./report.ts";

/** What became of the waivers, and the one of each finding that has one. */
export interface AppliedWaivers {
  readonly waivers: readonly ReportWaiver[];
  readonly of: ReadonlyMap<Finding, FindingWaiver>;
  /** What to tell of waivers that hold by an address which is gone after the apply. */
  readonly moved: readonly string[];
}

/** The failed and undecided findings that each waiver would waive if it counted. */
export function matchesOf(waivers: readonly Waiver[], findings: readonly Finding[]): Finding[][] {
  if (waivers.length === 0) return [];
  const matching = matcher(findings, waivers);
  return waivers.map((waiver) => matching.matches(waiver));
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
  if (waivers.length === 0) return { waivers: [], of: new Map(), moved: [] };
  const matching = matcher(findings, waivers);
  const byFinding = new Map<Finding, FindingWaiver>();
  const moved = new Set<string>();
  const reported = waivers.map((waiver): ReportWaiver => {
    const matches = matching.matches(waiver);
    const state = stateOf(waiver, matches.length, today);
    const { reason, owner, expires, from } = waiver;
    if (state === "applied") {
      for (const { subject } of matches.filter((finding) => matching.isByPrevious(waiver, finding))) {
        const { previousAddress = "", address } = subject;
        moved.add(
          `${from}: waives ${waiver.policy} at ${previousAddress}, which this plan moves to ${address}; name that address, for after the apply there is no other`,
        );
      }
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
  return { waivers: reported, of: byFinding, moved: [...moved] };
}

/** Which findings waivers match. */
interface Matcher {
  readonly matches: (waiver: Waiver) => Finding[];
  /** Whether a finding that matches does so by the address before the plan alone. */
  readonly isByPrevious: (waiver: Waiver, finding: Finding) => boolean;
}

/**
 * They are looked up by what the waiver names exactly: a source may hold one at every block, and `--write-waivers` writes one
 * for every failure.
 */
function matcher(findings: readonly Finding[], waivers: readonly Waiver[]): Matcher {
  const open = findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  const byAddress = groupBy(open, ({ subject }) => subject.address);
  const areBound = waivers.some(({ fingerprint }) => fingerprint !== null);
  const byFingerprint = groupBy(
    areBound ? open.flatMap((finding) => fingerprintsOf(finding).map((own) => ({ own, finding }))) : [],
    ({ own }) => own,
  );
  const byConfiguration = groupBy(
    open.flatMap((finding) => configurationAddresses(finding).map((own) => ({ own, finding }))),
    ({ own }) => own,
  );
  const byPolicy = groupBy(open, (finding) => finding.policy);
  const matchesSubject = subjectMatcher();
  const ofPolicies = (policy: string) => [...byPolicy].flatMap(([id, own]) => (matchesGlob(id, policy) ? own : []));
  const parsed = new Map<Waiver, readonly AddressPattern[]>();
  const patternsOf = (waiver: Waiver) => {
    const patterns = parsed.get(waiver) ?? waiver.resources.flatMap((text) => parseAddressPattern(text) ?? []);
    parsed.set(waiver, patterns);
    return patterns;
  };
  const namedBy = (waiver: Waiver): readonly Finding[] => {
    const addresses = patternsOf(waiver).map(configurationAddressOf);
    if (addresses.includes(null)) return ofPolicies(waiver.policy);
    const found = addresses.flatMap((address) => byConfiguration.get(address ?? "") ?? []);
    return [...new Set(found.map(({ finding }) => finding))];
  };
  const fitsAddress = (waiver: Waiver, address: string | null, name: string | null) =>
    patternsOf(waiver).some((pattern) => matchesSubject(pattern, address, name));
  const isByPrevious: Matcher["isByPrevious"] = (waiver, { subject: { address, previousAddress, name } }) =>
    waiver.exact !== true &&
    previousAddress !== undefined &&
    !fitsAddress(waiver, address, name) &&
    fitsAddress(waiver, previousAddress, name);
  return {
    isByPrevious,
    matches(waiver) {
      const { policy, resources, exact, fingerprint } = waiver;
      const fits = (finding: Finding) =>
        matchesGlob(finding.policy, policy) && (fingerprint === null || fingerprintsOf(finding).includes(fingerprint));
      if (exact === true)
        return [...new Set(resources)].flatMap((address) => (byAddress.get(address) ?? []).filter(fits));
      const candidates =
        fingerprint === null ? namedBy(waiver) : (byFingerprint.get(fingerprint) ?? []).map(({ finding }) => finding);
      return candidates.filter(
        (finding) =>
          fits(finding) &&
          (fitsAddress(waiver, finding.subject.address, finding.subject.name) || isByPrevious(waiver, finding)),
      );
    },
  };
}

/** The one before a move, and that after it: the waiver may be of either, and of this instance or of all. */
function fingerprintsOf(finding: Finding): string[] {
  const { fingerprint, nextFingerprint = fingerprint, subject } = finding;
  const shared = addressesOf(subject).map((address) => sharedFingerprint(finding, address));
  return [...new Set([fingerprint, nextFingerprint, ...shared])];
}

function configurationAddresses({ subject }: Finding): string[] {
  return [...new Set(addressesOf(subject).map((address) => withoutInstances(address ?? planAddress)))];
}

/** The one after the plan, and that before it. */
function addressesOf({ address, previousAddress }: Finding["subject"]): (string | null)[] {
  return previousAddress === undefined ? [address] : [address, previousAddress];
}

function stateOf({ expires, maxMatches }: Waiver, matches: number, today: string | null): ReportWaiver["state"] {
  if (expires !== null && (today === null || today > expires)) return "expired";
  if (matches === 0) return "unused";
  return matches > maxMatches ? "too-broad" : "applied";
}
