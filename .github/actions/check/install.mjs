// Installs the command where the change under review has nothing: neither its node_modules nor its .npmrc counts there.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} folder outside of the checkout
 * @param {{ spec: string, registry: string, integrity: string }} address what npm installs; `sha512-..` of its package
 * @returns {string} the file to run
 * @throws Error where the package cannot be installed, or is another one
 */
export function install(folder, { spec, registry, integrity }) {
  // Whoever has the name in the registry would run here otherwise.
  if (!integrity) throw new Error("integrity is missing: README.md of the action says where it is found");
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const options = ["--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, error } = spawnSync("npm", ["install", ...options, "--registry", registry, "--", spec], {
    cwd: folder,
    // What npm says is no part of the report.
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0)
    throw new Error(`npm could not install ${spec} from ${registry}${error ? `: ${error.message}` : ""}`);
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const found = packages["node_modules/plimsoll"]?.integrity;
  if (found !== integrity) throw new Error(`npm installed ${found}, and the integrity is to be ${integrity}`);
  return join(folder, "node_modules/plimsoll/dist/plimsoll.cjs");
}
