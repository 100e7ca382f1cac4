import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "rolldown";
import { bundling } from "./bundling.ts";
import { grammarFilesWithin } from "./grammar-files.ts";
import { iamActions } from "./iam-actions.ts";
import { managedPolicies, managedPoliciesNotice } from "./managed-policies.ts";
import { pageParts } from "./page-parts.ts";
import { policyFiles } from "./policy-files.ts";
import { resourceTypes } from "./resource-types.ts";
import { thirdPartyLicenses } from "./third-party-licenses.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The command in one file, for machines where nothing is installed but Node. It starts slower: no code cache. */
export default defineConfig({
  input: `${root}/cli/main.ts`,
  ...bundling(root, "cjs"),
  plugins: [
    iamActions(root),
    resourceTypes(root),
    pageParts(root),
    policyFiles(root),
    managedPolicies(root),
    grammarFilesWithin(root),
    thirdPartyLicenses("third-party-licenses.txt", [managedPoliciesNotice(root)]),
  ],
  output: {
    file: `${root}/dist/single/plimsoll.cjs`,
    format: "cjs",
    minify: true,
    codeSplitting: false,
  },
});
