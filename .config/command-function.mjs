// The last step of the build: makes the bundled command a function in ASCII, as `cli/plimsoll.cjs` runs it.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const filename = join(root, "dist/command.cjs");

const bundle = withHelpers(readFileSync(filename, "utf8").replace(/^#!.*/, ""));
const ascii = bundle.replace(/[^\u0000-\u007f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
writeFileSync(filename, `(function (exports, require, module, __filename, __dirname) {${ascii}\n})`);
for (const file of ["plimsoll.cjs", "code-cache.cjs"]) copyFileSync(join(root, "cli", file), join(root, "dist", file));
// An older build shipped it.
rmSync(join(root, "dist/command.cache"), { force: true });

/**
 * The bundler's own helpers, which it puts into a file for all: a check is to read one file.
 * @param {string} code
 */
function withHelpers(code) {
  const asked = 'require("./on-demand/rolldown-runtime.cjs")';
  if (!code.includes(asked)) throw new Error("where does the command ask for the bundler's helpers?");
  const helpers = readFileSync(join(root, "dist/on-demand/rolldown-runtime.cjs"), "utf8");
  return code.replace(asked, () => `(exports=>{${helpers};return exports})({})`);
}
