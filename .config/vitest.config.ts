import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { grammarFiles } from "./grammar-files.ts";
import { iamActions } from "./iam-actions.ts";
import { managedPolicies } from "./managed-policies.ts";
import { pageParts } from "./page-parts.ts";
import { policyFiles } from "./policy-files.ts";
import { resourceTypes } from "./resource-types.ts";
import { samplingOf } from "./sampling.ts";
import { SummaryReporter } from "./summary-reporter.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sampling = samplingOf(process.env);

/** No test waits for the clock: this only ends what hangs, on however busy a machine. */
const hang = 3_600_000;

const include = ["test/**/*.test.ts"];
const own = ["test/ci/*.test.ts", "test/html/page.test.ts", "test/{package,fixtures,install}.test.ts"];

export default defineConfig({
  root,
  plugins: [
    policyFiles(root),
    iamActions(root),
    resourceTypes(root),
    managedPolicies(root),
    pageParts(root),
    grammarFiles(root),
  ],
  test: {
    // Most tests change nothing but what is their own: their files share the engine and the reports on the fixtures. What
    // starts browsers, servers and other programs gets a process of its own for each file.
    projects: [
      { extends: true, test: { name: "shared", include, exclude: own, isolate: false } },
      { extends: true, test: { name: "own", include: own } },
    ],
    reporters: ["default", new SummaryReporter(sampling)],
    provide: { sampling },
    // One worker for each core; the runner's own number leaves one core idle.
    maxWorkers: "100%",
    testTimeout: hang,
    hookTimeout: hang,
    expect: { poll: { timeout: hang } },
  },
});
