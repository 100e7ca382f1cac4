import type { Verdict } from "../evaluate/evaluate.ts";
import type { Countermeasure } from "../policy/countermeasure.ts";
import type { Policy } from "../policy/policy.ts";
import type { CountermeasureState, NistCountermeasure, NistPolicy } from "./report.ts";

/** The state of a plan against NIST SP 800-190: one entry for each countermeasure, in the order given. */
export function nistView(
  countermeasures: readonly Countermeasure[],
  policies: readonly Policy[],
  verdicts: readonly Verdict[],
): NistCountermeasure[] {
  const counts = countByPolicy(policies, verdicts);
  return countermeasures.map((countermeasure) => {
    const own = policies
      .filter(({ controls }) => (controls["nist-800-190"] ?? []).some((control) => names(control, countermeasure.id)))
      .flatMap(({ id }) => counts.get(id) ?? []);
    return { ...countermeasure, state: stateOf(own), policies: own };
  });
}

/** A policy that names a section stands for all countermeasures of it. */
function names(control: string, id: string): boolean {
  return control === id || id.startsWith(`${control}.`);
}

/** What no policy shows is undetermined: nothing of it was looked at. */
function stateOf(policies: readonly NistPolicy[]): CountermeasureState {
  const any = (outcome: "fail" | "unknown" | "pass") => policies.some((policy) => policy[outcome] > 0);
  if (any("fail")) return "violated";
  if (any("unknown") || policies.length === 0) return "undetermined";
  return any("pass") ? "kept" : "not-applicable";
}

function countByPolicy(policies: readonly Policy[], verdicts: readonly Verdict[]): Map<string, NistPolicy> {
  const counts = new Map(
    policies.map(({ id, title }) => [id, { id, title, fail: 0, unknown: 0, pass: 0, notApplicable: 0 }]),
  );
  for (const { policy, outcome } of verdicts) {
    const count = counts.get(policy.id);
    if (count !== undefined) count[outcome === "not-applicable" ? "notApplicable" : outcome] += 1;
  }
  return counts;
}
