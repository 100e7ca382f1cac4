import { describe, expect, it } from "vitest";
import { fixtures, planFile } from "../fixtures/fixtures.ts";
import { canPlan, mirrorVariable, planFixture } from "../fixtures/plan.ts";

// `npm run fixtures` is this test with --update: it writes what Terraform plans.
describe.skipIf(!canPlan())(
  `what is committed is what Terraform plans (needs terraform, and ${mirrorVariable})`,
  () => {
    it.each(fixtures)("$name", { timeout: 300_000 }, async (fixture) => {
      await expect(await planFixture(fixture)).toMatchFileSnapshot(planFile(fixture.name));
    });
  },
);
