import type { Verdict } from "../evaluate/evaluate.ts";
import { matchesGlob } from "../glob.ts";
import type { Override } from "../policy/override.ts";
import { type AddressPattern, parseAddressPattern, subjectMatcher } from "./address-pattern.ts";

type Exception = Pick<Override, "severity" | "failOn" | "onUnknown" | "block">;

/** What the overrides say of a verdict; of each key the last that fits counts. */
export function exceptions(overrides: readonly Override[]): (verdict: Verdict) => Exception {
  const matchesSubject = subjectMatcher();
  const parsed = overrides.map((override) => ({ ...override, patterns: patternsOf(override.resources) }));
  return ({ policy, subject: { address, name } }) => {
    const fitting = parsed.filter(
      (override) =>
        matchesGlob(policy.id, override.policy) &&
        (override.patterns === null || override.patterns.some((pattern) => matchesSubject(pattern, address, name))),
    );
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
}

function patternsOf(resources: readonly string[] | undefined): AddressPattern[] | null {
  return resources === undefined ? null : resources.flatMap((text) => parseAddressPattern(text) ?? []);
}
