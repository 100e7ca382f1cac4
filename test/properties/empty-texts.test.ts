import { expect, it } from "vitest";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { checkAll, encode, planDocument, reportOf, verdictLines } from "../check-fixture.ts";
import { drawn, howToRepeat } from "../thorough.ts";

// Providers on Terraform's plugin SDK hold an empty text in the state where an attribute is not set, a first plan holds null.

/**
 * Attributes in which an empty text says something: the value of a parameter or variable, and what a filter matches.
 * Write-only arguments are null in every state.
 */
const isTelling = (name: string) => ["value", "insecure_value", "pattern"].includes(name) || name.endsWith("_wo");

it("what is not set is judged alike, whether the plan has null or an empty text for it", {
  timeout: 600_000,
}, async () => {
  for (const name of drawn(fixtureNames, "fixture")) {
    const plan = planDocument(name);
    const changes = plan.resource_changes.map((change) => ({
      ...change,
      change: { ...change.change, after: change.change.after === null ? null : withEmptyTexts(change.change.after) },
    }));
    const { findings } = await checkAll(encode({ ...plan, resource_changes: changes }));
    expect(verdictLines(findings), `${name}. ${howToRepeat()}`).toEqual(verdictLines((await reportOf(name)).findings));
  }
});

function withEmptyTexts<T>(value: T): T;
function withEmptyTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => withEmptyTexts(element));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, part === null && !isTelling(key) ? "" : withEmptyTexts(part)]),
  );
}
