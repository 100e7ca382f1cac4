import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { iamActions } from "./iam-actions.ts";
import { pageParts } from "./page-parts.ts";
import { policyFiles } from "./policy-files.ts";
import { SummaryReporter } from "./summary-reporter.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export default defineConfig({
  root,
  plugins: [policyFiles(root), iamActions(root), pageParts(root)],
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", new SummaryReporter()],
    testTimeout: 60_000,
  },
});
