// A step of the build: writes the JSON Schemas that editors read, which the first lines of policy files name.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist");
mkdirSync(join(dist, "schemas"), { recursive: true });
for (const of of ["policy", "config", "report"]) {
  const schema = execFileSync(process.execPath, [join(dist, "plimsoll.cjs"), "schema", of], { maxBuffer: 2 ** 26 });
  writeFileSync(join(dist, "schemas", `${of}.schema.json`), schema);
}
