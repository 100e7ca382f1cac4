// Installs and builds what a fresh clone needs, and nothing when nothing has changed. Plain JavaScript: it runs before
// anything is installed. With `build` it builds alone: npm calls it so when it packs, and installs from git, after it has
// installed what the build needs. All that it says goes to standard error: who runs `npm pack` reads the file's name.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string[]} paths files and folders below the root */
function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const absolute = join(root, path);
    const files = statSync(absolute).isDirectory()
      ? readdirSync(absolute, { recursive: true, encoding: "utf8" })
          .map((file) => join(path, file))
          .filter((file) => statSync(join(root, file)).isFile())
          .sort()
      : [path];
    for (const file of files)
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(join(root, file)))
        .update("\0");
  }
  return hash.digest("hex");
}

/**
 * Runs a command unless the stamp says that it ran for the same inputs.
 * @param {string} stamp
 * @param {string} inputs
 * @param {string[]} command
 */
function unlessDone(stamp, inputs, command) {
  const file = join(root, stamp);
  if (existsSync(file) && readFileSync(file, "utf8") === inputs) return;
  process.stderr.write(`> npm ${command.join(" ")}\n`);
  const { status } = spawnSync("npm", command, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, inputs);
}

// Nothing that is installed needs its scripts; our own `prepare` would build a second time.
const install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];

if (process.argv[2] === "build") {
  const { npm_config_global: isGlobal, npm_config_prefix: _prefix, NPM_CONFIG_PREFIX: __prefix, ...env } = process.env;
  // For a global install from git, as that of pre-commit is one, npm installs nothing of what the build needs: it takes the
  // clone too for what is installed globally.
  if (isGlobal === "true" && !existsSync(join(root, "node_modules/rolldown")))
    spawnSync("npm", [...install, "--include=dev"], { cwd: root, env, stdio: ["ignore", 2, 2] });
  if (!existsSync(join(root, "node_modules/rolldown"))) {
    process.stderr.write("What the build needs is not installed here, so there is no command to pack. Run: npm ci\n");
    process.exit(1);
  }
} else {
  unlessDone("node_modules/.plimsoll-installed", hashOf(["package-lock.json"]), install);
}
unlessDone(
  "dist/.built",
  hashOf(["engine", "cli", "policies", ".config", "package.json", "package-lock.json", "tsconfig.json"]),
  ["run", "--silent", "build"],
);
