import type { Report } from "../engine/index.ts";

let given = 0;

/** How many verdicts this process has given so far: the more, the more of the code has run. */
export const verdictsGiven = (): number => given;

export function countVerdicts({ summary: { fail, unknown, waived, pass, notApplicable } }: Report): void {
  const failed = Object.values(fail).reduce((sum, count) => sum + count, 0);
  given += failed + unknown + waived + pass + notApplicable;
}
