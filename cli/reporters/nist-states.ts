import type { CountermeasureState, NistCountermeasure } from "../../engine/index.ts";

export const stateWords: Readonly<Record<CountermeasureState, string>> = {
  violated: "violated",
  undetermined: "undetermined",
  kept: "kept as far as a plan shows",
  "no-evidence": "no evidence in this plan",
  "not-run": "not run",
  "not-in-plans": "nothing to see in a plan",
};

/** The same behind a number, the worst first. */
const countedWords: Readonly<Record<CountermeasureState, string>> = {
  ...stateWords,
  "no-evidence": "without evidence in this plan",
  "not-in-plans": "with nothing to see in a plan",
};

/** `24 countermeasures: 23 violated, 1 with nothing to see in a plan`. */
export function countStates(nist: readonly Pick<NistCountermeasure, "state">[], what = "countermeasures"): string {
  const counts = Object.entries(countedWords).flatMap(([state, words]) => {
    const count = nist.filter((each) => each.state === state).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return [`${nist.length} ${what}`, ...(counts.length === 0 ? [] : [counts.join(", ")])].join(": ");
}
