import { groupBy } from "../group-by.ts";
import { largest } from "../lists.ts";
import { mostMatches, usualMatches, type Waiver } from "../policy/waiver.ts";
import { causeOf, sharedFingerprint } from "./cause.ts";
import type { Finding } from "./report.ts";
import { matchesOf } from "./waivers.ts";

/** A waiver as it is written into a configuration, without who decided and until when. */
export type WrittenWaiver = Pick<Waiver, "policy" | "resources" | "fingerprint"> & {
  /** Null where the usual number will do. */
  readonly maxMatches: number | null;
  /** The failures that it is written for; at least one. */
  readonly findings: readonly Finding[];
};

/** The findings of each plan. */
type Plans = readonly (readonly Finding[])[];

/** One waiver for each failure that is not waived, bound to what was found there. Plans that share modules fail alike. */
export function waiversByInstance(plans: Plans): WrittenWaiver[] {
  return [...new Map(failures(plans).map((finding) => [finding.fingerprint, finding])).values()].map(forInstance);
}

/**
 * One waiver for each cause of failures that are not waived. It names the parts that fail, without the keys of their
 * instances: a further instance is waived too. Where all instances fail alike it is bound to what was found, so that one
 * that gets worse is a finding again.
 *
 * A cause that no waiver fits, as it would waive other findings too or more than any waiver may, is waived by instance.
 */
export function waiversByCause(plans: Plans): WrittenWaiver[] {
  const causes = [...groupBy(failures(plans), ({ cause }) => cause).values()];
  const written = causes.map(forCause);
  const asRead = written.map(
    (waiver): Waiver => ({ ...waiver, reason: "", owner: null, expires: null, maxMatches: mostMatches, from: "" }),
  );
  const matched = plans.map((findings) => matchesOf(asRead, findings));
  return written.flatMap((waiver, at) => {
    const own = causes[at] ?? [];
    const matches = matched.map((ofPlan) => ofPlan[at] ?? []);
    const most = largest(matches.map(({ length }) => length));
    const isExact = matches.flat().every((finding) => finding.waiver !== null || finding.cause === own[0]?.cause);
    return isExact && most <= mostMatches ? [{ ...waiver, maxMatches: roomFor(most) }] : waiversByInstance([own]);
  });
}

function failures(plans: Plans): Finding[] {
  return plans.flat().filter(({ verdict, waiver }) => verdict === "fail" && waiver === null);
}

/** Of what the plan moves the waiver is for the time after the apply. */
function forInstance(finding: Finding): WrittenWaiver {
  const { policy, subject, fingerprint, nextFingerprint } = finding;
  const resource = `${subject.address ?? "plan"}${subject.name ? `#${subject.name}` : ""}`;
  return {
    policy,
    resources: [resource],
    fingerprint: nextFingerprint ?? fingerprint,
    maxMatches: null,
    findings: [finding],
  };
}

function forCause(findings: readonly Finding[]): WrittenWaiver {
  const resources = [...new Set(findings.map((finding) => causeOf(finding).resource))];
  const [fingerprint = null, ...others] = new Set(
    findings.map((finding) => sharedFingerprint(finding, finding.subject.address)),
  );
  return {
    policy: findings[0]?.policy ?? "",
    resources,
    fingerprint: others.length === 0 ? fingerprint : null,
    maxMatches: null,
    findings,
  };
}

/** Twice as many as today, as further instances are to be waived too. */
function roomFor(matches: number): number | null {
  return 2 * matches <= usualMatches ? null : Math.min(2 * matches, mostMatches);
}
