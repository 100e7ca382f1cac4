import type { Verdict } from "../evaluate/evaluate.ts";
import type { Control } from "../policy/countermeasure.ts";
import type { Policy } from "../policy/policy.ts";
import { resultsByPolicy, stateOf } from "./nist.ts";
import type { ControlState } from "./report.ts";

interface ControlOptions {
  readonly controls: readonly Control[];
  /** All policies at hand, run or not. */
  readonly policies: readonly Policy[];
  /** Ids of the policies that were run. */
  readonly run: readonly string[];
}

/** The state of a plan against the controls of a framework, in the order given. */
export function controlsView(
  { controls, policies, run }: ControlOptions,
  framework: string,
  verdicts: readonly Verdict[],
): ControlState[] {
  const results = resultsByPolicy(policies, new Set(run), verdicts);
  return controls.map((control) => {
    const own = policies
      .filter((policy) => (policy.controls[framework] ?? []).includes(control.id))
      .flatMap(({ id }) => results.get(id)?.policy ?? []);
    return { ...control, state: stateOf(own), policies: own };
  });
}
