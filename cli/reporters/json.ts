import type { PlanResult } from "./plan-result.ts";

/** The report itself for one plan; for several a list of them, with what could not be judged. */
export function json(results: readonly PlanResult[]): string {
  const [first] = results;
  const document =
    results.length === 1 && first !== undefined && "report" in first ? first.report : { version: 1, plans: results };
  return `${JSON.stringify(document, null, 2)}\n`;
}
