// Runs programs of Node and says what they took.
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const usage = fileURLToPath(new URL("usage.cjs", import.meta.url));

/**
 * Seconds of wall time and of CPU, and the peak of memory in MB; null where the program did not end within the limit.
 * @typedef {{ wall: number, cpu: number, memory: number } | null} Measure
 */

/**
 * @param {readonly string[]} args of `node`
 * @param {number} limit in seconds
 * @returns {Promise<Measure>}
 */
export function run(args, limit) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, ["--require", usage, ...args], {
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    let isOver = false;
    let report = "";
    const timer = setTimeout(() => {
      isOver = true;
      child.kill("SIGKILL");
    }, limit * 1000);
    child.stdio[3]?.on("data", (part) => {
      report += part;
    });
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      if (isOver) resolve(null);
      else if (report === "") reject(new Error(`node ${args.join(" ")} broke down`));
      else resolve({ wall: (performance.now() - start) / 1000, ...JSON.parse(report) });
    });
  });
}

/**
 * Runs all programs in turn, `rounds` times after a first round that warms the file cache, and takes the median of each
 * number. A program that was over the limit is not run again.
 * @param {readonly (readonly string[])[]} programs
 * @param {number} rounds
 * @param {number} limit in seconds
 * @returns {Promise<Measure[]>}
 */
export async function runInTurn(programs, rounds, limit) {
  /** @type {Measure[][]} */
  const measures = programs.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, program] of programs.entries()) {
      const own = measures[at] ?? [];
      if (own.includes(null)) continue;
      const measure = await run(program, limit);
      if (round > 0 || measure === null) own.push(measure);
    }
  }
  return measures.map(medians);
}

/**
 * @param {readonly Measure[]} measures
 * @returns {Measure}
 */
function medians(measures) {
  const known = measures.flatMap((measure) => measure ?? []);
  if (known.length < measures.length) return null;
  return {
    wall: median(known.map(({ wall }) => wall)),
    cpu: median(known.map(({ cpu }) => cpu)),
    memory: median(known.map(({ memory }) => memory)),
  };
}

/** @param {readonly number[]} list */
function median(list) {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0;
}
