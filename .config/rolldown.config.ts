import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "rolldown";
import { policyFiles } from "./policy-files.ts";
import { thirdPartyLicenses } from "./third-party-licenses.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** One file for each way in, so that starting the command reads one file. */
function bundle(input: string, file: string, plugins: Plugin[] = []) {
  return {
    input: `${root}/${input}`,
    platform: "node" as const,
    plugins: [policyFiles(root), ...plugins],
    output: { file: `${root}/dist/${file}`, format: "esm" as const, minify: true, codeSplitting: false },
  };
}

export default defineConfig([
  // The command holds all that the other bundles hold.
  bundle("cli/main.ts", "plimsoll.js", [thirdPartyLicenses("third-party-licenses.txt")]),
  bundle("engine/index.ts", "index.js"),
  bundle("policies/pack.ts", "policies.js"),
]);
