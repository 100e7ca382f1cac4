import type { Verdict } from "../evaluate/evaluate.ts";
import { matchesGlob } from "../glob.ts";
import type { Override } from "../policy/override.ts";
import { type AddressPattern, parseAddressPattern, subjectMatcher } from "./address-pattern.ts";
import type { Moves } from "./moves.ts";

type Exception = Pick<Override, "severity" | "failOn" | "onUnknown" | "block">;

/** The exceptions of all verdicts. */
export interface Exceptions {
  /** What the overrides say of a verdict; of each key the last that fits counts. */
  readonly of: (verdict: Verdict) => Exception;
  /** What to tell of overrides that fitted, so far, by an address which is gone after the apply. */
  readonly moved: () => readonly string[];
}

export function exceptions(overrides: readonly Override[], moves: Moves): Exceptions {
  const matchesSubject = subjectMatcher();
  const parsed = overrides.map((override) => ({ ...override, patterns: patternsOf(override.resources) }));
  const moved = new Set<string>();
  const of = ({ policy, subject: { address, name } }: Verdict): Exception => {
    const { previousAddress } = moves.of(address);
    const fitting = parsed.filter(({ policy: ids, patterns }) => {
      if (!matchesGlob(policy.id, ids)) return false;
      const fits = (own: string | null) =>
        patterns === null || patterns.some((each) => matchesSubject(each, own, name));
      if (fits(address)) return true;
      if (previousAddress === undefined || !fits(previousAddress)) return false;
      moved.add(
        `an override of ${ids} names ${previousAddress}, which this plan moves to ${address}; name that address, for after the apply there is no other`,
      );
      return true;
    });
    return fitting.reduce<Exception>(
      (exception, { severity, failOn, onUnknown, block }) => ({
        severity: severity ?? exception.severity,
        failOn: failOn ?? exception.failOn,
        onUnknown: onUnknown ?? exception.onUnknown,
        block: block ?? exception.block,
      }),
      {},
    );
  };
  return { of, moved: () => [...moved] };
}

function patternsOf(resources: readonly string[] | undefined): AddressPattern[] | null {
  return resources === undefined ? null : resources.flatMap((text) => parseAddressPattern(text) ?? []);
}
