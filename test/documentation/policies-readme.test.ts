import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { policiesReadme } from "../../.config/policies-readme.ts";
import { hclExamplesOf, pack } from "../../policies/pack.ts";

const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "policies");
const notJudged = z
  .array(z.strictObject({ what: z.string(), why: z.string(), elsewhere: z.string() }))
  .parse(parse(readFileSync(join(folder, "not-judged.yaml"), "utf8")));
const file = join(folder, "README.md");

// `npm run documentation` writes the page.
it("the page of the policies is what the policy files and their examples say", async () => {
  await expect(policiesReadme(pack, hclExamplesOf, notJudged)).toMatchFileSnapshot(file);
});
