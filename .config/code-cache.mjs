// The last step of the build: makes the bundled command a function in ASCII, as `cli/plimsoll.cjs` runs it, and runs it once
// so that the code cache holds what a usual run compiles.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const filename = join(root, "dist/command.cjs");

const bundle = readFileSync(filename, "utf8").replace(/^#!.*/, "");
const ascii = bundle.replace(/[^\u0000-\u007f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const source = `(function (exports, require, module, __filename, __dirname) {${ascii}\n})`;
writeFileSync(filename, source);
copyFileSync(join(root, "cli/plimsoll.cjs"), join(root, "dist/plimsoll.cjs"));

const script = new Script(source, { filename });
process.argv = [process.execPath, filename, "check", join(root, "fixtures/shop/faulty/plan.json")];
const { write } = process.stdout;
process.stdout.write = () => true;
const require = createRequire(filename);
const command = { id: filename, filename, loaded: true, exports: {} };
require.cache[filename] = command;
script.runInThisContext()(command.exports, require, command, filename, dirname(filename));
process.on("exit", () => {
  process.stdout.write = write;
  process.exitCode = 0;
  writeFileSync(join(root, "dist/command.cache"), script.createCachedData());
});
