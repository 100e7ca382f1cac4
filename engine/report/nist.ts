import type { Verdict } from "../evaluate/evaluate.ts";
import type { Countermeasure } from "../policy/countermeasure.ts";
import { type Policy, severities } from "../policy/policy.ts";
import type { CountermeasureState, NistCountermeasure, NistPolicy } from "./report.ts";

interface NistOptions {
  readonly countermeasures: readonly Countermeasure[];
  /** All policies at hand, run or not. */
  readonly policies: readonly Policy[];
  /** Ids of the policies that were run. */
  readonly run: readonly string[];
}

/** The state of a plan against NIST SP 800-190: one entry for each countermeasure, in the order given. */
export function nistView(
  { countermeasures, policies, run }: NistOptions,
  verdicts: readonly Verdict[],
): NistCountermeasure[] {
  const results = resultsByPolicy(policies, new Set(run), verdicts);
  return countermeasures.map((countermeasure) => {
    const own = policies
      .filter(({ controls }) => (controls["nist-800-190"] ?? []).some((control) => names(control, countermeasure.id)))
      .flatMap(({ id }) => results.get(id) ?? []);
    const counts = own.map(({ policy }) => policy);
    const failed = new Set(own.flatMap(({ failures }) => failures));
    return {
      ...countermeasure,
      state: stateOf(counts),
      worst: severities.find((severity) => failed.has(severity)) ?? null,
      resources: countResources(own),
      policies: counts,
    };
  });
}

/** A policy that names a section stands for all countermeasures of it. */
function names(control: string, id: string): boolean {
  return control === id || id.startsWith(`${control}.`);
}

export function stateOf(policies: readonly NistPolicy[]): CountermeasureState {
  const any = (outcome: "fail" | "unknown" | "pass") => policies.some((policy) => policy[outcome] > 0);
  if (any("fail")) return "violated";
  if (any("unknown")) return "undetermined";
  if (any("pass")) return "kept";
  if (policies.length === 0) return "not-in-plans";
  return policies.some(({ run }) => run) ? "no-evidence" : "not-run";
}

/** What a policy came to. */
interface PolicyResult {
  readonly policy: { -readonly [key in keyof NistPolicy]: NistPolicy[key] };
  /** The addresses of each outcome; null is the plan itself. */
  readonly addresses: Readonly<Record<"fail" | "unknown" | "pass", Set<string | null>>>;
  readonly failures: Policy["severity"][];
}

export function resultsByPolicy(
  policies: readonly Policy[],
  run: ReadonlySet<string>,
  verdicts: readonly Verdict[],
): Map<string, PolicyResult> {
  const results = new Map(
    policies.map(({ id, title }): [string, PolicyResult] => [
      id,
      {
        policy: { id, title, run: run.has(id), fail: 0, unknown: 0, pass: 0, notApplicable: 0 },
        addresses: { fail: new Set(), unknown: new Set(), pass: new Set() },
        failures: [],
      },
    ]),
  );
  for (const { policy, outcome, severity, subject } of verdicts) {
    const result = results.get(policy.id);
    if (result === undefined) continue;
    result.policy[outcome === "not-applicable" ? "notApplicable" : outcome] += 1;
    if (outcome !== "not-applicable") result.addresses[outcome].add(subject.address);
    if (outcome === "fail") result.failures.push(severity);
  }
  return results;
}

/** A resource that one policy finds at fault is violated, whatever others find; one is kept where all that looked at it pass. */
function countResources(results: readonly PolicyResult[]): NistCountermeasure["resources"] {
  const of = (outcome: "fail" | "unknown" | "pass") =>
    new Set(results.flatMap(({ addresses }) => [...addresses[outcome]]));
  const [violated, unknown, passed] = [of("fail"), of("unknown"), of("pass")];
  const undetermined = [...unknown].filter((address) => !violated.has(address));
  const kept = [...passed].filter((address) => !violated.has(address) && !unknown.has(address));
  return { violated: violated.size, undetermined: undetermined.length, kept: kept.length };
}
