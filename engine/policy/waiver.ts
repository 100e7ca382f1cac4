/** More findings than this make a waiver too broad that does not say how many it may match. */
export const usualMatches = 20;
/** A waiver for more findings than this is none that anybody has looked at. */
export const mostMatches = 1000;

/** A failure that a team has decided to live with for a time. It stays in the report, marked and counted. */
export interface Waiver {
  /** Id of the policy, or a glob of ids. */
  readonly policy: string;
  /** Addresses, `address#name` for a part of a resource, or globs of them. */
  readonly resources: readonly string[];
  /** Whether `resources` are neither globs nor parts: each is an address, compared as it stands, for the resource with all its parts. */
  readonly exact?: boolean;
  /** Binds it to what was found: a finding with another fingerprint is not waived. */
  readonly fingerprint: string | null;
  readonly reason: string;
  readonly owner: string | null;
  /** The last day on which it applies, `2027-03-31`; null where it has no end. */
  readonly expires: string | null;
  /** More findings than this make it too broad, so that it waives nothing. */
  readonly maxMatches: number;
  /** Where it is written, `plimsoll.yaml:12` or `ecs.tf:40`. */
  readonly from: string;
}
