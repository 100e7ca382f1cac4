import { describe, expect, it } from "vitest";
import { fixtures, planFile } from "../fixtures/fixtures.ts";
import { mirrorVariable, missingForPlans, planFixture } from "../fixtures/plan.ts";
import { unless } from "./needs.ts";
import { drawn } from "./thorough.ts";

const missing = missingForPlans();
const sample = new Set(drawn(fixtures, "plan", { name: "what is committed is what Terraform plans" }));

// Terraform takes as long for some plans as all other tests take, so that `npm test` plans a few, others each time.
// `npm run fixtures` is this test of all, with --update: it writes what Terraform plans.
describe(`what is committed is what Terraform plans (needs terraform, and ${mirrorVariable})`, () => {
  for (const fixture of fixtures) {
    const reason = missing ?? (sample.has(fixture) ? null : "plans of fixtures are not in this sample");
    it(fixture.name, unless(reason === null, reason ?? ""), async () => {
      await expect(await planFixture(fixture)).toMatchFileSnapshot(planFile(fixture.name));
    });
  }
});
