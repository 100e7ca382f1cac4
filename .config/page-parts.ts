import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";

const moduleId = "plimsoll:page-parts";

/** In the order in which they count: what stands later wins. */
const styleSheets = ["tokens.css", "summary.css", "picture.css", "findings.css", "tables.css", "media.css"];

/**
 * A plugin for rolldown and vite alike: makes the module `plimsoll:page-parts` of the style sheet and the script of the
 * HTML report, which run in a browser and stand in the page as text.
 */
export function pageParts(root: string) {
  const folder = join(root, "cli/reporters/html/page");
  return {
    name: "page-parts",
    resolveId: (id: string) => (id === moduleId ? moduleId : null),
    load: async (id: string) =>
      id === moduleId
        ? {
            code: `export const style = ${JSON.stringify(styleSheets.map((name) => readFileSync(join(folder, name), "utf8")).join(""))}; export const script = ${JSON.stringify(await bundle(join(folder, "page.ts")))};`,
            moduleType: "js" as const,
          }
        : null,
  };
}

async function bundle(input: string): Promise<string> {
  const { output } = await build({ input, write: false, output: { format: "iife", minify: true }, logLevel: "warn" });
  return output[0].code;
}
