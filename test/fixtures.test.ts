import { describe, expect, it } from "vitest";
import { fixtures, planFile } from "../fixtures/fixtures.ts";
import { missingForPlans, planFixture } from "../fixtures/plan.ts";
import { unless } from "./needs.ts";
import { isOver, some } from "./thorough.ts";

const missing = missingForPlans();

// Terraform takes longer for all of them than all other tests take, so that `npm test` plans one, another in each run.
// `npm run fixtures` is this test of all, with --update: it writes what Terraform plans.
describe("what is committed is what Terraform plans", unless(missing === null, missing ?? ""), () => {
  it.for(some(fixtures, "plan", "what Terraform plans"))("$name", async (fixture, { skip }) => {
    skip(isOver(), "are not begun, for the time is over");
    await expect(await planFixture(fixture)).toMatchFileSnapshot(planFile(fixture.name));
  });
});
