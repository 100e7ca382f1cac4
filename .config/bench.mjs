// Times whole processes: `plimsoll check` on plans of all sizes beside their floor, which is `node` that reads the file and
// calls JSON.parse. They run in turn; machines are shared, so that the ratios are what counts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInTurn } from "./bench/measure.mjs";
import { describePlan, writeOneResource, writePlan } from "./bench/plans.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
// The code cache of this build, which runs of another one would replace.
process.env.XDG_CACHE_HOME = work;

/** Rounds of a case, and the seconds after which a run of it is ended. */
const short = { rounds: 11, limit: 30 };
const long = { rounds: 3, limit: 120 };

const cases = [
  { name: "the first plan", file: join(root, "fixtures/first-plan/plan.json"), ...short },
  { name: "the shop", file: join(root, "fixtures/shop/faulty/plan.json"), ...short },
  { name: "one resource", make: writeOneResource, ...short },
  { name: "7 services", make: plan(7), ...short },
  { name: "67 services", make: plan(67), ...short },
  { name: "333 services", make: plan(333), ...long },
  { name: "1,000 services", make: plan(1000), ...long },
  { name: "67 services, 40,000 others", make: plan(67, 20_000), ...long },
];

/**
 * @param {number} services
 * @param {number} names
 */
function plan(services, names = 0) {
  return (/** @type {string} */ to, /** @type {string} */ file) => writePlan(to, file, { services, names });
}

/** @param {(string | number)[]} cells */
function row([first = "", ...cells]) {
  const texts = cells.map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell).padStart(10));
  process.stdout.write(`${String(first).padEnd(28)}${texts.join("")}\n`);
}

/** @type {Map<number, number>} */
const cpuByResources = new Map();

try {
  row(["", "", "", "node -e 0", "floor", "", "", "plimsoll", "", "", "ratio of", "", "", "memory"]);
  row([
    "",
    "resources",
    "MB",
    "wall s",
    "wall s",
    "CPU s",
    "MB",
    "wall s",
    "CPU s",
    "MB",
    "walls",
    "CPU",
    "to node",
    "/ file",
  ]);
  for (const { name, file: given, make, rounds, limit } of cases) {
    const file = given ?? join(work, "plan.json");
    make?.(root, file);
    const { resources, megabytes } = describePlan(file);
    const read = `JSON.parse(require("node:fs").readFileSync(${JSON.stringify(file)}, "utf8"))`;
    const command = [join(root, "dist/plimsoll.cjs"), "check", file, "--format", `text=${join(work, "report.txt")}`];
    const [node, floor, own] = await runInTurn([["-e", "0"], ["-e", read], command], rounds, limit);
    if (node == null || floor == null) throw new Error("the floor itself takes longer than the limit");
    const base = [name, String(resources), megabytes, node.wall, floor.wall, floor.cpu, floor.memory];
    if (own == null) {
      row([...base, `over ${limit} s`]);
      continue;
    }
    cpuByResources.set(resources, own.cpu);
    const ratios = [
      own.wall / floor.wall,
      own.cpu / floor.cpu,
      own.wall / node.wall,
      megabytes < 1 ? "" : own.memory / megabytes,
    ];
    row([...base, own.wall, own.cpu, own.memory, ...ratios]);
  }
  printGrowth(938, 14_000);
} finally {
  rmSync(work, { recursive: true });
}

/**
 * How CPU grows with resources: 1 in proportion, 2 with their square.
 * @param {number} few
 * @param {number} many
 */
function printGrowth(few, many) {
  const start = cpuByResources.get(1) ?? 0;
  const [less, more] = [cpuByResources.get(few), cpuByResources.get(many)];
  if (less === undefined || more === undefined) {
    process.stdout.write(`growth from ${few} to ${many} resources: not known, as a run was over its limit\n`);
    return;
  }
  const exponent = (/** @type {number} */ above) => Math.log((more - above) / (less - above)) / Math.log(many / few);
  process.stdout.write(
    `growth of CPU from ${few} to ${many} resources: exponent ${exponent(0).toFixed(2)}; without the CPU of one resource ${exponent(start).toFixed(2)}\n`,
  );
}
