// Installs the command where the change under review has nothing: neither its node_modules nor its .npmrc counts there.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} folder outside of the checkout
 * @param {{ version: string, registry: string, integrity: string | null }} address one version; `sha512-..` of its package
 * @returns {string} the file to run
 * @throws Error where the package cannot be installed, or is another one
 */
export function install(folder, { version, registry, integrity }) {
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const options = ["--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, error } = spawnSync("npm", ["install", ...options, "--registry", registry, `plimsoll@${version}`], {
    cwd: folder,
    // What npm says is no part of the report.
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0)
    throw new Error(`npm could not install plimsoll@${version} from ${registry}${error ? `: ${error.message}` : ""}`);
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const found = packages["node_modules/plimsoll"]?.integrity;
  if (integrity !== null && found !== integrity)
    throw new Error(`npm installed ${found}, and the integrity is to be ${integrity}`);
  const installed = join(folder, "node_modules/plimsoll");
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  if (manifest.version !== version) throw new Error(`npm installed plimsoll ${manifest.version} instead of ${version}`);
  return join(installed, manifest.bin.plimsoll);
}
