import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mirrorVariable, missingForPlans } from "../../fixtures/plan.ts";
import { unless } from "../needs.ts";
import { some } from "../thorough.ts";
import { askFunctions, askTerraform, casesOf, groups, here } from "./terraform.ts";

const missing = missingForPlans();

// With --update it writes what Terraform says.
describe(`what is committed is what Terraform says (needs terraform, and ${mirrorVariable})`, () => {
  it.each(some(groups, "place", "what Terraform says"))(
    "of %s",
    unless(missing === null, missing ?? ""),
    async (group) => {
      const lines = askTerraform(casesOf(group)).map((result) => JSON.stringify(result));
      await expect(`[\n${lines.join(",\n")}\n]\n`).toMatchFileSnapshot(join(here, "results", `${group}.json`));
    },
  );

  it("of all functions", unless(missing === null, missing ?? ""), async () => {
    await expect(askFunctions()).toMatchFileSnapshot(join(here, "results", "functions.txt"));
  });
});
