// Times whole processes: `plimsoll check` on the shop against a bare `node -e 0`, in turn, in one run. Machines are shared:
// the ratio is what counts.
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";

const rounds = 15;
const plan = "fixtures/shop/faulty/plan.json";
const commands = {
  "node -e 0": ["-e", "0"],
  "read and JSON.parse": ["-e", `JSON.parse(require("fs").readFileSync("${plan}", "utf8"))`],
  "plimsoll check": ["dist/plimsoll.cjs", "check", plan],
};

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, args] of Object.entries(commands)) {
    const start = performance.now();
    spawnSync(process.execPath, args, { stdio: "ignore" });
    // The first round warms the file cache.
    if (round > 0) times[name]?.push(performance.now() - start);
  }
}
/** @param {number[]} list */
const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0;
const floor = median(times["node -e 0"] ?? []);
for (const [name, list] of Object.entries(times)) {
  const value = median(list);
  process.stdout.write(`${name.padEnd(20)} ${value.toFixed(0).padStart(5)} ms  ${(value / floor).toFixed(2)} x node\n`);
}
