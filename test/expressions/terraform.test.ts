import { join } from "node:path";
import { expect, it } from "vitest";
import { canPlan } from "../../fixtures/plan.ts";
import { askTerraform, casesOf, groups, here } from "./terraform.ts";

it.skipIf(!canPlan()).each(groups)("Terraform says what is committed of %s", { timeout: 300_000 }, async (group) => {
  const lines = askTerraform(casesOf(group)).map((result) => JSON.stringify(result));
  await expect(`[\n${lines.join(",\n")}\n]\n`).toMatchFileSnapshot(join(here, "results", `${group}.json`));
});
