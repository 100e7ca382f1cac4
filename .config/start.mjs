// The first thing that somebody runs: a check of a plan with faults, and what to do next.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const plan = "fixtures/shop/faulty/plan.json";
const { status } = spawnSync(process.execPath, [join(root, "dist/plimsoll.cjs"), "check", plan], {
  cwd: root,
  stdio: "inherit",
});
process.stderr.write(`
That was the plan of a shop with faults (${plan}); exit code ${status}: 1 is "blocked by policy".
Now a plan of your own:
  terraform plan -out=tfplan && terraform show -json tfplan > plan.json
  node ${join(root, "dist/plimsoll.cjs")} check plan.json
The README says how it is installed, and what to write into CI.
`);
process.exitCode = status === 1 ? 0 : (status ?? 3);
