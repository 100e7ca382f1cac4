// The last step of the build: makes functions in ASCII of the bundled command and of its parts that are loaded on demand, as
// `cli/plimsoll.cjs` runs them.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const helpers = join(dist, "on-demand/rolldown-runtime.cjs");
const helpersCode = readFileSync(helpers, "utf8");
rmSync(helpers);

writeFunction(join(dist, "command.cjs"), "./on-demand/rolldown-runtime.cjs");
const [loadedAtOnce] =
  /(?<!then\(\(\)\s*=>\s*)require\("\.\/on-demand\/[^"]*"\)/.exec(readFileSync(join(dist, "command.cjs"), "utf8")) ??
  [];
if (loadedAtOnce !== undefined) throw new Error(`the command loads ${loadedAtOnce} at once; see static-modules.ts`);
for (const name of readdirSync(join(dist, "on-demand")).filter((file) => file.endsWith(".cjs"))) {
  writeFunction(join(dist, "on-demand", name), "./rolldown-runtime.cjs");
}
for (const file of ["plimsoll.cjs", "code-cache.cjs"]) copyFileSync(join(root, "cli", file), join(dist, file));
// An older build shipped it.
rmSync(join(dist, "command.cache"), { force: true });

/**
 * Makes a function of a file, which holds the bundler's own helpers itself: the bundler puts them into a file for all, and a
 * check is to read few files.
 * @param {string} filename
 * @param {string} helpersId how the file asks for them
 */
function writeFunction(filename, helpersId) {
  const code = readFileSync(filename, "utf8")
    .replace(/^#!.*/, "")
    .replace(`require("${helpersId}")`, () => `(exports=>{${helpersCode};return exports})({})`);
  if (code.includes(helpersId)) throw new Error(`${filename}: how does it ask for the bundler's helpers?`);
  const ascii = code.replace(/[^\u0000-\u007f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  writeFileSync(filename, `(function (exports, require, module, __filename, __dirname) {${ascii}\n})`);
}
