import { expect, it } from "vitest";
import type { Finding } from "../../engine/index.ts";
import { fixtureNames } from "../../fixtures/fixtures.ts";
import { checkAll, encode, planDocument, reportOf, subjectId } from "../check-fixture.ts";
import { drawn, howToRepeat } from "../thorough.ts";
import { asWritten } from "./aws-forms.ts";

// Without Terraform: the texts of a first plan in the forms in which AWS gives them back. What a waiver holds by stays.

it("what AWS rewrites is found as it was, with the same fingerprint", async () => {
  let changed = 0;
  for (const name of drawn(fixtureNames, "fixture", () => changed > 0)) {
    const plan = planDocument(name);
    for (const { type, change } of plan.resource_changes) {
      if (change.after === null) continue;
      const after = asWritten(type, change.after);
      if (JSON.stringify(after) !== JSON.stringify(change.after)) changed += 1;
      change.after = after;
    }
    const { findings } = await checkAll(encode(plan));
    expect(linesOf(findings), `${name}: ${howToRepeat()}`).toEqual(linesOf((await reportOf(name)).findings));
  }
});

function linesOf(findings: readonly Finding[]): string[] {
  return findings
    .map(({ verdict, policy, subject, fingerprint }) => `${verdict} ${policy} ${subjectId(subject)} ${fingerprint}`)
    .sort();
}
