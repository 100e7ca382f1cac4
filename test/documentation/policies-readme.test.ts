import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { policiesReadme } from "../../.config/policies-readme.ts";
import { pack } from "../../policies/pack.ts";
import { hclExamples } from "./hcl-examples.ts";

const file = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "policies", "README.md");

// `npm run documentation` writes the page.
it("the page of the policies is what the policy files and the fixtures say", async () => {
  await expect(policiesReadme(pack, await hclExamples())).toMatchFileSnapshot(file);
});
