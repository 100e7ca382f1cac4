import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "rolldown";
import { bundling } from "./bundling.ts";
import { grammarFilesBeside } from "./grammar-files.ts";
import { iamActions } from "./iam-actions.ts";
import { inFiles } from "./long-texts.ts";
import { managedPolicies, managedPoliciesNotice } from "./managed-policies.ts";
import { pageParts } from "./page-parts.ts";
import { policyFiles } from "./policy-files.ts";
import { resourceTypes } from "./resource-types.ts";
import { staticModules } from "./static-modules.ts";
import { thirdPartyLicenses } from "./third-party-licenses.ts";
import { yargsWithoutStreams } from "./yargs-without-streams.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** One file for each way in, so that starting the command reads one file; what is imported on demand has files of its own. */
function bundle(input: string, file: string, format: "esm" | "cjs", plugins: Plugin[]) {
  const atOnce = staticModules();
  return {
    input: `${root}/${input}`,
    ...bundling(root, format),
    plugins: [iamActions(root), resourceTypes(root), pageParts(root), atOnce.plugin, ...plugins],
    // What the split of the command's output asks for; a package exports its own names and no others.
    preserveEntrySignatures: format === "cjs" ? ("allow-extension" as const) : ("strict" as const),
    output: {
      dir: `${root}/dist`,
      entryFileNames: file,
      chunkFileNames: format === "cjs" ? "on-demand/[name].cjs" : "parts/[name].js",
      // What is needed at once stands in the entry's file, also where a part that is loaded on demand uses it: the command
      // reads it in one go, with the code cache.
      codeSplitting:
        format === "cjs"
          ? { groups: [{ name: "at-once", test: atOnce.has }], includeDependenciesRecursively: false }
          : true,
      format,
      minify: true,
      dynamicImportInCjs: false,
    },
  };
}

export default defineConfig([
  // CommonJS starts faster, which counts for a command. It holds all that the other bundles hold.
  bundle("cli/main.ts", "command.cjs", "cjs", [
    policyFiles(root, inFiles("")),
    managedPolicies(root, inFiles("on-demand/")),
    grammarFilesBeside(root),
    yargsWithoutStreams,
    thirdPartyLicenses("third-party-licenses.txt", [managedPoliciesNotice(root)]),
  ]),
  bundle("cli/program/index.ts", "index.js", "esm", [
    policyFiles(root),
    managedPolicies(root),
    grammarFilesBeside(root),
  ]),
  bundle("cli/program/policies.ts", "policies.js", "esm", [policyFiles(root)]),
]);
